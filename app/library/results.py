"""The interactions of a filter for a table of a million rows: numbered in the order of time, read a page at a time."""

from __future__ import annotations

import itertools
import json
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

from app.library.asked import Asked, Change
from app.library.codes import KIND_CODE
from app.library.engine import OperationalError, Store, troubles
from app.library.filters import found
from app.library.log import Log
from app.library.reading import read_rows
from app.model import Decision, Filter, Kind, Row

if TYPE_CHECKING:
    from app.library import Library

_FORGOTTEN = KIND_CODE[Kind.FORGOTTEN]
FILLING_MIB = 192
SHOWING_MIB = 24

_IN_RANGES = (
    "SELECT r.id FROM json_each(?) j CROSS JOIN {schema}.result r"
    " ON r.pos BETWEEN json_extract(j.value, '$[0]') + 1 AND json_extract(j.value, '$[1]') + 1"
)

Ranges = Sequence[tuple[int, int]]
"""Positions from 0, both ends included."""


class Interrupted(Exception):
    """The filling was stopped by `Results.interrupt`."""


class _State(Enum):
    """How far the finding is; STOPPED: it was told to stop before the search began."""

    IDLE = 0
    PREPARING = 1
    STOPPED = 2
    SEARCHING = 3


class Results:
    """The shown interactions of one filter, while those of the next are found on another thread.

    One connection finds and decides: it keeps the index in its cache, since what it writes itself does not make its
    cache stale. The other reads pages. They share each result as a database in memory, made anew for every filling.
    """

    def __init__(self, library: Library) -> None:
        self._finder = Store(library.path, library.keys.library, cache_mib=FILLING_MIB)
        self._reader = Store(library.path, library.keys.library, cache_mib=SHOWING_MIB)
        self._asked = Asked(self._finder, Log(self._finder, library.keys.log))
        self._busy = threading.Lock()
        self._gate = threading.Lock()
        self._state = _State.IDLE
        self._names = (f"earshot-{secrets.token_hex(8)}-{number}" for number in itertools.count())
        self._filled: tuple[str, int] | None = None
        self._shown = ""
        self._closed = False
        self.count = 0

    def show(self, wanted: Filter) -> int:
        """Find the interactions of *wanted* beside what is shown; how many. Raises `Interrupted` if told to stop."""
        with self._busy:
            if self._closed:
                raise Interrupted
            self._state = _State.PREPARING
            with troubles(self._finder.path):
                self._drop_filled()
                name = next(self._names)
                _attach(self._finder, name, "filled")
                try:
                    count = self._fill(wanted)
                except BaseException:
                    self._finder.connection.execute("DETACH filled")
                    raise
            self._filled = (name, count)
            return count

    def interrupt(self) -> None:
        """Stop the filling that runs now, if any."""
        with self._gate:
            # Only the search itself is broken off: an attachment that is would leave the connection in disorder.
            if self._state is _State.SEARCHING:
                self._finder.connection.interrupt()
            elif self._state is _State.PREPARING:
                self._state = _State.STOPPED

    def swap(self) -> None:
        """Show what was filled last; nothing happens if a newer filling has begun since."""
        if not self._busy.acquire(blocking=False):
            return
        try:
            if self._filled is not None:
                self._show(*self._filled)
                self._drop_filled()
        finally:
            self._busy.release()

    def rows(self, first: int, number: int) -> list[Row]:
        """At most *number* rows from position *first* on."""
        with troubles(self._reader.path):
            return read_rows(self._reader.connection, self.ids([(first, first + number - 1)]))

    def ids(self, ranges: Ranges) -> list[int]:
        """The numbers of the interactions at these positions."""
        if not self._shown:
            return []
        rows = self._reader.connection.execute(_IN_RANGES.format(schema="shown"), (json.dumps(ranges),))
        return [id for (id,) in rows]

    def decide(self, ranges: Ranges, decision: Decision | None, at_ms: int) -> Change:
        """Decide the same for everything at these positions, as one change; not for what was forgotten."""
        if not self._shown:
            return Change(0, 0)
        with self._busy, _attached(self._finder, self._shown, "chosen"):
            listed = _IN_RANGES.format(schema="chosen")
            selection = f"SELECT i.id FROM ({listed}) s JOIN interaction i ON i.id = s.id AND i.kind <> {_FORGOTTEN}"
            return self._asked.decide_selected(selection, [json.dumps(ranges)], decision, at_ms)

    def close(self) -> None:
        """Let go of the library; a finding that still runs or waits is interrupted."""
        self._closed = True
        self.interrupt()
        with self._busy:
            self._finder.close()
            self._reader.close()

    def _fill(self, wanted: Filter) -> int:
        run = self._finder.connection.execute
        query = found(self._finder.connection, wanted)
        run("CREATE TABLE filled.result (pos INTEGER PRIMARY KEY, id INTEGER NOT NULL)")
        with self._gate:
            if self._state is _State.STOPPED:
                raise Interrupted
            self._state = _State.SEARCHING
        try:
            return run(f"INSERT INTO filled.result (id) {query.ids}", query.values).rowcount
        except OperationalError as error:
            if str(error) == "interrupted":
                raise Interrupted from error
            raise
        finally:
            with self._gate:
                self._state = _State.IDLE

    def _show(self, name: str, count: int) -> None:
        if self._shown:
            self._reader.connection.execute("DETACH shown")
        _attach(self._reader, name, "shown")
        self._shown, self.count = name, count

    def _drop_filled(self) -> None:
        if self._filled is not None:
            self._finder.connection.execute("DETACH filled")
            self._filled = None


def _attach(store: Store, name: str, schema: str) -> None:
    """Join a database in memory that all connections of this process know by *name*; it goes with the last of them."""
    store.connection.execute(f"ATTACH 'file:/{name}?vfs=memdb' AS {schema} KEY ''")
    store.connection.execute(f"PRAGMA {schema}.journal_mode = OFF")


@contextmanager
def _attached(store: Store, name: str, schema: str) -> Iterator[None]:
    _attach(store, name, schema)
    try:
        yield
    finally:
        store.connection.execute(f"DETACH {schema}")
