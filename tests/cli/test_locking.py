"""`earshot passphrase` and `earshot recovery-code`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.cli.doors import secret_at
from tests.keychain import FakeKeychain

OTHER = "a thimble of moss"


@pytest.fixture
def with_keychain(earshot: Terminal) -> Terminal:
    """A terminal beside a library that the passphrase and the keychain open together."""
    earshot.keychain = FakeKeychain()
    assert earshot("find").code == 0
    return earshot


def locks(terminal: Terminal) -> list[str]:
    """What the log says of the changes of the lock, the newest first."""
    log = terminal.json("log").lines
    return [entry["details"]["what"] for entry in log if entry["what"] == "lock_changed"]


def test_another_passphrase_opens_and_the_old_one_does_not(household: Terminal, tmp_path: Path) -> None:
    new = secret_at(tmp_path / "new", OTHER)

    answer = household.json("passphrase", "--new-passphrase-file", new).answer

    assert answer == {"passphrase": True}
    assert household("find").code == 1
    household.passphrase_file = new
    assert len(household.json("find").lines) == 3
    assert locks(household) == ["passphrase"]


def test_a_lost_passphrase_is_replaced_with_the_recovery_code(household: Terminal, tmp_path: Path) -> None:
    code = secret_at(tmp_path / "code", household.json("recovery-code").answer["recovery_code"])
    new = secret_at(tmp_path / "new", OTHER)

    said = household.bare("passphrase", "--recovery-code-file", code, "--new-passphrase-file", new)

    assert said.code == 0
    assert said.out == "This passphrase opens the library from now on, and no other one does.\n"
    assert said.err == "The recovery code stays as it was.\n"
    assert household.bare("find", "--passphrase-file", new).code == 0
    assert household.bare("find", "--recovery-code-file", code).code == 0


def test_a_lost_keychain_is_replaced_with_the_recovery_code(with_keychain: Terminal, tmp_path: Path) -> None:
    code = secret_at(tmp_path / "code", with_keychain.json("recovery-code").answer["recovery_code"])
    with_keychain.keychain = FakeKeychain()
    assert with_keychain("find").code == 1

    said = with_keychain("passphrase", "--recovery-code-file", code, "--new-passphrase-file", code)

    assert said.code == 0
    assert with_keychain.bare("find", "--passphrase-file", code).code == 0


def test_the_keychain_alone_opens_after_the_passphrase_was_taken_away(with_keychain: Terminal) -> None:
    answer = with_keychain.json("passphrase", "--no-passphrase").answer

    assert answer == {"passphrase": False}
    assert with_keychain.bare("find").code == 0
    assert locks(with_keychain) == ["no passphrase"]


def test_without_a_keychain_the_passphrase_cannot_be_taken_away(household: Terminal) -> None:
    said = household("passphrase", "--no-passphrase")

    assert (said.code, said.out) == (1, "")
    assert "no keychain" in said.err
    assert household("find").code == 0
    assert locks(household) == []


def test_a_passphrase_is_not_changed_where_nobody_says_to_what(household: Terminal) -> None:
    said = household("passphrase")

    assert said.code == 1
    assert "--new-passphrase-file" in said.err
    assert household("find").code == 0


def test_a_change_that_fails_leaves_the_old_passphrase_and_is_noted(household: Terminal, tmp_path: Path) -> None:
    household.folder.joinpath("vault.json.new").mkdir()  # where the new lock would be written first

    said = household("passphrase", "--new-passphrase-file", secret_at(tmp_path / "new", "another one"))

    assert said.code == 1
    assert "could not be written" in said.err
    assert household("find").code == 0
    assert locks(household) == ["passphrase"]


def test_a_passphrase_and_none_are_wrong_usage(household: Terminal, tmp_path: Path) -> None:
    said = household("passphrase", "--no-passphrase", "--new-passphrase-file", secret_at(tmp_path / "new"))

    assert said.code == 2


def test_a_lock_that_was_just_made_is_not_asked_for_twice(earshot: Terminal) -> None:
    answer = earshot.json("passphrase").answer

    assert answer == {"passphrase": True}
    assert earshot("find").code == 0


def test_a_recovery_code_is_the_only_thing_on_standard_output(household: Terminal) -> None:
    said = household("recovery-code")

    assert [len(group) for group in said.out.rstrip("\n").split("-")] == [4] * 6
    assert "on paper" in said.err
    assert said.out.strip() not in said.err
    assert locks(household) == ["recovery code"]


def test_a_newer_recovery_code_replaces_the_older_one(household: Terminal, tmp_path: Path) -> None:
    older, newer = (
        secret_at(tmp_path / name, household.json("recovery-code").answer["recovery_code"]) for name in ("a", "b")
    )

    assert household.bare("find", "--recovery-code-file", newer).code == 0
    assert household.bare("find", "--recovery-code-file", older).code == 1


def test_the_log_knows_what_opened_the_library(household: Terminal, tmp_path: Path) -> None:
    code = secret_at(tmp_path / "code", household.json("recovery-code").answer["recovery_code"])
    household.bare("find", "--recovery-code-file", code)

    log = household.json("log").lines

    opened = [entry["details"] for entry in log if entry["what"] == "opened"]
    assert [entry["how"] for entry in opened[:3]] == ["passphrase", "recovery", "passphrase"]
    assert all(set(entry) == {"how", "by", "account"} and entry["by"] == "terminal" for entry in opened)
