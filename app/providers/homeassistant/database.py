"""A database that another program keeps: opened so that its own program is never kept from writing, and so that nothing
in a hostile file can do anything."""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.model import Entry, Problem

LARGEST_IN_MEMORY = 256 << 20
"""Of a database inside a zip; one on the disk is read where it lies, however large it is."""
SECONDS_FOR_A_QUERY = 20.0
MOST_ROWS = 100_000
_INSTRUCTIONS_BETWEEN_LOOKS = 50_000
_LONGEST_VALUE = 16 << 20
_WAL_MARK = slice(18, 20)
_ROLLBACK = b"\1\1"
_AGAIN = "Bring it in again."


class Foreign:
    """An open database of another program, asked with patience that ends."""

    def __init__(self, connection: sqlite3.Connection, name: str, *, patience_s: float = SECONDS_FOR_A_QUERY) -> None:
        self.connection = connection
        self._name = name
        self._patience_s = patience_s
        self._until = math.inf
        # The bytes of a damaged text need not be UTF-8, and one wrong byte must not hide a row.
        connection.text_factory = _text
        connection.set_progress_handler(self._out_of_patience, _INSTRUCTIONS_BETWEEN_LOOKS)
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            self.rows(f"PRAGMA {setting}")

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """At most `MOST_ROWS` rows of the answer; a `Problem` where the file cannot give one."""
        self._until = time.monotonic() + self._patience_s
        try:
            return self.connection.execute(query, values).fetchmany(MOST_ROWS)
        except (sqlite3.Error, OverflowError) as error:
            raise problem_of(error, self._name) from error

    def tables(self) -> dict[str, frozenset[str]]:
        """The real tables, each with the columns that hold what was written; a view or a virtual table is none."""
        found = self.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'table' LIMIT 1000")
        real = [name for name, sql in found if str(sql).upper().startswith("CREATE TABLE") and name in _ASKED]
        return {name: self._columns(name) for name in real}

    def _columns(self, table: str) -> frozenset[str]:
        """The plain columns of *table*; its number only if it is the one by which the engine finds a row."""
        plain = [row for row in self.rows(f"PRAGMA table_xinfo({table})") if row[6] == 0]
        return frozenset(row[1] for row in plain if not row[5] or str(row[2]).upper() == "INTEGER")

    def _out_of_patience(self) -> int:
        return time.monotonic() > self._until


_ASKED = frozenset(
    {"states", "state_attributes", "states_meta", "schema_changes", "events", "event_data", "event_types"}
)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@contextmanager
def opened(entry: Entry) -> Iterator[Foreign]:
    """The database in *entry*, to be read inside the block; a `Problem`, also at the end of it, says why that failed.

    On the disk, where another program writes to it, one transaction reads what stood there at its beginning, and that
    program can go on. Where no one has it open, no lock is taken and no file is made beside it, and whether it was
    really left alone is looked at afterwards. Out of a zip it is read in memory.
    """
    if not entry.place:
        with _troubles(entry.path), _in_memory(entry) as connection:
            yield _for_reading(connection, entry.path)
        return
    place = Path(entry.place)
    before = _state_of(place)
    written_to = before[-1]
    how = "mode=ro" if written_to else "immutable=1"
    with _troubles(entry.path):
        connection = sqlite3.connect(uri(place, how), uri=True, isolation_level=None, timeout=2)
    try:
        yield _for_reading(connection, entry.path)
    finally:
        connection.close()
    if not written_to and _state_of(place) != before:
        raise Problem(f"{entry.path} was written to while it was read.", advice=_AGAIN)


def uri(place: Path, how: str) -> str:
    """The address of *place* by which the engine opens it in the way *how*."""
    path = quote(place.as_posix(), safe="/:")
    return f"file:{'//' if path.startswith('/') else '///'}{path}?{how}"


def beside(place: Path, tail: str) -> Path:
    """One of the files that the engine keeps beside a database."""
    return place.with_name(place.name + tail)


def problem_of(error: Exception, name: str) -> Problem:
    """What *error* of the engine means, in a parent's words."""
    said = str(error)
    if "locked" in said or "busy" in said:
        return in_use(name)
    if "readonly" in said or "unable to open" in said:
        return Problem(f"{name} cannot be opened here.", advice="Check that you may read and write in its folder.")
    if "full" in said:
        return Problem("There is not enough room on the disk.", advice="Make some room, then do this again.")
    return damaged(name)


def in_use(name: str) -> Problem:
    return Problem(
        f"Home Assistant is running: it has {name} open. Nothing was touched.",
        advice="Stop Home Assistant (Settings, System, the power button), then do this again.",
    )


def damaged(name: str) -> Problem:
    return Problem(
        f"{name} is damaged, or built to be hard to read.",
        advice="If it is Home Assistant's own and works there, stop Home Assistant and bring it in again.",
    )


def _for_reading(connection: sqlite3.Connection, name: str) -> Foreign:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    foreign = Foreign(connection, name)
    foreign.rows("PRAGMA query_only = ON")
    foreign.rows("BEGIN")
    return foreign


def _state_of(place: Path) -> tuple[int, int, bool]:
    """What changes when somebody writes to *place*: its size, its time, and whether somebody is about to."""
    try:
        if beside(place, "-journal").exists() and beside(place, "-journal").stat().st_size:
            raise Problem(
                f"{place.name} was left in the middle of being written to.",
                advice="Start Home Assistant once and stop it again, then bring it in.",
            )
        found = place.stat()
        return found.st_size, found.st_mtime_ns, beside(place, "-wal").exists()
    except OSError as error:
        raise Problem(f"{place.name} cannot be read: {error.strerror}.", advice="Look whether it is there.") from error


@contextmanager
def _in_memory(entry: Entry) -> Iterator[sqlite3.Connection]:
    if entry.size > LARGEST_IN_MEMORY:
        raise Problem(
            f"{entry.path} is too large to be read inside a zip.", advice="Unpack the zip and bring in the folder."
        )
    with entry.open() as stream:
        data = bytearray(stream.read(LARGEST_IN_MEMORY + 1))
    data[_WAL_MARK] = _ROLLBACK  # in memory there is no second file in which changes could stand
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(data)
        del data
        yield connection
    finally:
        connection.close()


@contextmanager
def _troubles(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise problem_of(error, name) from error
