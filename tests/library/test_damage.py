from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.library import Library, Results
from app.model import Decision, Filter, Operation, Problem
from tests.keys import KEYS
from tests.library.making import bring_in, heard

PAGE = 4096
FIRST_PAGES = 48
"""So many pages hold the tables' names and what an opening reads."""

Reading = Callable[[Library], object]
READINGS: dict[str, Reading] = {
    "count": lambda library: library.count(Filter()),
    "ids": lambda library: library.ids(Filter()),
    "outline": lambda library: list(library.outline(Filter())),
    "tally": lambda library: library.tally(Filter()),
    "rows": lambda library: library.rows(range(1, 900)),
    "cards": lambda library: list(library.cards(range(1, 900))),
    "facets": lambda library: library.facets(),
    "counts": lambda library: library.asked.counts(),
    "speakers": lambda library: library.household.speakers(),
    "shown": lambda library: library.concluded.shown(1, 1),
}


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Library]:
    """A library whose records are overwritten here and there, while its beginning is whole."""
    with Library.open(tmp_path, KEYS) as library:
        bring_in(library, "first", *(heard(number, "x" * 500) for number in range(900)))
        library.asked.decide(range(1, 900), Decision.KEEP, 5)
        _plan_of_everything(library)
        library._store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = tmp_path / "library-1.db"
    data = bytearray(file.read_bytes())
    for place in range(FIRST_PAGES * PAGE, len(data), PAGE):
        data[place + 100] ^= 0xFF
    file.write_bytes(data)
    with Library.open(tmp_path, KEYS) as library:
        yield library


@pytest.mark.parametrize("read", READINGS.values(), ids=READINGS.keys())
def test_damage_that_is_found_while_reading_is_said_plainly(damaged: Library, read: Reading) -> None:
    with pytest.raises(Problem, match="This library is damaged"):
        read(damaged)


@pytest.mark.parametrize(
    ("table", "read"),
    [
        ("setting", lambda library: library.erasing.is_final),
        ("conclusion", lambda library: library.concluded.gone_before(1, 1)),
    ],
)
def test_damage_of_a_small_table_is_said_plainly(tmp_path: Path, table: str, read: Reading) -> None:
    with Library.open(tmp_path, KEYS) as library:
        (page,) = library._store.connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    data = bytearray((tmp_path / "library-1.db").read_bytes())
    data[(page - 1) * PAGE + 100] ^= 0xFF
    (tmp_path / "library-1.db").write_bytes(data)

    with Library.open(tmp_path, KEYS) as library, pytest.raises(Problem, match="This library is damaged"):
        read(library)


def test_damage_that_is_found_while_a_filter_is_filled_is_said_plainly(damaged: Library) -> None:
    results = Results(damaged)

    with pytest.raises(Problem, match="This library is damaged"):
        results.show(Filter())

    results.close()


def _plan_of_everything(library: Library) -> None:
    library.asked.freeze(
        (Operation(1, "alexa", "range", "words", tuple(range(1, 900))),), made_ms=1, ready_ms=1, copy_until_ms=None
    )
