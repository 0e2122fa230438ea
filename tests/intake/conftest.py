from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.intake import BroughtIn, bring_in
from app.library import Library
from app.model import Problem, finish
from tests.intake.diary import PROVIDERS

NOW_MS = 1_790_000_000_000

BringIn = Callable[..., BroughtIn]


@pytest.fixture
def brings_in(library: Library) -> BringIn:
    """Brings paths into the library, to the end."""

    def run(*paths: Path) -> BroughtIn:
        return finish(bring_in(library, paths, PROVIDERS, now_ms=NOW_MS))

    return run


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """A folder for what is dropped, away from the library."""
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


def refused(brings_in: BringIn, path: Path, sentence: str) -> None:
    """Bringing in *path* stops with *sentence* and with advice."""
    with pytest.raises(Problem, match=sentence) as stopped:
        brings_in(path)
    assert stopped.value.advice
