"""What was dropped, opened up: zips, folders and files as parcels of entries."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.intake.entries import File, FileInZip, FileOnDisk
from app.intake.limits import LARGEST_NESTED_IN_ALL, LARGEST_NESTED_ZIP, MOST_FILES, Meter
from app.intake.names import is_junk, shown_name
from app.intake.zips import can_be_unpacked, is_folder, is_link, opened_zip
from app.model import Issue, Job, Parcel, Problem, Progress, Sort

MANY_FILES = 2_000
"""From so many files on, a sound is known by its ending until it is opened."""
_PROGRESS_EVERY = 200
_OFFICE = "[Content_Types].xml"


@dataclass(slots=True)
class Drop:
    """What was dropped together. *unread* are the files that stay closed, *issues* say why where a parent can act."""

    meter: Meter
    held: ExitStack
    parcels: list[Parcel] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    problem: Problem | None = None
    nested: int = 0

    def refuse(self, name: str, problem: Problem) -> None:
        """Leave *name* closed, because of *problem*."""
        self.problem = self.problem or problem
        self.issues.append(Issue(name, None, "damaged-archive", str(problem)))
        self.unread.append(name)

    def add(self, name: str, entries: Sequence[File]) -> None:
        if entries:
            self.parcels.append(Parcel(name, tuple(entries)))


def gather(paths: Sequence[Path], drop: Drop) -> Job[None]:
    """Open *paths* into *drop*. One that is broken does not take the others along."""
    for path in _different(paths):
        name = shown_name(path.name)
        yield Progress(0, doing=f"Opening {name}")
        if path.is_dir():
            yield from _open_folder(path, name, drop)
        else:
            yield from _open_file(path, name, drop)


def _different(paths: Sequence[Path]) -> list[Path]:
    for path in paths:
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            raise Problem(f"There is nothing to read at {path}.", advice="Look whether the name is right.") from error
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise Problem(f"{path} is neither a file nor a folder.")
    return list(dict.fromkeys(path.resolve() for path in paths))


def _open_file(path: Path, name: str, drop: Drop) -> Job[None]:
    entry = FileOnDisk(path, name, path.stat().st_size, drop.meter)
    sort = entry.sort
    if entry.damage:
        drop.refuse(name, entry.damage)
    elif sort is Sort.ZIP:
        yield from _open_zip_on_disk(path, name, drop)
    elif path.suffix.casefold() == ".zip" and sort in (Sort.OTHER, Sort.EMPTY):
        drop.refuse(name, _no_zip(name, empty=sort is Sort.EMPTY))
    else:
        drop.add(name, [entry])


def _no_zip(name: str, *, empty: bool) -> Problem:
    what = "is empty" if empty else "is not a zip, although its name says so"
    return Problem(f"{name} {what}.", advice="Download it again and bring it in once more.")


def _packed_strangely(name: str) -> Problem:
    return Problem(
        f"{name} is packed in a way that Earshot does not read.", advice="Unpack the archive and bring in the folder."
    )


def _open_folder(folder: Path, name: str, drop: Drop) -> Job[None]:
    files: list[tuple[Path, int]] = []
    for file, size in _walk(folder, name, drop):
        files.append((file, size))
        if len(files) > MOST_FILES:
            raise Problem(
                f"{name} holds more files than Earshot reads ({MOST_FILES:,}).",
                advice="Bring in only the folder that the archive was unpacked into.",
            )
        if len(files) % _PROGRESS_EVERY == 0:
            yield Progress(len(files), doing=f"Looking through {name}")
    entries, zips = [], []
    for number, (file, size) in enumerate(files):
        path = shown_name(file.relative_to(folder).as_posix())
        entry = FileOnDisk(file, path, size, drop.meter, trust_ending=len(files) > MANY_FILES)
        if entry.sort is Sort.ZIP:
            zips.append((file, f"{name}/{path}"))
        else:
            entries.append(entry)
        if number % _PROGRESS_EVERY == 0:
            yield Progress(number, len(files), f"Looking through {name}")
    drop.add(name, entries)
    for file, shown in zips:
        yield from _open_zip_on_disk(file, shown, drop)


def _walk(folder: Path, shown: str, drop: Drop) -> Iterator[tuple[Path, int]]:
    """The regular files below *folder*, in the order of their names; links are left closed."""
    try:
        with os.scandir(folder) as found:
            inside = sorted(found, key=lambda item: item.name)
    except OSError:
        drop.unread.append(shown)
        return
    for item in inside:
        below = f"{shown}/{shown_name(item.name)}"
        if is_junk(below):
            continue
        if item.is_dir(follow_symlinks=False):
            yield from _walk(Path(item.path), below, drop)
        elif item.is_file(follow_symlinks=False):
            yield Path(item.path), item.stat(follow_symlinks=False).st_size
        else:
            drop.unread.append(below)


def _open_zip_on_disk(path: Path, name: str, drop: Drop) -> Job[None]:
    try:
        stream = drop.held.enter_context(path.open("rb"))
        entries = yield from _open_zip(stream, name, drop)
    except Problem as problem:
        drop.refuse(name, problem)
        return
    except OSError as error:
        drop.refuse(name, Problem(f"{name} cannot be read: {error.strerror}."))
        return
    nested = [entry for entry in entries if entry.sort is Sort.ZIP]
    drop.add(name, [entry for entry in entries if entry.sort is not Sort.ZIP])
    for entry in nested:
        yield from _open_nested(entry, f"{name}/{entry.path}", drop)


def _open_nested(entry: File, name: str, drop: Drop) -> Job[None]:
    """A zip inside a zip, in memory: its content must not lie plainly on the disk."""
    try:
        if entry.size > LARGEST_NESTED_ZIP or drop.nested + entry.size > LARGEST_NESTED_IN_ALL:
            raise Problem(
                f"{name} is a zip inside a zip and too large to be read where it lies.",
                advice="Unpack the outer zip and bring in the folder.",
            )
        data = entry.read(LARGEST_NESTED_ZIP)
        drop.nested += len(data)
        entries = yield from _open_zip(io.BytesIO(data), name, drop)
    except Problem as problem:
        drop.refuse(name, problem)
        return
    drop.add(name, [inner for inner in entries if inner.sort is not Sort.ZIP])
    for inner in entries:
        if inner.sort is Sort.ZIP:
            deep = f"{name}/{inner.path}"
            too_deep = Problem(f"{deep} lies too deep: a zip in a zip in a zip.", advice="Unpack the outer zip.")
            drop.refuse(deep, too_deep)


def _open_zip(stream: BinaryIO, name: str, drop: Drop) -> Job[list[File]]:
    archive = drop.held.enter_context(opened_zip(stream, name))
    members = [info for info in archive.infolist() if not is_folder(info)]
    if any(info.filename == _OFFICE for info in members):  # a spreadsheet or a letter, not an archive
        drop.unread.append(name)
        return []
    entries: list[File] = []
    for number, info in enumerate(members):
        entry = _member(archive, info, drop, trust_ending=len(members) > MANY_FILES)
        if is_junk(entry.path):
            continue
        if is_link(info):
            drop.unread.append(f"{name}/{entry.path}")
            continue
        if not can_be_unpacked(info):
            drop.refuse(f"{name}/{entry.path}", _packed_strangely(entry.path))
            continue
        entries.append(entry)
        _ = entry.sort
        if number % _PROGRESS_EVERY == 0:
            yield Progress(number, len(members), f"Looking through {name}")
    return entries


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, drop: Drop, *, trust_ending: bool) -> FileInZip:
    return FileInZip(archive, info, shown_name(info.filename), drop.meter, trust_ending=trust_ending)
