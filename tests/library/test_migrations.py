"""Libraries of every earlier version open with everything in them, or stay exactly as they were."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from app.library import Library
from app.library.engine import DatabaseError, Store
from app.library.schema import MIGRATIONS
from app.model import Condition, Decision, Filter, Happened, Kind, Layer, Problem, Standing, Verdict
from tests.keys import KEYS
from tests.library.making import NOON, VOICE, bring_in, heard, recorded
from tests.library.room import little_room

STORED = Path(__file__).with_name("stored")
"""A library of each earlier version under `KEYS`, written by the program as it was then. None is ever made anew."""
VERSIONS = sorted(int(folder.name.removeprefix("schema-")) for folder in STORED.iterdir())
BROKEN = "CREATE TABLE half (done INTEGER) STRICT;\nCREATE TABLE other (done INTEGER, done INTEGER)"
"""A step that fails in its second statement."""
UNSOUND = (
    "PRAGMA writable_schema = ON;\n"
    "UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT, standing', 'name TEXT NOT NULL, standing')"
    " WHERE name = 'device';\n"
    "PRAGMA writable_schema = RESET"
)
"""A step after which a row is no longer what its table says."""

Content = Mapping[str, Mapping[str, Sequence[object]]]
"""The values of each column of each table, in the order of its rows."""


@pytest.fixture(params=VERSIONS, ids=lambda version: f"schema {version}")
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A library of an earlier version."""
    return Path(shutil.copytree(STORED / f"schema-{request.param}", tmp_path / "home"))


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A library of the first version."""
    return Path(shutil.copytree(STORED / "schema-1", tmp_path / "first"))


def content(file: Path) -> tuple[int, Content]:
    """The version of a library, and everything in it."""
    store = Store(file, KEYS.library, cache_mib=1)
    try:
        run = store.connection.execute
        (version,) = run("PRAGMA user_version").fetchone()
        columns = run(
            "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
            " WHERE t.type = 'table' AND t.rootpage > 0"
        ).fetchall()
        there: dict[str, dict[str, Sequence[object]]] = {}
        for table, column in columns:
            there.setdefault(table, {})[column] = [value for (value,) in run(f"SELECT {column} FROM {table}")]
        return version, there
    finally:
        store.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_earlier_version_is_stored() -> None:
    assert list(range(1, len(MIGRATIONS))) == VERSIONS


def test_an_older_library_is_brought_to_this_version_and_loses_nothing(folder: Path) -> None:
    version, before = content(folder / "library-1.db")
    assert version < len(MIGRATIONS)
    assert sum(len(values) for columns in before.values() for values in columns.values()) > 300

    Library.open(folder, KEYS).close()

    version, after = content(folder / "library-1.db")
    assert version == len(MIGRATIONS)
    assert {table: {column: after[table][column] for column in before[table]} for table in before} == before
    assert names(folder) == {"library-1.db"}


def test_what_a_library_of_the_first_version_saw_is_all_there(first: Path) -> None:
    with Library.open(first, KEYS) as library:
        assert library.ids(Filter()) == [6, 5, 4, 2, 1]
        assert library.ids(Filter(words="zebrafin")) == [1]
        assert library.ids(Filter(kinds=frozenset({Kind.ACTIVITY}))) == [3]
        assert library.seen.raw(1, 1) == [b'{"record": 1, "x": "\xff"}']
        assert [source.name for source in library.sources()] == ["first.json", "later.json"]
        (emma,) = library.household.members()
        assert (emma.name, emma.said_name, emma.standing, emma.interactions) == ("Emma Lou", "Emma", Standing.CHILD, 1)
        card = library.card(1)
        assert [turn.text for turn in card.turns] == ["alexa zebrafinch", "once upon a time"]
        assert (card.skill, card.label, card.sounds[0].name) == ("Quiz", "GENERAL", "1.mp3")
        assert library.setting("review.halves") == "300 500"


def test_what_a_library_of_the_first_version_decided_asked_and_concluded_is_all_there(first: Path) -> None:
    with Library.open(first, KEYS) as library:
        assert library.asked.counts() == {None: 2, Decision.DELETE: 2, Decision.KEEPSAKE: 1, Decision.KEEP: 0}
        assert [
            change and change.changed for change in (library.asked.last_undoable(), library.asked.last_redoable())
        ] == [1, 1]
        (plan,) = library.asked.plans()
        assert (plan.made_ms, plan.items, plan.operations[0].words) == (NOON + 10, (1, 2), "Delete two days.")
        assert [(item.interaction, item.asked_ms) for item in library.asked.items(1)] == [
            (1, NOON + 30),
            (2, NOON + 30),
        ]
        (look,) = library.concluded.looks(1)
        assert [(one.interaction, one.layer, one.verdict, one.missing) for one in look.conclusions] == [
            (1, Layer.ACTION, Verdict.GONE, None),
            (2, Layer.AUDIO, Verdict.CANNOT_TELL, Condition.SOUND),
            (2, Layer.REQUEST, Verdict.STILL_HELD, None),
        ]


def test_what_came_later_works_in_a_library_of_the_first_version(first: Path) -> None:
    with Library.open(first, KEYS) as library:
        assert (library.asked.plan(1).copy_until_ms, library.erasing.due(10**15)) == (None, [])
        assert [copy.held for copy in library.asked.copies()] == [2]
        assert (library.log.entries(), library.log.whole(), library.erasing.is_final) == ([], True, True)
        assert library.erasing.verified(1) == [1]

        library.erasing.forget([1])
        library.asked.undo(2)

        assert library.count(Filter(words="zebrafinch")) == 0
        assert [entry.what for entry in library.log.entries()] == [Happened.UNDONE, Happened.ERASED]


def test_the_recordings_of_the_first_version_come_back_with_their_archive(first: Path) -> None:
    with Library.open(first, KEYS) as library:
        digest = library.card(1).sounds[0].digest or ""
        with pytest.raises(Problem, match="Bring in its archive again"):
            library.sound(digest)

        bring_in(library, "first", heard(1, sounds=[recorded(library, VOICE)]))

        assert library.sound(digest) == VOICE


@pytest.mark.parametrize("step", [BROKEN, "DELETE FROM turn;\nSELECT nothing"], ids=["tables", "rows"])
def test_a_step_that_fails_leaves_the_last_good_version_and_the_copy_from_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = content(folder / "library-1.db")
    with monkeypatch.context() as changed:
        changed.setattr("app.library.schema.MIGRATIONS", (*MIGRATIONS, step))
        with pytest.raises(DatabaseError):
            Library.open(folder, KEYS)

    version, left = content(folder / "library-1.db")
    assert (version, left["turn"]) == (len(MIGRATIONS), before[1]["turn"])
    assert "half" not in left
    assert content(folder / "library-1.backup") == before
    with Library.open(folder, KEYS) as library:
        assert library.count(Filter()) > 0
    assert names(folder) == {"library-1.db"}


def test_an_upgrade_after_which_the_library_is_not_whole_is_said_and_the_copy_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(folder / "library-1.db")
    monkeypatch.setattr("app.library.schema.MIGRATIONS", (*MIGRATIONS, UNSOUND))

    for _ in range(2):  # and it does not open silently when it is tried again
        with pytest.raises(Problem, match="could not be brought to this version") as raised:
            Library.open(folder, KEYS)
        assert "library-1.backup" in raised.value.advice

    assert content(folder / "library-1.backup") == before


def test_where_the_copy_has_no_room_the_library_stays_as_it_was(folder: Path) -> None:
    file = folder / "library-1.db"
    before = file.read_bytes()

    with little_room(60_000), pytest.raises(Problem, match="disk"):
        Library.open(folder, KEYS)

    assert file.read_bytes() == before
    Library.open(folder, KEYS).close()
    assert names(folder) == {"library-1.db"}


@pytest.mark.parametrize("version", ["older", "todays"])
def test_a_copy_that_a_cut_off_start_left_goes_with_the_next(folder: Path, version: str) -> None:
    if version == "todays":
        Library.open(folder, KEYS).close()
    for tail in ("", "-wal", "-shm", "-journal"):
        (folder / f"library-1.backup{tail}").write_bytes(b"half of a copy" * 500)

    Library.open(folder, KEYS).close()

    assert names(folder) == {"library-1.db"}
    assert content(folder / "library-1.db")[0] == len(MIGRATIONS)


def test_a_new_library_needs_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.library.schema.MIGRATIONS", (*MIGRATIONS, BROKEN))

    with pytest.raises(DatabaseError):
        Library.open(tmp_path, KEYS)

    assert not [name for name in names(tmp_path) if "backup" in name]
