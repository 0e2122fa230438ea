"""The files of a drop, wherever they lie: on the disk or inside a zip."""

from __future__ import annotations

import hashlib
import io
import zipfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import BinaryIO

from app.intake.limits import LARGEST_FILE, LARGEST_SOUND, READING_FAILED, Limited, Meter, damaged
from app.intake.sniffing import HEAD, has_sound_ending, sort_of
from app.model import Job, Problem, Progress, Sort

_BUFFER = 1 << 18
_PIECE = 4 << 20
_ONLY_THE_HEAD = Meter  # a look at the head is not counted as reading the file


class File(ABC):
    """One file of a drop. *damage* says why not even its beginning could be read."""

    __slots__ = ("_meter", "_sort", "_trust_ending", "damage", "path", "size")

    def __init__(self, path: str, size: int, meter: Meter, *, trust_ending: bool) -> None:
        self.path = path
        self.size = size
        self.damage: Problem | None = None
        self._meter = meter
        self._trust_ending = trust_ending
        self._sort: Sort | None = None

    @property
    def sort(self) -> Sort:
        if self._sort is None:
            self._sort = sort_of(self.path, self.size, self.head, trust_ending=self._trust_ending)
        return self._sort

    def head(self) -> bytes:
        """At most its first 64 KiB; nothing where they are damaged."""
        try:
            with self._limited(_ONLY_THE_HEAD()) as stream:
                return stream.read(HEAD) or b""
        except Problem as problem:
            self.damage = problem
            return b""

    def open(self) -> BinaryIO:
        return io.BufferedReader(self._limited(self._meter), _BUFFER)

    def read(self, most: int) -> bytes:
        """All of it; raises `Problem` where it is more than *most*."""
        with io.BufferedReader(self._limited(self._meter, most), _BUFFER) as stream:
            return stream.read()

    @abstractmethod
    def digest(self) -> Job[bytes]:
        """The same for the same content, as cheaply as that can be known."""

    @abstractmethod
    def _limited(self, meter: Meter, most: int | None = None) -> Limited: ...

    @property
    def _most(self) -> int:
        return LARGEST_SOUND if has_sound_ending(self.path) else LARGEST_FILE


class FileOnDisk(File):
    """A file of the drop itself, or of a folder in it."""

    __slots__ = ("_file",)

    def __init__(self, file: Path, path: str, size: int, meter: Meter, *, trust_ending: bool = False) -> None:
        super().__init__(path, size, meter, trust_ending=trust_ending)
        self._file = file

    def digest(self) -> Job[bytes]:
        if self.sort is Sort.SOUND:  # there can be many gigabytes of them, and the records name them anyway
            return hashlib.sha256(f"{self.path}\0{self.size}".encode()).digest()
        found = hashlib.sha256()
        with self._limited(Meter()) as stream:
            while data := stream.read(_PIECE):
                found.update(data)
                yield Progress(0, doing=f"Looking at {self.path}")
        return found.digest()

    def _limited(self, meter: Meter, most: int | None = None) -> Limited:
        try:
            stream = self._file.open("rb", buffering=0)
        except OSError as error:
            raise _unreadable(self.path, error) from error
        return Limited(stream, self.path, meter, most=most or self._most)


class FileInZip(File):
    """A member of a zip that passed the guard."""

    __slots__ = ("_archive", "_info")

    def __init__(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, meter: Meter, *, trust_ending: bool
    ) -> None:
        super().__init__(path, info.file_size, meter, trust_ending=trust_ending)
        self._archive = archive
        self._info = info

    def digest(self) -> Job[bytes]:
        yield from ()  # a zip names the checksum of each file, so nothing has to be read
        return hashlib.sha256(f"{self.path}\0{self.size}\0{self._info.CRC}".encode()).digest()

    def _limited(self, meter: Meter, most: int | None = None) -> Limited:
        try:
            stream = self._archive.open(self._info)
        except READING_FAILED as error:
            raise damaged(self.path) from error
        return Limited(stream, self.path, meter, most=most or self._most, packed=self._info.compress_size)


def _unreadable(path: str, error: OSError) -> Problem:
    reason = error.strerror or "the disk gave no reason"
    return Problem(f"{path} cannot be read: {reason}.", advice="Look whether you may open it, then try again.")
