"""`earshot erase`, and the copies that destroy themselves."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.vault import Vault
from tests.cli import listing
from tests.cli.conftest import Terminal
from tests.keychain import FakeKeychain

STORY, DRAGON, MILK = "alexa tell me a story", "alexa how big is a dragon", "alexa add milk"


def asked(household: Terminal, *copy: object) -> None:
    """Everything the children said is planned and asked for."""
    household.json("decide", "delete", "--children")
    household.json("plan", "--no-wait", *copy)
    household.json("delete", 1, "--done", "all")


def let_the_date_pass(household: Terminal) -> None:
    with household.opened() as library:
        library.asked.keep_copy(1, 1_700_000_000_000)


def test_what_is_named_is_destroyed_and_the_rest_stays(household: Terminal) -> None:
    ids = household.ids()

    answer = household.json("erase", "--id", ids[STORY], ids[MILK], "--id", ids[MILK]).answer

    assert answer == {"erased": 2, "sounds": 0}
    assert set(household.ids()) == {DRAGON}
    forgotten = household.json("find", "--kind", "forgotten").lines
    assert {line["id"] for line in forgotten} == {ids[STORY], ids[MILK]}
    assert not any(line["turns"] for line in forgotten)


def test_a_person_reads_how_many_went_and_how_many_stay(household: Terminal) -> None:
    said = household("erase", "--id", household.ids()[STORY])

    assert said.code == 0
    assert said.out.startswith("Destroyed here: 1 record and 0 sounds. 2 records left here.\n")
    assert "What the makers of the assistants keep is not touched" in said.out


def test_a_number_that_is_not_there_destroys_nothing(household: Terminal) -> None:
    ids = household.ids()

    said = household("erase", "--id", ids[STORY], 77)

    assert (said.code, said.out) == (1, "")
    assert "77" in said.err
    assert household.ids() == ids


def test_what_was_destroyed_is_not_there_to_be_destroyed_again(household: Terminal) -> None:
    story = household.ids()[STORY]
    household.json("erase", "--id", story)

    assert household("erase", "--id", story).code == 1


def test_the_library_has_another_key_after_an_erasure(household: Terminal) -> None:
    before = [file.name for file in household.folder.glob("library-*.db")]

    household.json("erase", "--id", household.ids()[STORY])

    assert before == ["library-1.db"]
    assert [file.name for file in household.folder.glob("library-*.db")] == ["library-2.db"]


def test_a_plan_destroys_only_what_the_last_look_found_gone(household: Terminal, tmp_path: Path) -> None:
    asked(household)
    later = listing.listing_at(tmp_path / "later.json", [listing.STORY, listing.MILK])
    household.json("check", 1, later, "--made-at", datetime.now(UTC).isoformat())

    answer = household.json("erase", "--plan", 1).answer

    assert answer == {"erased": 1, "sounds": 0}
    assert set(household.ids()) == {STORY, MILK}


def test_a_plan_that_nobody_looked_at_destroys_nothing(household: Terminal) -> None:
    asked(household)

    said = household("erase", "--plan", 1)

    assert said.code == 0
    assert said.out.startswith("Destroyed here: 0 records and 0 sounds. 3 records left here.\n")
    assert len(household.ids()) == 3


def test_an_unknown_plan_is_a_problem(household: Terminal) -> None:
    said = household("erase", "--plan", 7)

    assert said.code == 1
    assert "no plan number 7" in said.err


def test_copies_whose_date_has_passed_are_destroyed_when_asked(household: Terminal) -> None:
    asked(household)
    before = household.json("erase", "--due").answer
    let_the_date_pass(household)

    after = household.json("erase", "--due").answer

    assert (before["erased"], after["erased"]) == (0, 2)
    assert set(household.ids()) == {MILK}


@pytest.mark.parametrize("command", [("household",), ("delete", "1")])
def test_copies_whose_date_has_passed_are_destroyed_before_the_next_command(
    household: Terminal, command: tuple[str, ...]
) -> None:
    asked(household)
    let_the_date_pass(household)

    said = household(*command)

    assert said.err == "Destroyed here, because the date had passed: 2 records and 0 sounds.\n"
    assert set(household.ids()) == {MILK}
    assert household(*command).err == ""


def test_an_erasure_that_is_put_back_from_a_backup_is_noticed(earshot: Terminal, tmp_path: Path) -> None:
    earshot.keychain = FakeKeychain()
    earshot.json("bring-in", listing.listing_at(tmp_path / "a.json"))
    shutil.copytree(earshot.folder, tmp_path / "backup")
    earshot.json("erase", "--id", 1)
    shutil.rmtree(earshot.folder)
    shutil.copytree(tmp_path / "backup", earshot.folder)

    said = earshot("find")

    assert "put back to an older state" in said.err


def test_who_asks_about_the_copies_does_not_lose_them_by_it(household: Terminal) -> None:
    milk = household.ids()[MILK]
    asked(household)
    let_the_date_pass(household)
    commands = (
        ("log",),
        ("recovery-code",),
        ("passphrase", "--new-passphrase-file", household.passphrase_file),
        ("erase", "--id", milk),
        ("keep-copy", 1),
    )

    codes = [household(*command).code for command in commands]

    assert codes == [0] * len(commands)
    with household.opened() as library:
        assert library.asked.copies()[0].held == 2


def test_everything_goes_with_the_lock(household: Terminal) -> None:
    said = household("erase", "--all", "--json")

    assert said.answer == {"erased": 3, "sounds": 0}
    assert [file.name for file in household.folder.iterdir()] == ["library.lock"]
    assert household.json("find").lines == []  # a new library


def test_a_destruction_that_was_cut_off_is_ended_by_the_next_command(household: Terminal) -> None:
    vault = Vault(household.folder, None)
    vault.destroy()

    said = household.json("find")

    assert (said.lines, said.err) == ([], "")
    assert not vault.erased


def test_a_damaged_library_can_be_destroyed_too(household: Terminal) -> None:
    (database,) = household.folder.glob("library-*.db")
    database.write_bytes(b"not a database at all" * 100)

    said = household("erase", "--all")

    assert said.code == 0
    assert [file.name for file in household.folder.iterdir()] == ["library.lock"]


@pytest.mark.parametrize("typed", [(), ("--all", "--due"), ("--id", "1", "--all"), ("--id",), ("--plan", "x")])
def test_erasing_nothing_in_particular_is_wrong_usage(household: Terminal, typed: tuple[str, ...]) -> None:
    assert household("erase", *typed).code == 2
    assert len(household.ids()) == 3
