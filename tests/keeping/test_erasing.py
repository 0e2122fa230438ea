"""What is erased here is gone for whoever finds the files, also when the erasing was cut off on its way."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from app import keeping
from app.library import Library, rewrite
from app.library.engine import Store
from app.model import Decision, Erased, Filter, Happened, Kind, Operation, Problem, finish
from tests.keeping.home import FEW, Home
from tests.library.making import SECRETS, SONG, VOICE, heard, recorded, secrets_in
from tests.library.making import bring_in as bring_in_items
from tests.library.pages import pages
from tests.library.room import little_room

CUTS: Mapping[str, int] = {
    "before it began": 0, "before anything was forgotten": 1, "before it was written anew": 2,
    "before its room was given back": 3,
}  # fmt: skip


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def databases(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.db"))


def opens(file: Path, key: str) -> bool:
    """Whether *key* opens a copy of *file*."""
    copy = file.with_name(f"copy of {file.name}")
    shutil.copyfile(file, copy)
    try:
        Store(copy, key, cache_mib=1).close()
    except Problem:
        return False
    finally:
        copy.unlink()
    return True


def assert_forgotten(home: Home, id: int) -> None:
    """That nothing of what record *id* said can be read with the keys of today, however one reads."""
    with home.opened() as library:
        assert library.erasing.is_final
        assert library.card(id).kind is Kind.FORGOTTEN
        assert library.count(Filter()) == FEW - 2
        assert library.sound(digest_of(SONG)) == SONG
        assert secrets_in(library._store) == []
        there = pages(library.path, home.vault.keys.library)
    assert b"alexa story 7" in there
    assert [word for word in SECRETS if word[1:] in there] == []


def test_what_is_erased_cannot_be_read_with_the_keys_of_today(home: Home) -> None:
    erased = finish(home.erase(1))

    assert erased == Erased(1, 0)
    assert_forgotten(home, 1)


def test_the_key_of_before_opens_nothing_that_is_there(home: Home) -> None:
    before = home.vault.keys
    assert [opens(file, before.library) for file in databases(home.folder)] == [False, True]

    finish(home.erase(1))

    assert home.vault.keys.generation == before.generation + 1
    assert [file.name for file in databases(home.folder)] == ["audio-0001.db", "library-2.db"]
    assert not [file for file in databases(home.folder) if opens(file, before.library)]
    assert opens(home.folder / "library-2.db", home.vault.keys.library)


def test_the_files_of_before_are_gone_from_the_folder(home: Home) -> None:
    finish(home.erase(1))

    assert home.files == {"library.lock", "vault.json", "library-2.db", "audio-0001.db"}


def test_sealed_recordings_that_somebody_kept_open_with_no_key_of_today(home: Home, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    shutil.copyfile(home.folder / "audio-0001.db", kept)

    assert finish(home.erase(1, 2)) == Erased(2, 2)

    shutil.copyfile(kept, home.folder / "audio-0001.db")
    with Library(home.folder, home.vault.keys) as library:
        assert library._store.connection.execute("SELECT count(*) FROM clip").fetchone() == (0,)
        for data in (VOICE, SONG):
            with pytest.raises(Problem, match="not in the library"):
                library.sound(digest_of(data))


def test_the_room_of_erased_recordings_is_given_back(home: Home) -> None:
    with home.opened() as library:
        sounds = [recorded(library, b"RIFF" + bytes([number]) * 50_000) for number in range(10)]
        bring_in_items(library, "more", *(heard(100 + n, sounds=[sound]) for n, sound in enumerate(sounds)))
    file = home.folder / "audio-0001.db"
    assert file.stat().st_size > 500_000

    finish(home.erase(*range(FEW, FEW + 10)))

    assert file.stat().st_size < 50_000


@pytest.mark.parametrize("steps", CUTS.values(), ids=CUTS.keys())
def test_an_erasing_that_was_cut_off_is_ended_by_the_next_opening(home: Home, steps: int) -> None:
    job = home.erase(1)
    for _ in range(steps):
        next(job)
    job.close()
    home.start_anew()

    if steps < 2:
        with home.opened() as library:
            assert library.card(1).turns
    else:
        assert_forgotten(home, 1)
        assert [file.name for file in databases(home.folder)] == ["audio-0001.db", "library-2.db"]


def test_a_process_killed_before_the_new_key_was_adopted_loses_nothing(home: Home) -> None:
    with Library.open(home.folder, home.vault.keys) as library:
        library.erasing.forget([1])
    rewrite(home.folder, home.vault.keys, home.vault.next_keys())
    home.start_anew()

    assert_forgotten(home, 1)


def test_an_erasing_for_which_there_was_no_room_is_ended_later(home: Home) -> None:
    with little_room(60_000), pytest.raises(Problem, match="disk"):
        finish(home.erase(1))
    home.start_anew()

    assert_forgotten(home, 1)


def test_a_number_that_is_not_here_erases_nothing(home: Home) -> None:
    before = home.vault.keys

    with pytest.raises(Problem, match="nothing with the number 999"):
        finish(home.erase(1, 999))

    assert home.vault.keys == before
    with home.opened() as library:
        assert library.card(1).turns


def test_nothing_to_erase_writes_nothing_anew(home: Home) -> None:
    before = home.vault.keys

    assert finish(home.erase()) == Erased(0, 0)
    assert home.vault.keys == before


def test_one_erasing_after_the_other_takes_a_new_key_each_time(home: Home) -> None:
    keys = [home.vault.keys]
    for id in (1, 2, 3):
        finish(home.erase(id))
        keys.append(home.vault.keys)

    assert [one.generation for one in keys] == [1, 2, 3, 4]
    assert len({one.library for one in keys}) == 4
    with home.opened() as library:
        assert library.ids(Filter(kinds=frozenset({Kind.FORGOTTEN}))) == [3, 2, 1]
        assert library.log.whole()
        assert [entry.what for entry in library.log.entries()].count(Happened.ERASED) == 3


def _asked(home: Home, id: int, until_ms: int | None) -> None:
    with home.opened() as library:
        operation = Operation(1, "alexa", "single", "words", (id,))
        plan = library.asked.freeze((operation,), made_ms=1, ready_ms=1, copy_until_ms=until_ms).id
        library.asked.attest(plan, [1], 2)


def test_a_copy_whose_day_has_come_destroys_itself(home: Home) -> None:
    _asked(home, 1, 1_000)
    _asked(home, 2, 2_000)

    erased = finish(keeping.destroy_due(home.folder, home.vault, 1_500))

    assert erased == Erased(1, 0)
    assert_forgotten(home, 1)


def test_where_nothing_is_due_nothing_is_touched(home: Home) -> None:
    _asked(home, 1, 1_000)
    _asked(home, 2, 500)
    with home.opened() as library:
        library.asked.decide([2], Decision.KEEPSAKE, 3)
    before = {path.name: path.read_bytes() for path in home.folder.iterdir()}

    erased = finish(keeping.destroy_due(home.folder, home.vault, 999))

    assert erased == Erased(0, 0)
    assert {path.name: path.read_bytes() for path in home.folder.iterdir()} == before


def _killed_in_the_middle(home: Home) -> None:
    home.vault.destroy()
    (home.folder / "library-1.db").unlink()


def _with_a_backup(home: Home) -> None:
    for name in ("library-1.backup", "library-1.backup-wal", "vault.json.new", "mistakes.log", "audio-0002.db-wal"):
        (home.folder / name).write_bytes(b"left behind")
    home.vault.destroy()


CUT: Mapping[str, Callable[[Home], None]] = {
    "before a file went": lambda home: home.vault.destroy(),
    "between two files": _killed_in_the_middle,
    "with more lying about": _with_a_backup,
}


def test_erasing_everything_leaves_nothing_but_the_claim(home: Home) -> None:
    with home.opened() as library:
        library.asked.decide([1], Decision.KEEP, 5)

    erased = keeping.erase_everything(home.folder, home.vault)

    assert erased == Erased(FEW - 1, 2)
    assert home.files == {"library.lock"}
    assert home.keychain.kept == {}
    assert (home.vault.exists, home.vault.erased) == (False, False)


def test_after_everything_was_erased_the_folder_is_as_new(home: Home) -> None:
    keeping.erase_everything(home.folder, home.vault)

    home.vault.make("another")

    with home.opened() as library:
        assert (library.count(Filter()), library.set_back, len(library.log.entries())) == (0, False, 1)


@pytest.mark.parametrize("cut", CUT.values(), ids=CUT.keys())
def test_an_erasing_of_everything_that_was_cut_off_is_ended_at_the_next_start(
    home: Home, cut: Callable[[Home], None]
) -> None:
    cut(home)
    home.start_anew()
    assert (home.vault.exists, home.vault.erased) == (False, True)

    keeping.finish_erasing(home.folder, home.vault)

    assert home.files == {"library.lock"}
    assert not home.vault.erased


def test_a_start_erases_nothing_of_a_library_that_nobody_erased(home: Home) -> None:
    before = home.files

    keeping.finish_erasing(home.folder, home.vault)

    assert home.files == before


@pytest.mark.parametrize("damage", [b"", b"\0" * 8_192, b"not a database" * 1_000], ids=["empty", "zeros", "garbage"])
def test_a_damaged_library_can_be_erased_too(home: Home, damage: bytes) -> None:
    for file in databases(home.folder):
        file.write_bytes(damage)

    keeping.erase_everything(home.folder, home.vault)

    assert home.files == {"library.lock"}


def test_files_of_somebody_else_stay_when_everything_is_erased(home: Home) -> None:
    for name in ("notes.txt", "library of songs.txt", "audio-books.m4b"):
        (home.folder / name).write_text("mine")

    keeping.erase_everything(home.folder, home.vault)

    assert home.files == {"library.lock", "notes.txt", "library of songs.txt", "audio-books.m4b"}


def test_where_the_keychain_refuses_nothing_is_erased(home: Home) -> None:
    home.keychain.refuses = True

    with pytest.raises(Problem, match="keychain"):
        keeping.erase_everything(home.folder, home.vault)

    home.keychain.refuses = False
    with home.opened() as library:
        assert library.card(1).turns


def test_a_file_that_cannot_be_deleted_is_said_and_tried_again(home: Home) -> None:
    (home.folder / "audio-0002.db").mkdir()

    with pytest.raises(Problem, match="Nobody can read it any more"):
        keeping.erase_everything(home.folder, home.vault)

    assert home.vault.erased
    (home.folder / "audio-0002.db").rmdir()
    home.start_anew()
    keeping.finish_erasing(home.folder, home.vault)
    assert home.files == {"library.lock"}
