"""What is looked at before a spreadsheet is opened: one that swells, or that would grow in memory, stays closed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from app.providers.tables.lines import LONGEST_LINE

_MOST_PARTS = 2_000
_LARGEST_IN_ALL = 512 << 20
_LARGEST_PART = 4 << 20
_DENSEST = 250
_DENSITY_COUNTS_FROM = 1 << 20
_MOST_ITEMS = 1_100_000
_MOST_IN_ITEM = 20_000
_MOST_ELSEWHERE = 50_000
_PIECE = 1 << 18
_GROWING = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_NAME = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_ITEMS = ("row", "si")

_SWELLS = "This spreadsheet swells to more than Earshot reads."
_TOO_MUCH = "This spreadsheet holds more than any list of what was said."


def is_sheet(head: bytes) -> bool:
    """Whether a file that begins with *head* is a spreadsheet, and no other zip."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    named = ((at.end(), int.from_bytes(at[1], "little")) for at in _NAME.finditer(head))
    return any(head[start : start + length].startswith(b"xl/") for start, length in named)


def hostile(data: bytes) -> str:
    """Why a spreadsheet must stay closed, in a sentence; "" if it may be opened. Raises what `zipfile` and `expat`
    raise where it is damaged."""
    if data.count(b"PK\x01\x02") > _MOST_PARTS:
        return "This spreadsheet consists of more parts than any honest one."
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > _LARGEST_IN_ALL:
            return _SWELLS
        for part in parts:
            grows = _GROWING.fullmatch(part.filename) is not None
            most = max(_DENSITY_COUNTS_FROM, part.compress_size * _DENSEST)
            if part.file_size > (most if grows else min(most, _LARGEST_PART)):
                return _SWELLS
            if part.filename.endswith((".xml", ".rels")) and not _fits(archive, part, grows=grows):
                return _TOO_MUCH
    return ""


def _fits(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, grows: bool) -> bool:
    """Whether a part can be held the way the reader does: rows and texts one by one, all else at once."""
    counter = _Counter(grows)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = counter.opened
    parser.EndElementHandler = counter.closed
    parser.CharacterDataHandler = counter.wrote
    parser.StartDoctypeDeclHandler = counter.declared
    try:
        with archive.open(part) as stream:
            while data := stream.read(_PIECE):
                parser.Parse(data, False)
            parser.Parse(b"", True)
    except _TooMuchError:
        return False
    return True


class _TooMuchError(Exception):
    """A part holds more than the reader could hold."""


@dataclass(slots=True)
class _Counter:
    """Counts what a part holds while it is parsed."""

    grows: bool
    items: int = 0
    inside: int = -1
    elsewhere: int = 0
    text: int = 0

    def opened(self, name: str, _attributes: dict[str, str]) -> None:
        self.text = 0
        if self.inside >= 0:
            self.inside += 1
        elif self.grows and name.rpartition(":")[2] in _ITEMS:
            self.inside = 0
            self.items += 1
        else:
            self.elsewhere += 1
        if self.inside > _MOST_IN_ITEM or self.items > _MOST_ITEMS or self.elsewhere > _MOST_ELSEWHERE:
            raise _TooMuchError

    def closed(self, name: str) -> None:
        self.text = 0
        if self.inside >= 0 and name.rpartition(":")[2] in _ITEMS:
            self.inside = -1

    def wrote(self, text: str) -> None:
        self.text += len(text)
        if self.text > LONGEST_LINE:
            raise _TooMuchError

    def declared(self, *_: object) -> None:
        """A type of document brings entities, which no spreadsheet needs."""
        raise _TooMuchError
