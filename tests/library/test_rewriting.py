"""A library written anew is the same library, and nothing of what was deleted in the old one is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.library import Library, rewrite
from app.library.engine import Store
from app.library.schema import APPLICATION, MIGRATIONS
from app.model import Decision, Filter, Kind, Operation, Problem
from app.vault import Keys
from tests.keys import KEYS
from tests.library.making import SECRETS, SONG, bring_in, everything_in, heard, recorded, secret, secrets_in
from tests.library.pages import pages
from tests.library.room import little_room

NEXT = Keys(2, "beefcafe" * 8, KEYS.log)
ONE = (Operation(1, "alexa", "single", "words", (2,)),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library with everything in it; record 1 is forgotten."""
    with Library.open(tmp_path / "home", KEYS) as library:
        beside = [heard(number, f"alexa story {number}") for number in range(3, 60)]
        song = heard(2, sounds=[recorded(library, SONG)])
        bring_in(library, "first", secret(library), song, *beside)
        library.asked.decide([1, 2], Decision.DELETE, 5)
        library.asked.attest(library.asked.freeze(ONE, made_ms=1, ready_ms=1, copy_until_ms=None).id, [1], 7)
        assert secrets_in(library._store) == [*SECRETS]
        library.erasing.forget([1])
        return library.folder


def opened(folder: Path, keys: Keys) -> Store:
    return Store(folder / f"library-{keys.generation}.db", keys.library, cache_mib=1)


def dump(folder: Path, keys: Keys) -> tuple[bytes, list[tuple[object, ...]], list[object]]:
    """Everything in a library: the values, the tables and indexes, and what marks the file."""
    store = opened(folder, keys)
    try:
        run = store.connection.execute
        schema = run("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
        marks = [run(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "journal_mode")]
        return everything_in(store), schema, marks
    finally:
        store.close()


def test_everything_is_in_the_new_file_as_it_was(folder: Path) -> None:
    before = dump(folder, KEYS)

    rewrite(folder, KEYS, NEXT)

    after = dump(folder, NEXT)
    assert after == before
    assert after[2] == [APPLICATION, len(MIGRATIONS), "wal"]
    assert dump(folder, KEYS) == before


def test_a_library_written_anew_is_lived_in_like_the_old_one(folder: Path) -> None:
    rewrite(folder, KEYS, NEXT)

    with Library.open(folder, NEXT) as library:
        bring_in(library, "second", heard(80, "alexa quokka"), heard(2, "alexa story 2"))
        assert [library.count(Filter(words=word)) for word in ("story 33", "quokka", "zebrafinch")] == [1, 1, 0]
        library.erasing.forget(library.ids(Filter(words="quokka")))
        assert library.count(Filter(words="quokka")) == 0
        assert library.count(Filter(kinds=frozenset({Kind.FORGOTTEN}))) == 2
        assert library.sound(library.card(2).sounds[0].digest or "") == SONG
        assert not (folder / "library-1.db").exists()


def test_numbers_of_plans_and_changes_are_not_given_twice(folder: Path) -> None:
    with Library.open(folder, KEYS) as library:
        library._store.connection.execute("DELETE FROM plan")
    rewrite(folder, KEYS, NEXT)

    with Library.open(folder, NEXT) as library:
        plan = library.asked.freeze(ONE, made_ms=1, ready_ms=1, copy_until_ms=None)
        change = library.asked.decide([4], Decision.KEEP, 9)

    assert (plan.id, change.id) == (2, 2)


def test_neither_key_opens_the_file_of_the_other(folder: Path) -> None:
    rewrite(folder, KEYS, NEXT)

    for name, key in (("library-1.db", NEXT.library), ("library-2.db", KEYS.library)):
        with pytest.raises(Problem, match="cannot be opened"):
            Store(folder / name, key, cache_mib=1)


def test_no_page_of_the_new_file_holds_a_word_that_was_deleted(folder: Path) -> None:
    with Library.open(folder, KEYS) as library:
        bring_in(library, "again", heard(90, "alexa zebrafinch", raw=b"xylophone"))
        library._store.connection.execute("DELETE FROM turn WHERE text LIKE '%zebra%'")
        # Between the pages of a file, and in its log, much can stay.
        assert b"zebrafinch" in pages(library.path, KEYS.library)
        library.erasing.forget(library.ids(Filter(words="zebrafinch")))

    rewrite(folder, KEYS, NEXT)

    there = pages(folder / "library-2.db", NEXT.library)
    assert b"alexa story 33" in there
    assert [word for word in SECRETS if word[1:] in there] == []


@pytest.mark.parametrize("left", [b"", b"half of a file" * 1_000], ids=["empty", "half"])
def test_what_a_cut_off_rewriting_left_is_replaced(folder: Path, left: bytes) -> None:
    for tail in ("", "-journal", "-wal"):
        (folder / f"library-2.db{tail}").write_bytes(left)

    rewrite(folder, KEYS, NEXT)

    assert dump(folder, NEXT) == dump(folder, KEYS)


def test_a_damaged_library_is_not_written_anew(folder: Path) -> None:
    file = folder / "library-1.db"
    damaged = bytearray(file.read_bytes())
    for at in range(8 * 4096, len(damaged), 4096):
        damaged[at + 100] ^= 0xFF
    file.write_bytes(damaged)

    with pytest.raises(Problem, match="damaged"):
        rewrite(folder, KEYS, NEXT)

    assert file.read_bytes() == damaged


def test_where_the_new_file_has_no_room_the_old_one_stays(folder: Path) -> None:
    before = dump(folder, KEYS)

    with little_room(60_000), pytest.raises(Problem, match="disk"):
        rewrite(folder, KEYS, NEXT)

    assert dump(folder, KEYS) == before
    rewrite(folder, KEYS, NEXT)
    assert dump(folder, NEXT) == before
