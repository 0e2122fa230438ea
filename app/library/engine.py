"""The one database engine: how encrypted files are opened, and what can go wrong with them in a parent's words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3
from sqlcipher3 import dbapi2

from app.model import Problem

if TYPE_CHECKING:
    import sqlite3
    from concurrent.futures import Future, ThreadPoolExecutor

    from sqlite_utils import Database

# sqlite-utils looks for this name before the standard library's engine: with it both use the same, encrypted one.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2

DatabaseError: type[Exception] = dbapi2.DatabaseError
OperationalError: type[Exception] = dbapi2.OperationalError

BUSY_SECONDS = 2.0
WAL_LIMIT = 64 << 20
SWITCH_SECONDS = 0.0005
"""Each statement of the second thread waits so long for Python. With the usual 0.005 it worked so slowly beside the
first that this one waited for it in turn, 21 µs a record; now it waits 2."""
_FULL = 2


class Store:
    """One open database file, encrypted unless *key* is empty. Only one thread may work with it at a time, but it need
    not be always the same. One that *shrinks* can give the room of what was deleted back to the disk."""

    def __init__(self, path: Path, key: str, *, cache_mib: int, shrinks: bool = False) -> None:
        self.path = path
        self.key = key
        with troubles(path):
            self.connection: sqlite3.Connection = dbapi2.connect(
                os.fspath(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        self._second: ThreadPoolExecutor | None = None
        self._work: Future[None] | None = None
        try:
            with troubles(path):
                self._settle(cache_mib, shrinks)
        except BaseException:
            self.connection.close()
            raise

    def _settle(self, cache_mib: int, shrinks: bool) -> None:
        run = self.connection.execute
        run("PRAGMA cipher_log_level = NONE")
        if self.key:
            run(f"PRAGMA key = \"x'{self.key}'\"")
        (tables,) = run("SELECT count(*) FROM sqlite_schema").fetchone()
        if shrinks and not tables:
            run("PRAGMA auto_vacuum = INCREMENTAL")  # which writes, so that it would wait for another writer
        (mode,) = run("PRAGMA journal_mode = WAL").fetchone()
        run("PRAGMA synchronous = FULL")
        run("PRAGMA fullfsync = ON")
        run("PRAGMA checkpoint_fullfsync = ON")
        run(f"PRAGMA journal_size_limit = {WAL_LIMIT}")
        run(f"PRAGMA cache_size = {-1024 * cache_mib}")
        (synchronous,) = run("PRAGMA synchronous").fetchone()
        (full,) = run("PRAGMA fullfsync").fetchone()
        if (mode, synchronous, full) != ("wal", _FULL, 1):
            raise Problem(
                "This place cannot keep the library safely.",
                advice="Choose a folder on a disk of this computer, not on a network drive.",
            )

    @cached_property
    def db(self) -> Database:
        """The same connection for schema and small writes."""
        from sqlite_utils import Database  # it takes long to import, and reading does not need it

        return Database(self.connection)

    def size(self) -> int:
        """How many bytes the file has, or will have when what was written last is in its place."""
        with troubles(self.path):
            (pages,) = self.connection.execute("PRAGMA page_count").fetchone()
            (bytes_each,) = self.connection.execute("PRAGMA page_size").fetchone()
        return int(pages * bytes_each)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction, or a part of the one that is open: all of it happens or nothing."""
        with troubles(self.path):
            self.settle()
            if self.connection.in_transaction:
                # No savepoint: for each one the engine copies the pages that change, and flushes the index of words.
                yield
                return
            with self.db.atomic():
                # A write that changes nothing takes the lock now, with the patience of a first statement; a transaction
                # that begins by reading would be refused at once where another process wrote in between.
                self.connection.execute("DELETE FROM lock WHERE 0")
                try:
                    yield
                except BaseException:
                    if self._work:
                        self._work.exception()  # only waited for: whatever it wrote is taken back now
                        self._work = None
                    raise
                self.settle()

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Do not wait for another writer."""
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {round(1000 * BUSY_SECONDS)}")

    def later(self, work: Callable[[], None]) -> None:
        """Let *work* write on a second thread; the transaction, and every part of it that begins, waits for it."""
        from concurrent.futures import ThreadPoolExecutor  # only bringing in needs it

        self.settle()
        if self._second is None:
            self._second = ThreadPoolExecutor(1)
            sys.setswitchinterval(SWITCH_SECONDS)
        self._work = self._second.submit(work)

    def settle(self) -> None:
        """Wait for what is still being written; raises what went wrong with it."""
        work, self._work = self._work, None
        if work:
            work.result()

    def close(self) -> None:
        if self._second:
            self._second.shutdown()
        self.connection.close()


@contextmanager
def troubles(path: Path) -> Iterator[None]:
    """Turn what the world can do to a database file into a `Problem`."""
    try:
        yield
    except DatabaseError as error:
        said = str(error)
        for sign, sentence, advice in _TROUBLES:
            if sign in said:
                raise Problem(sentence, advice=advice.format(folder=path.parent)) from error
        raise


def remove(database: Path) -> None:
    """Delete a database with the files that its engine keeps beside it."""
    for name in (*(database.with_name(f"{database.name}{tail}") for tail in ("-wal", "-shm", "-journal")), database):
        try:
            name.unlink(missing_ok=True)
        except OSError as error:
            raise Problem(
                f"{name.name} could not be deleted: {error.strerror}.",
                advice=f"Check that you may write to {database.parent}.",
            ) from error


_TROUBLES = (
    ("locked", "Another window or command is writing to this library.", "Wait until it has finished, then try again."),
    ("disk is full", "There is not enough room on the disk.", "Make some room, then try again. Nothing is half-done."),
    ("not a database", "This library cannot be opened: it is damaged, or its key is another one.", "Look in {folder}."),
    ("malformed", "This library is damaged.", "Put back a copy of {folder} from your backup."),
    ("unable to open", "This library cannot be opened.", "Check that you may write to {folder}."),
    ("readonly", "This library cannot be written to.", "Check that you may write to {folder}."),
    ("disk I/O", "The disk gave an error.", "Check the disk that holds {folder}."),
    (
        "vtable constructor failed",
        "The disk gave an error.",
        "Check the disk that holds {folder}.",
    ),  # beneath the index
)
