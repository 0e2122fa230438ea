"""Tables as text with a separator between the columns, in any encoding; no line is held beyond its limit."""

from __future__ import annotations

import codecs
import csv
from collections import Counter, deque
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from typing import BinaryIO

from app.providers.tables.lines import DAMAGED_ROW, LONGEST_LINE, NEVER_CLOSED, TOO_LONG, Fault, Line
from app.providers.tables.values import clean

SEPARATORS = ",;\t|"
_LOOKED_AT = 30
_PROBE = 4096
_WINDOWS = "windows"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


# What is no UTF-8 comes from Windows in the West, or is damaged: then these letters are as good as any.
codecs.register_error(_WINDOWS, _as_windows)


def encoding_of(head: bytes) -> str:
    """How a text that begins with *head* is encoded."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    probe = head[:_PROBE]
    half = max(len(probe) // 2, 1)
    first, second = probe[::2].count(0) / half, probe[1::2].count(0) / half
    if second > 0.4 and first < 0.1:
        return "utf-16-le"
    return "utf-16-be" if first > 0.4 and second < 0.1 else "utf-8-sig"


def separator_of(head: bytes, *, whole: bool) -> str:
    """What parts the columns of a text that begins with *head*, "" if nothing does; *whole*: nothing follows it."""
    lines = list(_physical(BytesIO(head), encoding_of(head)))[: _LOOKED_AT + 1]
    if not whole and len(lines) <= _LOOKED_AT:
        lines = lines[:-1]
    found = {separator: _agreement([line for line in lines if line.strip()], separator) for separator in SEPARATORS}
    best = max(found, key=lambda separator: found[separator])
    return best if found[best] > (0, 0) else ""


def _agreement(lines: list[str], separator: str) -> tuple[int, int]:
    """How many rows have the commonest number of columns, and what that number is; none where it is one."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
    except csv.Error:
        return 0, 0
    wide = {width: rows for width, rows in widths.items() if width > 1}
    if not wide:
        return 0, 0
    width, rows = max(wide.items(), key=lambda item: (item[1], item[0]))
    return rows, width


def rows_of(stream: BinaryIO, encoding: str, separator: str) -> Iterator[Line | Fault]:
    """The rows of the text on *stream*; empty ones are passed over."""
    return _Rows(stream, encoding, separator).read()


class _Rows:
    """Reads one text. A row that cannot be read is given up at the end of its first line, and reading goes on there: a
    quotation mark that is never closed must not swallow what follows."""

    def __init__(self, stream: BinaryIO, encoding: str, separator: str) -> None:
        self._physical = _physical(stream, encoding)
        self._separator = separator
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._size = 0
        self._number = 1

    def read(self) -> Iterator[Line | Fault]:
        reader = self._reader()
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                if not self._taken:
                    return
                yield self._given_up()
                reader = self._reader()
                continue
            number = self._number
            too_long = self._size > LONGEST_LINE
            self._passed(len(self._taken))
            if too_long:
                yield Fault(number, DAMAGED_ROW, TOO_LONG)
            elif cells:
                yield Line(number, tuple(map(clean, cells)))

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self._separator, strict=True)

    def _feed(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else next(self._physical, None)
            if line is None:
                return
            self._size += len(line)
            if self._taken and self._size > LONGEST_LINE:
                self._again.appendleft(line)
                raise csv.Error
            # All of a line that is too long was not kept, and a quotation mark in what was is none.
            self._taken.append(line)
            yield line if len(line) <= LONGEST_LINE else "-"

    def _given_up(self) -> Line | Fault:
        """What the first of the taken lines is by itself; the others are read once more."""
        first = self._taken[0]
        number = self._number
        self._again.extendleft(reversed(self._taken[1:]))
        self._passed(1)
        if first.count('"') % 2:
            return Fault(number, DAMAGED_ROW, NEVER_CLOSED)
        try:
            cells = next(csv.reader([first], delimiter=self._separator), [])
        except csv.Error:
            return Fault(number, DAMAGED_ROW, TOO_LONG)
        return Line(number, tuple(map(clean, cells)))

    def _passed(self, lines: int) -> None:
        self._number += lines
        self._taken.clear()
        self._size = 0


def _physical(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a text; of one beyond the limit only a beginning that is just as much beyond it."""
    errors = "replace" if encoding.startswith("utf-16") else _WINDOWS
    text = TextIOWrapper(stream, encoding, errors=errors, newline="")
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            line += "…"
            while (more := text.readline(LONGEST_LINE)) and not more.endswith(("\n", "\r")):
                pass
        yield line
    text.detach()
