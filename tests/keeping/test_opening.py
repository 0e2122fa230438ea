"""Whoever opens the library is noted, and files that were put back to an older state are noticed."""

from __future__ import annotations

import getpass
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import keeping
from app.library import Library
from app.model import Filter, Happened, Problem, finish
from tests.keeping.home import FEW, Home
from tests.vault.making import vault_in


def copied(home: Home, to: Path) -> Path:
    return Path(shutil.copytree(home.folder, to))


def put_back(home: Home, copy: Path, pattern: str = "*") -> None:
    """Let the files of *copy* be those of the library again."""
    for file in home.folder.glob(pattern):
        file.unlink()
    for file in copy.glob(pattern):
        shutil.copyfile(file, home.folder / file.name)
    home.start_anew()


def test_an_opening_is_noted_with_how_by_what_and_under_which_account(home: Home) -> None:
    library = keeping.open_library(home.folder, home.vault, home.vault.keys, how="recovery", by="terminal")

    (entry,) = library.log.entries(limit=1)
    library.close()

    assert (entry.what, entry.details) == (
        Happened.OPENED,
        {"how": "recovery", "by": "terminal", "account": getpass.getuser()},
    )


def test_an_older_library_that_was_put_back_is_noticed(home: Home, tmp_path: Path) -> None:
    older = copied(home, tmp_path / "older")
    with home.opened() as library:
        library.log.note(Happened.PLAYED, interaction=1)
    put_back(home, older, "library-*")

    with home.opened() as library:
        assert library.set_back
        assert library.log.whole()
        assert library.count(Filter()) == FEW - 1


def test_it_is_told_once(home: Home, tmp_path: Path) -> None:
    older = copied(home, tmp_path / "older")
    with home.opened():
        pass
    put_back(home, older, "library-*")
    with home.opened() as library:
        assert library.set_back

    with home.opened() as library:
        assert not library.set_back


def test_a_folder_from_before_an_erasing_that_was_put_back_is_noticed(home: Home, tmp_path: Path) -> None:
    before = copied(home, tmp_path / "before")
    finish(home.erase(1))

    put_back(home, before)

    with home.opened() as library:
        assert library.set_back


def test_a_copy_of_now_is_not_taken_for_an_older_one(home: Home, tmp_path: Path) -> None:
    put_back(home, copied(home, tmp_path / "now"))

    with home.opened() as library:
        assert not library.set_back


def test_after_a_crash_nothing_is_taken_for_set_back(home: Home) -> None:
    library = home.open()
    library.log.note(Happened.PLAYED, interaction=1)
    library.close()  # and the keychain hears nothing of it
    home.start_anew()

    with home.opened() as again:
        assert not again.set_back
        assert [entry.what for entry in again.log.entries(limit=3)] == [
            Happened.OPENED,
            Happened.PLAYED,
            Happened.OPENED,
        ]


def test_an_erasing_is_not_taken_for_set_back(home: Home) -> None:
    finish(home.erase(1))
    home.start_anew()

    with home.opened() as library:
        assert not library.set_back


def test_without_a_keychain_nobody_can_tell_and_nothing_is_claimed(tmp_path: Path) -> None:
    vault = vault_in(tmp_path, None)
    vault.make("three small dogs")
    for _ in range(2):
        library = keeping.open_library(tmp_path, vault, vault.keys, how="passphrase", by="window")
        assert not library.set_back
        keeping.close_library(library, vault)


def test_a_keychain_that_refuses_meanwhile_hinders_nobody(home: Home) -> None:
    home.keychain.refuses = True

    with home.opened() as library:
        assert not library.set_back

    home.keychain.refuses = False
    with home.opened() as library:
        assert not library.set_back


def test_a_closed_library_holds_no_file_open(home: Home) -> None:
    with home.opened() as library:
        library.sound(library.card(2).sounds[0].digest or "")

    assert not [name for name in home.files if name.endswith(("-wal", "-shm"))]


def _damage(home: Home) -> None:
    (home.folder / "library-1.db").write_bytes(b"not a database" * 1_000)


def _unlockable(home: Home) -> None:
    with Library.open(home.folder, home.vault.keys) as library:
        library.erasing.forget([1])
    (home.folder / "library-2.db").mkdir()  # where the library is to be written anew


@pytest.mark.parametrize("hinder", [_damage, _unlockable])
def test_what_cannot_be_opened_is_said_and_left_closed(home: Home, hinder: Callable[[Home], None]) -> None:
    hinder(home)
    before = home.files

    with pytest.raises(Problem):
        home.open()

    assert home.files == before
