"""Spreadsheets (XLSX), row by row; nothing in them is computed, and what swells or nests without end stays closed."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any
from xml.parsers.expat import ExpatError

from app.model import Entry
from app.providers.tables.lines import CUT_SHORT, DAMAGED_FILE, MOST_COLUMNS, Fault, Line
from app.providers.tables.sheet_guard import hostile
from app.providers.tables.values import clean

LARGEST = 64 << 20
_MOST_ROWS = 1 << 20
_MOST_SHEETS = 50
_AT_ONCE = 500
_WHOLE = 1e15

# The reader of spreadsheets trusts them: a damaged one makes it stumble over whatever it looks for and does not find.
_DAMAGED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
)


class Workbook:
    """The spreadsheet in *entry*. `sheets` is the number of those that may hold a table; 0 where it stays closed, and
    then `closed` says why."""

    def __init__(self, entry: Entry) -> None:
        self.closed = ""
        self.sheets = 0
        self._book: Any = None
        with entry.open() as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            self.closed = f"This spreadsheet is larger than Earshot reads ({LARGEST >> 20} MB)."
            return
        try:
            self.closed = hostile(data)
            if not self.closed:
                self._book = _opened(data)
                self.sheets = min(len(self._book.worksheets), _MOST_SHEETS)
        except _DAMAGED:
            self.closed = "This spreadsheet is damaged."

    def rows(self, sheet: int, width: int = MOST_COLUMNS + 1) -> Iterator[Line | Fault]:
        """The first *width* columns of one of its sheets, counted from 0; empty rows are passed over."""
        found = self._book.worksheets[sheet].iter_rows(
            min_row=1, max_row=_MOST_ROWS, min_col=1, max_col=width, values_only=True
        )
        first = 1
        while True:
            try:
                with _unwarned():
                    taken = list(islice(found, _AT_ONCE))
            except _DAMAGED:
                yield Fault(None, DAMAGED_FILE, CUT_SHORT)
                return
            for number, cells in enumerate(taken, first):
                if cells.count(None) < len(cells):
                    yield Line(number, tuple(map(_text, cells)))
            if len(taken) < _AT_ONCE:
                return
            first += _AT_ONCE


@contextmanager
def _unwarned() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of colours and rules that it leaves out
        yield


def _opened(data: bytes) -> Any:
    # It is needed for the first spreadsheet, not for the window.
    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is not installed: entities in a spreadsheet would be expanded")
    with _unwarned():
        return load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)


def _text(cell: object) -> str:
    """A cell as a table of text would write it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return clean(str(cell))
