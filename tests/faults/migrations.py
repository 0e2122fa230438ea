"""Kill whoever brings an older library up to date, at any moment of the step, and look whether anything is lost.

By hand: `python -m tests.faults.migrations --kills 100`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app import deletion
from app.intake import bring_in
from app.library import Library
from app.library.codes import SOUND_CODE
from app.library.engine import Store
from app.library.rewriting import path_of
from app.library.schema import APPLICATION, MIGRATIONS, bring_up_to_date, is_whole
from app.model import Decision, Filter, SoundState, finish
from app.vault import Keys
from tests.faults.children import ended, fork, noting
from tests.faults.expected import archives_at
from tests.faults.found import Violation
from tests.intake.diary import PROVIDERS
from tests.keys import KEYS

_NOW_MS = 1_790_000_000_000

Migrate = Callable[[Store], None]


@dataclass(slots=True)
class Figures:
    """What came of the kills inside one migration; *backed_up* times a copy of the library was there."""

    kills: int = 0
    backed_up: int = 0
    violations: list[str] = field(default_factory=list)


def run(version: int, kills: int, seed: int, migrate: Migrate = bring_up_to_date) -> Figures:
    """Kill *kills* times inside the step that leads to *version*."""
    chance, figures = random.Random(seed), Figures()
    with tempfile.TemporaryDirectory(prefix="earshot-migrations-") as there:
        old = library_of(version - 1, Path(there))
        tables, content = _known(old)
        first, last = _moments(shutil.copytree(old, Path(there) / "watched"), version, migrate)
        for number in range(kills):
            folder = shutil.copytree(old, Path(there) / f"killed-{number}")
            _kill_at(folder, chance.randint(first, last), migrate)
            figures.kills += 1
            with noting(figures.violations, f"kill {number}"):
                figures.backed_up += _look(folder, tables, content)
            shutil.rmtree(folder)
    return figures


def without_transaction(store: Store) -> None:
    """A careless migration: each statement stays, whatever becomes of the next one."""
    (version,) = store.connection.execute("PRAGMA user_version").fetchone()
    store.connection.execute(f"PRAGMA application_id = {APPLICATION}")
    for statement in MIGRATIONS[version].strip().split(";\n"):
        store.connection.execute(statement)
    store.connection.execute(f"PRAGMA user_version = {version + 1}")


def library_of(version: int, there: Path, keys: Keys = KEYS) -> Path:
    """The folder of a library as Earshot left it at *version* of its tables (0: there is none yet), with something in
    every table."""
    folder = there / f"version-{version}"
    folder.mkdir(parents=True)
    if version == 0:
        return folder
    full = _full(there / "full")
    store = Store(path_of(folder, 1), keys.library, cache_mib=8)
    run = store.connection.execute
    for migration in MIGRATIONS[:version]:
        for statement in migration.strip().split(";\n"):
            run(statement)
    run(f"PRAGMA application_id = {APPLICATION}")
    run(f"PRAGMA user_version = {version}")
    run(f'ATTACH ? AS "full" KEY "x\'{KEYS.library}\'"', (os.fspath(full),))
    for table, columns in _tables(store):
        run(f"DELETE FROM main.{table}")
        run(f'INSERT INTO main.{table} ({columns}) SELECT {columns} FROM "full".{table}')
    missing = SOUND_CODE[SoundState.MISSING]  # the sounds themselves are not copied
    run("UPDATE sound SET state = ?, digest = NULL", (missing,))
    store.close()
    return folder


def _known(folder: Path) -> tuple[list[tuple[str, str]], dict[str, list[Any]]]:
    """The tables of the library in *folder*, and what they hold."""
    if not path_of(folder, 1).exists():
        return [], {}
    store = Store(path_of(folder, 1), KEYS.library, cache_mib=8)
    try:
        tables = _tables(store)
        return tables, _content(store, tables)
    finally:
        store.close()


def _full(folder: Path) -> Path:
    """The database of a library of today with something in its tables."""
    folder.mkdir()
    archives = archives_at(folder)[:3]
    with Library.open(folder, KEYS) as library:
        finish(bring_in(library, archives, PROVIDERS, now_ms=_NOW_MS))
        deletion.decide(library, Filter(), Decision.DELETE, _NOW_MS)
        plan = deletion.freeze(library, PROVIDERS, Filter(), now_ms=_NOW_MS, wait=False)
        deletion.attest(library, plan.id, None, _NOW_MS)
    return library.path


def _tables(store: Store) -> list[tuple[str, str]]:
    """The tables that hold something, each with the names of its columns."""
    run = store.connection.execute
    kept = run(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%'"
    ).fetchall()
    columns = {name: [row[1] for row in run(f"PRAGMA table_info({name})")] for (name,) in kept}
    return [(name, ", ".join(names)) for name, names in columns.items()]


def _content(store: Store, tables: Sequence[tuple[str, str]]) -> dict[str, list[Any]]:
    """All rows of *tables*."""
    return {
        name: sorted(store.connection.execute(f"SELECT {columns} FROM {name}"), key=repr) for name, columns in tables
    }


def _moments(folder: Path, version: int, migrate: Migrate) -> tuple[int, int]:
    """The first and the last moment of the step that leads to *version*."""
    store = Store(path_of(folder, 1), KEYS.library, cache_mib=8)
    passed, begun, ended = 0, [], []

    def tick() -> int:
        nonlocal passed
        passed += 1
        return 0

    def said(statement: str) -> None:
        if statement.startswith("BEGIN"):
            begun.append(passed + 1)
        elif statement.startswith("COMMIT"):
            ended.append(passed)

    store.connection.set_progress_handler(tick, 1)
    store.connection.set_trace_callback(said)
    migrate(store)
    store.close()
    if not begun:
        return 1, passed
    step = version - 1 - (len(MIGRATIONS) - len(begun))
    return begun[step], ended[step]


def _kill_at(folder: Path, moment: int, migrate: Migrate) -> None:
    left = moment

    def tick() -> int:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def bring_up() -> None:
        store = Store(path_of(folder, 1), KEYS.library, cache_mib=8)
        store.connection.set_progress_handler(tick, 1)
        migrate(store)

    if ended(fork(bring_up)) != -signal.SIGKILL:
        raise RuntimeError("the migration ended before it could be killed")


def _look(folder: Path, tables: Sequence[tuple[str, str]], content: dict[str, list[Any]]) -> bool:
    """Raise what is wrong with the library in *folder* after a kill; whether a copy of it lay beside it."""
    backup = path_of(folder, 1).with_suffix(".backup")
    backed_up = backup.exists()
    if backed_up:
        _must_hold(backup, tables, content)
    Library.open(folder, KEYS).close()
    _must_hold(path_of(folder, 1), tables, content, version=len(MIGRATIONS))
    if left := [file.name for file in folder.iterdir() if "backup" in file.name]:
        raise Violation(f"{left} lies there")
    return backed_up


def _must_hold(
    path: Path, tables: Sequence[tuple[str, str]], content: dict[str, list[Any]], version: int | None = None
) -> None:
    store = Store(path, KEYS.library, cache_mib=8)
    try:
        if not is_whole(store):
            raise Violation(f"{path.name} is not whole")
        if _content(store, tables) != content:
            raise Violation(f"{path.name} does not hold what was there")
        (found,) = store.connection.execute("PRAGMA user_version").fetchone()
        if version is not None and found != version:
            raise Violation(f"{path.name} is of version {found}")
    finally:
        store.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="inside each migration")
    parser.add_argument("--seed", type=int, default=time.time_ns() % (1 << 32))
    parser.add_argument("--careless", action="store_true", help="without a transaction, which is to be found out")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    broken = 0
    for version in range(1, len(MIGRATIONS) + 1):
        migrate = without_transaction if options.careless else bring_up_to_date
        figures = run(version, options.kills, options.seed, migrate)
        broken += len(figures.violations)
        for violation in figures.violations:
            print(violation)
        print(
            f"migration {version}: {figures.kills:,} kills inside it, {figures.backed_up:,} with a whole copy beside,"
            f" {len(figures.violations)} violations"
        )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
