"""The rows of a table whose columns are known, with the time of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from app.model import Column, Issue, Moment
from app.providers.tables.columns import Columns, month_first
from app.providers.tables.lines import DAMAGED_ROW, Line
from app.providers.tables.table import Table
from app.providers.tables.times import Times, needs_settling
from app.providers.tables.values import is_record_key, value
from app.providers.tables.words import holds, plain

IMPOSSIBLE_TIME = "impossible-time"
_NO_TIME = "A row gives no time, so it could not be read."
_IMPOSSIBLE = "A row gives a time at which nobody can have spoken."
_ZONES_IN_HEADERS = ("utc", "gmt")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One row: its *number*, when it was, the *key* of its record ("" if it has none) and what it says by column; what
    stands for nothing is left out. *others* are the cells of columns that say nothing to us, by their header."""

    number: int
    at: Moment
    key: str
    cells: Mapping[Column, str] = field(repr=False)
    others: Mapping[str, str] = field(repr=False)
    raw: bytes = field(repr=False)

    def of(self, column: Column) -> str:
        """What the row says in *column*, "" if nothing."""
        return self.cells.get(column, "")


class Reader:
    """Reads the rows of *table*. *zone* is that of times which name none."""

    def __init__(self, table: Table, columns: Columns, zone: tzinfo | None = None) -> None:
        self._table = table
        self._columns = columns
        self._places = [(place, column) for column, places in columns.places.items() for place in places]
        known = {place for place, _ in self._places}
        self._others = [place for place in range(len(table.header)) if place not in known]
        self._times = self._settled(zone)

    def rows(self) -> Iterator[Spoken | Issue]:
        for line in self._table.lines():
            yield line if isinstance(line, Issue) else self._row(line)

    def _settled(self, zone: tzinfo | None) -> Times:
        """How to read the times: where the first rows do not tell day from month, all of them are asked."""
        places = self._columns.places.get(Column.TIME, ())
        values = [self._time_of(row) for row in self._table.sample]
        headers = " ".join(plain(self._table.header[place]) for place in places)
        said = holds(headers, _ZONES_IN_HEADERS)
        every: Iterable[str] = values
        if needs_settling(values):
            every = (self._time_of(line.cells) for line in self._table.lines() if isinstance(line, Line))
        return Times(every, month_first=month_first(self._table.header), zone=UTC if said else zone, said=said)

    def _time_of(self, cells: tuple[str, ...]) -> str:
        return " ".join(cells[place] for place in self._columns.places.get(Column.TIME, ()))

    def _row(self, line: Line) -> Spoken | Issue:
        cells: dict[Column, str] = {}
        key = ""
        for place, column in self._places:
            if text := value(line.cells[place]):
                if column is Column.KEY and is_record_key(text):
                    key = text
                else:
                    cells[column] = f"{cells[column]} {text}" if column in cells else text
        at = self._at(key, cells)
        if at is None:
            stamp = cells.get(Column.TIME)
            code, sentence = (IMPOSSIBLE_TIME, _IMPOSSIBLE) if stamp else (DAMAGED_ROW, _NO_TIME)
            return Issue(self._table.entry.path, line.number, code, sentence)
        header = self._table.header
        others = {header[place]: line.cells[place] for place in self._others if value(line.cells[place])}
        whole = {name: cell for name, cell in zip(header, line.cells, strict=True) if cell}
        return Spoken(line.number, at, key, cells, others, json.dumps(whole, ensure_ascii=False).encode())

    def _at(self, key: str, cells: Mapping[Column, str]) -> Moment | None:
        """When the row was: as its key says, which is exact, else as its times say."""
        stamp = cells.get(Column.TIME, "")
        if key:
            exact = self._times.moment(key.split("#")[1])
            return None if exact is None else Moment(exact.ms, stamp or exact.raw)
        return self._times.moment(stamp)
