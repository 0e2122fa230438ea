"""Removing from the recorder's database: exactly what was asked for, while Home Assistant is stopped."""

from __future__ import annotations

import math
import os
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from app.model import Job, Problem, Progress
from app.providers.homeassistant.database import Foreign, beside, damaged, in_use, problem_of, uri
from app.providers.homeassistant.recorder import require_tables
from app.providers.homeassistant.rows import Counted, counted, remove_rows
from app.providers.provider import Removed

WATCH_S = 12
"""Home Assistant writes every five seconds unless told otherwise."""
_LARGE = 128 << 20
_ROOM = 2.2
_STEPS = 5


def remove_from_database(place: Path, identities: Collection[str], *, watch_s: float = WATCH_S) -> Job[Removed]:
    """Remove *identities* from the recorder's database at *place*. A copy of it lies beside it afterwards."""
    _look_at(place)
    yield from _watch(place, watch_s)
    yield Progress(0, _STEPS, "Making sure that Home Assistant is stopped")
    with _alone(place) as (connection, was_wal):
        db = Foreign(connection, place.name, patience_s=math.inf)
        _must_be_plain(db, place.name)
        before = counted(db)
        yield Progress(1, _STEPS, "Making a copy first")
        backup = _back_up(connection, place, before)
        yield Progress(2, _STEPS, "Removing")
        removed = _in_one_transaction(db, identities, before)
        yield Progress(3, _STEPS, "Writing the database anew, without what was removed")
        _write_anew(connection, place, backup)
        yield Progress(4, _STEPS, "Looking whether the database is whole")
        _must_be_whole(connection, place, backup)
        if was_wal:
            _back_to_wal(connection)
    return Removed(removed, tuple(_backups(place)))


def _look_at(place: Path) -> None:
    """A `Problem` unless *place* is a plain file with room beside it for the copy and for writing it anew."""
    if place.is_symlink() or not place.is_file():
        raise Problem(f"{place} is no longer there.", advice="Bring it in from where it lies now.")
    size = place.stat().st_size + (beside(place, "-wal").stat().st_size if beside(place, "-wal").exists() else 0)
    if shutil.disk_usage(place.parent).free < size * _ROOM:
        raise Problem(
            f"There is not enough room beside {place.name} for the copy that is made first.",
            advice=f"Make room for twice its size ({size * 2 >> 20:,} MB), then do this again.",
        )
    for unfinished in place.parent.glob(f"{_stem(place)}*.part"):
        unfinished.unlink()


def _watch(place: Path, watch_s: float) -> Job[None]:
    """A `Problem` if somebody writes to *place* while we watch. A Home Assistant that was stopped leaves no second file
    there; where there is one, it runs or was cut off, and across a network its lock may not be seen."""
    wal = beside(place, "-wal")
    first = _state(wal)
    until = time.monotonic() + watch_s
    while first is not None and time.monotonic() < until:
        yield Progress(0, _STEPS, "Watching whether Home Assistant still writes")
        time.sleep(0.05)
        if _state(wal) != first:
            raise in_use(place.name)


def _state(wal: Path) -> tuple[int, int] | None:
    try:
        found = wal.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


@contextmanager
def _alone(place: Path) -> Iterator[tuple[sqlite3.Connection, bool]]:
    """*place*, open for nobody else until the end of the block, and whether it keeps a write-ahead log."""
    try:
        connection = sqlite3.connect(uri(place, "mode=rw"), uri=True, isolation_level=None, timeout=0)
        with closing(connection):
            run = connection.execute
            run("PRAGMA trusted_schema = OFF")
            run("PRAGMA synchronous = FULL")
            run("PRAGMA fullfsync = ON")
            (mode,) = run("PRAGMA journal_mode").fetchone()
            run("PRAGMA locking_mode = EXCLUSIVE")
            run("PRAGMA journal_mode = DELETE")  # refused where anybody else has it open
            run("BEGIN EXCLUSIVE")
            run("COMMIT")
            yield connection, mode == "wal"
    except sqlite3.Error as error:
        raise problem_of(error, place.name) from error


def _must_be_plain(db: Foreign, name: str) -> None:
    require_tables(db, name)
    (others,) = db.rows("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")[0]
    if others:
        raise Problem(
            f"{name} does more when a row is removed than Home Assistant's own database does. Nothing was touched.",
            advice="Remove what was added to it, or the whole file: Home Assistant makes a new one.",
        )


def _stem(place: Path) -> str:
    return f"{place.stem}.before-earshot-"


def _backups(place: Path) -> list[Path]:
    """Every copy of ours beside *place*, also of a removal that was cut off."""
    return sorted(file for file in place.parent.glob(f"{_stem(place)}*{place.suffix}") if not file.is_symlink())


def _back_up(connection: sqlite3.Connection, place: Path, before: Counted) -> Path:
    """A copy beside *place*, found whole and with every row, and only then under its name."""
    target = place.with_name(f"{_stem(place)}{datetime.now():%Y-%m-%d-%H%M%S-%f}{place.suffix}")
    unfinished = target.with_name(f"{target.name}.part")
    # Made first, so that nobody can read it who may not read the database.
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, place.stat().st_mode & 0o777))
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
        connection.backup(copy)
        whole = copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        if not whole or counted(Foreign(copy, place.name, patience_s=math.inf)) != before:
            raise damaged(place.name)
    with unfinished.open("rb+") as written:
        os.fsync(written.fileno())
    return unfinished.replace(target)


def _in_one_transaction(db: Foreign, identities: Collection[str], before: Counted) -> int:
    """Remove the rows; a mistake of ours undoes everything."""
    run = db.connection.execute
    run("PRAGMA secure_delete = ON")
    run("PRAGMA foreign_keys = ON")
    run("BEGIN IMMEDIATE")
    try:
        done = remove_rows(db, identities)
        if counted(db) != before.less(done):
            raise AssertionError("other rows were touched than those that were meant")
        run("COMMIT")
    except BaseException:
        if db.connection.in_transaction:  # the engine itself may have taken it back
            run("ROLLBACK")
        raise
    return done.items


def _write_anew(connection: sqlite3.Connection, place: Path, backup: Path) -> None:
    """What was removed may still lie in pages that are free; only writing the file anew leaves nothing of it."""
    connection.set_progress_handler(None, 0)
    # Memory leaves no trace; a large one must go through the disk, where its own file lies in plain text anyway.
    connection.execute(f"PRAGMA temp_store = {'FILE' if place.stat().st_size > _LARGE else 'MEMORY'}")
    try:
        connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise Problem(
            f"What was removed may still lie in free places of {place.name}, which could not be written anew.",
            advice=f"Make some room on the disk, then do this again. The copy from before is {backup.name}.",
        ) from error


def _must_be_whole(connection: sqlite3.Connection, place: Path, backup: Path) -> None:
    sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    if not sound or connection.execute("PRAGMA foreign_key_check(states)").fetchall():
        raise Problem(
            f"{place.name} was not whole after the removal.",
            advice=f"The copy from before is {backup.name}: put it in the place of {place.name}.",
        )


def _back_to_wal(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # lets go of the lock
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError:
        return  # somebody has it open already, and Home Assistant sets this at every start
