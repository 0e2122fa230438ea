"""A table in a file: its header, its first rows, and all of its rows as they are read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice

from app.model import Entry, Issue, Problem, Sort
from app.providers.json_stream import Damaged, elements
from app.providers.tables.lines import CUT_SHORT, DAMAGED_FILE, DAMAGED_ROW, MOST_COLUMNS, Fault, Line
from app.providers.tables.separated import encoding_of, rows_of, separator_of
from app.providers.tables.sheet_guard import is_sheet
from app.providers.tables.sheets import Workbook
from app.providers.tables.times import is_clock, is_time
from app.providers.tables.values import clean, is_record_key, names_sound
from app.providers.tables.words import plain, words

HEAD = 64 << 10
SAMPLE = 50
_LONGEST_NAME = 80
_HEADER_WITHIN = 20
_SHEET_ROWS_LOOKED_AT = 200
_MOST_FAULTS = 10_000
_TOO_WIDE = "This row has more columns than the table."

Rows = Callable[[], Iterator[Line | Fault]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header. *sample* are its first rows; *separator* is what parts its columns ("" in a spreadsheet,
    and in JSON)."""

    entry: Entry
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...] = field(repr=False)
    separator: str
    _rows: Rows = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """The same for every table with these columns, in any order."""
        return fingerprint(self.header)

    def lines(self) -> Iterator[Line | Issue]:
        """Its rows, each with as many cells as the header; what cannot be read is an issue. A header that comes again
        and a summary at the end are left out."""
        path, faults = self.entry.path, 0
        try:
            for row in self._rows():
                if isinstance(row, Fault):
                    yield Issue(path, row.number, row.code, row.sentence)
                    faults += 1
                    if faults == _MOST_FAULTS:
                        yield Issue(path, None, DAMAGED_FILE, CUT_SHORT)
                        return
                    continue
                if is_tail(row):
                    return
                found = self._fitted(row)
                if found is not None:
                    yield found
        except Problem as problem:
            yield Issue(path, None, DAMAGED_FILE, problem.message)

    def _fitted(self, row: Line) -> Line | Issue | None:
        cells, width = row.cells, len(self.header)
        if any(cells[width:]):
            return Issue(self.entry.path, row.number, DAMAGED_ROW, _TOO_WIDE)
        cells = cells[:width] if len(cells) >= width else cells + ("",) * (width - len(cells))
        if cells == self.header or not any(cells):
            return None
        return row if cells is row.cells else Line(row.number, cells)


def fingerprint(header: Sequence[str]) -> str:
    """The same for the same names in any order."""
    return hashlib.sha256("\x1f".join(sorted(name.casefold() for name in header)).encode()).hexdigest()[:32]


def is_tail(row: Line) -> bool:
    """Whether a summary of the file begins at *row*."""
    return len(row.cells[0]) < _LONGEST_NAME and plain(row.cells[0]).startswith(words().tails)


def table_in(entry: Entry) -> Table | None:
    """The table that *entry* holds, None if it holds none with a header. Raises `Problem` where it cannot be opened."""
    if entry.sort in (Sort.SOUND, Sort.EMPTY, Sort.SQLITE, Sort.HTML, Sort.ZIP):
        return None
    head = entry.head()
    if is_sheet(head):
        return _in_sheet(entry)
    if head[:1] in (b"\x80", b"%", b"P") and not head.isascii():  # a pickle, a PDF, another zip
        return None
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        return _in_json(entry, head)
    return _in_text(entry, head)


def _in_text(entry: Entry, head: bytes) -> Table | None:
    encoding, whole = encoding_of(head), len(head) >= entry.size
    separator = separator_of(head, whole=whole)
    if not separator:
        return None
    found = list(islice(rows_of(BytesIO(head), encoding, separator), _HEADER_WITHIN + SAMPLE))
    known = [row for row in found if isinstance(row, Line)]
    if not whole and known and found[-1] is known[-1]:
        known.pop()

    def rows(after: int) -> Iterator[Line | Fault]:
        with entry.open() as stream:
            yield from _after(rows_of(stream, encoding, separator), after)

    return _table(entry, known, separator, rows)


def _in_sheet(entry: Entry) -> Table | None:
    """The first sheet that has a header."""
    book = Workbook(entry)
    for number in range(book.sheets):
        first = islice(book.rows(number), _HEADER_WITHIN + SAMPLE)
        known = [row for row in first if isinstance(row, Line) and row.number <= _SHEET_ROWS_LOOKED_AT]
        width = max((_filled(row) for row in known), default=0)
        trimmed = [Line(row.number, row.cells[:width]) for row in known]

        def rows(after: int, sheet: int = number, width: int = width) -> Iterator[Line | Fault]:
            yield from _after(Workbook(entry).rows(sheet, width), after)

        table = _table(entry, trimmed, "", rows)
        if table is not None:
            return table
    return None


def _filled(row: Line) -> int:
    return max((place for place, cell in enumerate(row.cells, 1) if cell), default=0)


def _after(rows: Iterator[Line | Fault], number: int) -> Iterator[Line | Fault]:
    return (row for row in rows if row.number is None or row.number > number)


def _table(
    entry: Entry, known: list[Line], separator: str, rows: Callable[[int], Iterator[Line | Fault]]
) -> Table | None:
    at = next((place for place, row in enumerate(known[:_HEADER_WITHIN]) if _is_header(row, known)), None)
    if at is None:
        return None
    header = _distinct(known[at].cells)
    if len(header) > MOST_COLUMNS:
        return None
    number, width = known[at].number, len(header)
    sample = []
    for row in known[at + 1 : at + 1 + SAMPLE]:
        if is_tail(row):
            break
        if row.cells != known[at].cells:
            sample.append((row.cells + ("",) * width)[:width])
    return Table(entry, header, tuple(sample), separator, lambda: rows(number))


def _is_header(row: Line, among: Sequence[Line]) -> bool:
    """Whether *row* names columns: short different words, and as many as the rows around it are wide."""
    names = [cell for cell in row.cells if cell]
    if len(names) < 2 or len({name.casefold() for name in names}) < len(names):
        return False
    if len(names) * 2 < max(_filled(other) for other in among):
        return False
    return all(len(name) <= _LONGEST_NAME and _is_name(name) for name in names)


def _is_name(text: str) -> bool:
    if is_time(text) or is_clock(text) or names_sound(text) or is_record_key(text) or "@" in text:
        return False
    return any(letter.isalpha() for letter in text)


def _distinct(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns; one without a name gets its number."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return tuple(name or f"column {number}" for number, name in enumerate(cells, 1))


def _in_json(entry: Entry, head: bytes) -> Table | None:
    """A list of flat objects: its columns are the names of the fields of the first few."""
    where, objects = _first_objects(head)
    names = dict.fromkeys(name for one in objects for name in one)
    if len(names) < 2 or len(names) > MOST_COLUMNS or not all(map(_is_flat, objects)):
        return None
    keys = tuple(names)

    def rows() -> Iterator[Line | Fault]:
        number = 0
        try:
            with entry.open() as stream:
                for at, value, _ in elements(stream):
                    if at == where:
                        number += 1
                        yield _of_object(number, keys, value)
        except Damaged:
            yield Fault(None, DAMAGED_FILE, CUT_SHORT)

    sample = [tuple(_scalar(one.get(name)) for name in keys) for one in objects]
    return Table(entry, tuple(map(clean, keys)), tuple(sample), "", rows)


def _first_objects(head: bytes) -> tuple[tuple[str, ...], list[dict[str, object]]]:
    where: tuple[str, ...] = ()
    objects: list[dict[str, object]] = []
    try:
        for keys, value, _ in elements(BytesIO(head)):
            if isinstance(value, dict) and (keys == where or not objects):
                where = keys
                objects.append(value)
            if len(objects) == SAMPLE:
                break
    except Damaged:
        return where, objects
    return where, objects


def _is_flat(value: dict[str, object]) -> bool:
    return not any(isinstance(inner, dict | list) for inner in value.values())


def _of_object(number: int, keys: Sequence[str], value: object) -> Line | Fault:
    if not isinstance(value, dict):
        return Fault(number, DAMAGED_ROW, "A row, or a part of it, could not be read.")
    return Line(number, tuple(_scalar(value.get(name)) for name in keys))


def _scalar(value: object) -> str:
    if value is None:
        return ""
    return clean(value if isinstance(value, str) else json.dumps(value))
