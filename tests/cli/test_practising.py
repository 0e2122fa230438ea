"""The library of the practice, which is thrown away."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.cli.door import Door
from app.cli.practising import walk
from app.model import Problem
from app.vault import Vault


class Watching:
    """Sees what the first command finds, and goes no further."""

    def __init__(self) -> None:
        self.typed: list[str] = []
        self.kept: dict[str, bytes] = {}
        self.generation = 0

    def __call__(self, arguments: Sequence[str], *, door: Door) -> int:
        self.typed = list(arguments)
        folder = Path(arguments[arguments.index("--library") + 1])
        self.kept = {file.name: file.read_bytes() for file in folder.iterdir()}
        unlocked = door(folder, argparse.Namespace())
        self.generation = unlocked.vault.keys.generation
        return 1


def test_only_the_memory_of_the_practice_knows_its_passphrase(tmp_path: Path) -> None:
    watching = Watching()

    with pytest.raises(Problem, match="could not be walked"):
        walk(tmp_path, tmp_path / "out", 1_790_000_000_000, watching)

    assert watching.generation == 1  # it is open without anything that could be typed
    assert set(watching.kept) == {"vault.json"}
    assert Vault(tmp_path / "library", None).needs_passphrase
    assert not [word for word in watching.typed if "passphrase" in word]
