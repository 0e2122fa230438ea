"""Recordings that a voice assistant at home keeps as plain files: known by their sound, and removed one by one."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.model import Entry, Job, Problem, Progress

LARGEST = 256 << 20
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one thing said, by their names in one folder: *main* is the sound that identifies it, *others* go
    with it."""

    main: str
    others: tuple[str, ...] = ()


Grouping = Callable[[str, Sequence[str]], Iterable[Group]]
"""From the path of a folder, whatever stands before it, and the names of the files in it."""


def identity(entry: Entry) -> str:
    """The SHA-256 of a recording; a `Problem` if it cannot be read."""
    with entry.open() as stream:
        return hashlib.sha256(stream.read(LARGEST)).hexdigest()


def folders(entries: Iterable[Entry], name: str) -> Iterator[tuple[str, dict[str, Entry]]]:
    """The folders of a parcel called *name*, each with its files by their names."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        folder, _, file = f"{name}/{entry.path}".rpartition("/")
        found.setdefault(folder, {})[file] = entry
    yield from found.items()


def remove_groups(place: Path, identities: Collection[str], grouping: Grouping, *, folders_too: bool) -> Job[int]:
    """Remove the groups below *place* whose main sound is one of *identities*; how many. Links are not followed.
    *folders_too*: the folder of a group goes with it once nothing is left in it."""
    removed = 0
    for folder, files in _walk(place):
        for group in grouping(folder.as_posix(), files):
            yield Progress(removed, len(identities), f"Looking through {place.name}")
            if _digest(folder / group.main) in identities:
                # The main one last: as long as it is there, the others are found again.
                for file in (*group.others, group.main):
                    _remove(folder / file)
                removed += 1
        if folders_too and files and folder != place:
            _remove_if_empty(folder)
    return removed


def _walk(place: Path) -> Iterator[tuple[Path, list[str]]]:
    for folder, _, names in os.walk(place, onerror=_cannot, followlinks=False):
        here = Path(folder)
        yield here, sorted(name for name in names if _is_plain(here / name))


def _is_plain(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def _digest(file: Path) -> str:
    """The SHA-256 of a plain file; "" if it is none by now."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    found = hashlib.sha256()
    try:
        with open(os.open(file, flags), "rb") as stream:
            left = LARGEST
            while left and (piece := stream.read(min(left, _PIECE))):
                found.update(piece)
                left -= len(piece)
    except FileNotFoundError:
        return ""
    except OSError as error:
        _cannot(error)
    return found.hexdigest()


def _remove(file: Path) -> None:
    try:
        if _is_plain(file):
            file.unlink()
    except OSError as error:
        _cannot(error)


def _remove_if_empty(folder: Path) -> None:
    try:
        if not any(folder.iterdir()):
            folder.rmdir()
    except OSError:
        return  # an empty folder holds nothing that anybody said


def _cannot(error: OSError) -> None:
    name = Path(error.filename).name if error.filename else "A file"
    raise Problem(
        f"{name} could not be removed: {error.strerror}.",
        advice="Check that you may write there, then do this again: it goes on where it stopped.",
    ) from error
