from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.library import Library
from app.vault import Vault
from tests.cli.doors import PASSPHRASE, QUICK, quick_door, secret_at
from tests.cli.listing import listing_at
from tests.keychain import FakeKeychain


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def answer(self) -> Any:
        (only,) = self.lines
        return only


class Terminal:
    """Types commands for the library in *folder*, whose passphrase is in a file beside it, on a computer with this
    *keychain*; *windows* are the ones that were opened."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.keychain: FakeKeychain | None = None
        self.passphrase_file = secret_at(folder.with_name("passphrase"))
        self.windows: list[tuple[Path, bool]] = []
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Said:
        """The answer to the command."""
        return self.bare("--passphrase-file", self.passphrase_file, *arguments)

    def bare(self, *arguments: object) -> Said:
        """The answer to the command where nothing says what opens the library."""
        typed = [str(argument) for argument in arguments]
        self._capsys.readouterr()
        code = main(["--library", str(self.folder), *typed], window=self._open, door=quick_door(self.keychain))
        return Said(code, *self._capsys.readouterr())

    def json(self, *arguments: object) -> Said:
        """The answer to the command as a program gets it."""
        said = self(*arguments, "--json")
        assert said.code == 0, said.err
        return said

    def ids(self) -> dict[str, int]:
        """The number of each interaction by its first words."""
        return {line["turns"][0]["text"]: line["id"] for line in self.json("find").lines}

    @contextmanager
    def opened(self) -> Iterator[Library]:
        """The library as another part of the program has it open, while no command runs."""
        keys = Vault(self.folder, self.keychain, cost=QUICK).unlock(PASSPHRASE)
        with Library.open(self.folder, keys) as library:
            yield library

    def _open(self, folder: Path, practice: bool) -> int:
        self.windows.append((folder, practice))
        return 0


@pytest.fixture
def earshot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal beside an empty library."""
    return Terminal(tmp_path / "library", capsys)


@pytest.fixture(scope="session")
def brought_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that holds the small listing, to be copied."""
    folder = tmp_path_factory.mktemp("household")
    listing = listing_at(folder / "first.json")
    library = folder / "library"
    opening = ["--library", str(library), "--passphrase-file", str(secret_at(folder / "passphrase"))]
    assert main([*opening, "bring-in", str(listing), "--json"], window=lambda *_: 1, door=quick_door()) == 0
    return library


@pytest.fixture
def household(earshot: Terminal, brought_in: Path) -> Terminal:
    """A terminal beside a library that holds the small listing."""
    shutil.copytree(brought_in, earshot.folder)
    return earshot
