"""What every command works with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.cli.door import Unlocked
from app.cli.printing import tell
from app.keeping import close_library, open_library
from app.library import Library
from app.providers.provider import Provider


@dataclass(frozen=True, slots=True)
class Session:
    """The library and its open lock, the vendors, the time, and whether the answer is for a program."""

    library: Library
    unlocked: Unlocked
    providers: Mapping[str, Provider]
    now_ms: int
    as_json: bool


@contextmanager
def opened(folder: Path, unlocked: Unlocked) -> Iterator[Library]:
    """The library in *folder*, closed afterwards; whoever sits here hears it if the file is older than it should be."""
    vault = unlocked.vault
    library = open_library(folder, vault, vault.keys, how=unlocked.how, by="terminal")
    try:
        yield library
    finally:
        close_library(library, vault)
        if library.set_back:
            tell("This library was put back to an older state than this computer remembers. Did you do that?")
