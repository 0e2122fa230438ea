"""How much of a hostile file we are ready to read, counted on what really comes out of it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from app.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_FILES = 500_000
LARGEST_ARCHIVE = 64 << 30
LARGEST_DIRECTORY = 256 << 20
LARGEST_SOUND = 256 << 20
LARGEST_FILE = 2 << 30
LARGEST_IN_ALL = 200 << 30
LARGEST_NESTED_ZIP = 64 << 20
LARGEST_NESTED_IN_ALL = 256 << 20
DENSEST = 250
DENSITY_COUNTS_FROM = 1 << 20

READING_FAILED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,  # how zipfile tells of a way of packing that it does not know
    ValueError,
    struct.error,
)
"""What reading a damaged or hostile zip raises."""


@dataclass(slots=True)
class Meter:
    """How many bytes of a drop came out so far."""

    spent: int = 0

    def spend(self, number: int) -> None:
        self.spent += number
        if self.spent > LARGEST_IN_ALL:
            raise Problem(
                f"There is more in these files than Earshot takes at once ({LARGEST_IN_ALL >> 30} GB).",
                advice="Bring them in one after the other.",
            )


class Limited(io.RawIOBase):
    """A stream that stops with a `Problem` at *most* bytes, or where it swells more than honest data does."""

    def __init__(self, inner: IO[bytes], name: str, meter: Meter, *, most: int, packed: int | None = None) -> None:
        self._inner = inner
        self._name = name
        self._meter = meter
        self._most = most
        if packed is not None:
            self._most = min(most, max(DENSITY_COUNTS_FROM, packed * DENSEST))
        self._swells = self._most < most
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        try:
            data = self._inner.read(len(view))
        except READING_FAILED as error:
            raise damaged(self._name) from error
        self._out += len(data)
        self._meter.spend(len(data))
        if self._out > self._most:
            raise self._too_much()
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()

    def _too_much(self) -> Problem:
        if self._swells:
            return Problem(
                f"{self._name} swells far more than honest data does while it is unpacked.",
                advice="Do not use this file. Ask for the archive again.",
            )
        return Problem(f"{self._name} is larger than Earshot reads ({self._most >> 20} MB).")


def damaged(name: str) -> Problem:
    return Problem(f"{name} is damaged.", advice="Download the archive again and bring it in once more.")
