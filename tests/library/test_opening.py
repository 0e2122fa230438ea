from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.library import Library
from app.library.engine import Store
from app.model import Decision, Filter, Problem, Sound, SoundState
from tests.keys import KEYS
from tests.library.making import bring_in, heard


def test_a_library_is_made_where_there_is_none_and_found_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "home", KEYS) as library:
        bring_in(library, "first", heard(1))

    with Library.open(tmp_path / "home", KEYS) as library:
        assert library.count(Filter()) == 1


def test_no_word_of_the_household_lies_readable_in_the_folder(tmp_path: Path) -> None:
    with Library.open(tmp_path / "home", KEYS) as library:
        digest = library.seen.keep_sound(b"RIFF the voice of a child")
        sound = Sound("1.mp3", SoundState.MATCHED, digest, None)
        bring_in(library, "first", heard(1, request="alexa zebrafinch", sounds=[sound]))
        written = b"".join(file.read_bytes() for file in (tmp_path / "home").iterdir())

        assert library.sound(digest) == b"RIFF the voice of a child"
    assert len(written) > 4096
    assert b"zebrafinch" not in written
    assert b"voice of a child" not in written


def test_a_commit_outlives_a_power_cut_by_its_settings(library: Library) -> None:
    settings = [
        library._store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "fullfsync")
    ]

    assert settings == ["wal", 2, 1]


def test_a_library_under_another_key_is_a_problem_and_stays_as_it_is(tmp_path: Path) -> None:
    Library.open(tmp_path, KEYS).close()
    before = (tmp_path / "library-1.db").read_bytes()

    with pytest.raises(Problem, match="cannot be opened"):
        Library.open(tmp_path, replace(KEYS, library="00" * 32))

    assert (tmp_path / "library-1.db").read_bytes() == before


def test_a_damaged_library_is_a_problem(tmp_path: Path) -> None:
    Library.open(tmp_path, KEYS).close()
    file = tmp_path / "library-1.db"
    file.write_bytes(b"\0" * file.stat().st_size)

    with pytest.raises(Problem):
        Library.open(tmp_path, KEYS)


def test_a_library_of_a_newer_version_is_a_problem_and_stays_as_it_is(tmp_path: Path) -> None:
    with Library.open(tmp_path, KEYS) as library:
        library._store.connection.execute("PRAGMA user_version = 999")

    with pytest.raises(Problem, match="newer version"):
        Library.open(tmp_path, KEYS)

    store = Store(tmp_path / "library-1.db", KEYS.library, cache_mib=1)
    assert store.connection.execute("PRAGMA user_version").fetchone() == (999,)
    store.close()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "library-1.db")
    other.execute("CREATE TABLE theirs (thing)")
    other.close()
    before = (tmp_path / "library-1.db").read_bytes()

    with pytest.raises(Problem):
        Library.open(tmp_path, KEYS)

    assert (tmp_path / "library-1.db").read_bytes() == before


def test_a_database_of_ours_with_other_tables_is_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "library-1.db", KEYS.library, cache_mib=1)
    store.connection.execute("CREATE TABLE theirs (thing)")
    store.close()

    with pytest.raises(Problem, match="another program"):
        Library.open(tmp_path, KEYS)


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Problem, match="cannot be made"):
        Library.open(tmp_path / "file" / "home", KEYS)


def test_who_comes_second_to_write_hears_so_and_is_not_kept_waiting(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.engine.BUSY_SECONDS", 0.05)
    bring_in(library, "first", heard(1))
    problems: list[Problem] = []

    def decide() -> None:
        with library.another() as second:
            try:
                second.asked.decide([1], Decision.KEEP, 5)
            except Problem as problem:
                problems.append(problem)

    with library.atomic():
        library.set_setting("half", "written")
        thread = threading.Thread(target=decide)
        thread.start()
        thread.join(5)
        assert not thread.is_alive()

    assert [problem.message for problem in problems] == ["Another window or command is writing to this library."]


def test_reading_goes_on_while_another_writes(library: Library) -> None:
    bring_in(library, "first", heard(1))

    with library.another() as second, library.atomic():
        library.asked.decide([1], Decision.DELETE, 5)
        seen = second.card(1).decision

    assert seen is None
    assert library.card(1).decision is Decision.DELETE


def test_what_fails_halfway_leaves_nothing(library: Library) -> None:
    with pytest.raises(RuntimeError), library.atomic():
        bring_in(library, "first", heard(1))
        raise RuntimeError

    assert library.count(Filter()) == 0
    assert library.sources() == []


def test_a_setting_is_kept_under_its_name(library: Library) -> None:
    library.set_setting("page", "review")
    library.set_setting("page", "check")

    assert library.setting("page") == "check"
    assert library.setting("other") is None


def test_a_copy_that_an_upgrade_left_behind_when_it_was_cut_off_goes_with_the_next_start(tmp_path: Path) -> None:
    Library.open(tmp_path, KEYS).close()
    for tail in ("", "-wal", "-shm"):
        (tmp_path / f"library-1.backup{tail}").write_bytes(b"of an older version")

    Library.open(tmp_path, KEYS).close()

    assert not list(tmp_path.glob("*.backup*"))


def test_a_file_that_cannot_be_deleted_is_said_in_a_sentence(tmp_path: Path) -> None:
    Library.open(tmp_path, KEYS).close()
    (tmp_path / "library-1.backup").mkdir()

    with pytest.raises(Problem, match="could not be deleted"):
        Library.open(tmp_path, KEYS)
