"""What opens a library, what does not, and what a parent is told."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from app.model import Problem
from app.vault import Keys, WrongPassphrase
from tests.keychain import FakeKeychain
from tests.vault.making import Clock, vault_in

WORDS = "Grünes Rad im Hof"


def opens(folder: Path, keychain: FakeKeychain | None, passphrase: str | None) -> Keys | None:
    """The keys that *passphrase* gives to a freshly started program, or None if it is refused."""
    (folder / "tries.json").unlink(missing_ok=True)
    try:
        return vault_in(folder, keychain).unlock(passphrase)
    except Problem:
        return None


def test_a_new_folder_has_no_lock_and_a_made_one_has(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    before = vault.exists

    vault.make(WORDS)

    assert (before, vault.exists) == (False, True)
    assert vault.needs_passphrase
    assert not vault.has_recovery_code


@pytest.mark.parametrize(
    ("kept", "passphrase", "needs"),
    [
        (FakeKeychain(), WORDS, {"passphrase", "keychain"}),
        (FakeKeychain(), None, {"keychain"}),
        (None, WORDS, {"passphrase"}),
    ],
    ids=["both", "keychain", "passphrase"],
)
def test_a_lock_says_what_it_needs(
    tmp_path: Path, kept: FakeKeychain | None, passphrase: str | None, needs: set[str]
) -> None:
    vault_in(tmp_path, kept).make(passphrase)

    vault = vault_in(tmp_path, None)
    told = {"passphrase": vault.needs_passphrase, "keychain": vault.needs_keychain}

    assert {name for name, needed in told.items() if needed} == needs


@pytest.mark.parametrize("kept", [FakeKeychain(), None], ids=["keychain", "no-keychain"])
def test_the_passphrase_opens_and_no_other_does(tmp_path: Path, kept: FakeKeychain | None) -> None:
    keys = vault_in(tmp_path, kept).make(WORDS)
    others = [WORDS.lower(), WORDS + " ", WORDS[:-1], f" {WORDS}", "Grunes Rad im Hof", " ", "", "x" * 5000]

    right = opens(tmp_path, kept, WORDS)
    wrong = [other for other in others if opens(tmp_path, kept, other)]

    assert right == keys
    assert not wrong


def test_a_wrong_passphrase_is_told_from_other_problems(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault_in(tmp_path, keychain).make(WORDS)

    with pytest.raises(WrongPassphrase) as wrong:
        vault_in(tmp_path, keychain).unlock("Rotes Rad im Hof")

    assert "Rad" not in str(wrong.value)


def test_an_accent_typed_in_another_composition_is_the_same_passphrase(tmp_path: Path, keychain: FakeKeychain) -> None:
    keys = vault_in(tmp_path, keychain).make(unicodedata.normalize("NFC", WORDS))

    opened = opens(tmp_path, keychain, unicodedata.normalize("NFD", WORDS))

    assert opened == keys


def test_every_library_has_keys_of_its_own(tmp_path: Path, keychain: FakeKeychain) -> None:
    made = []
    for name in "abc":
        (tmp_path / name).mkdir()
        made.append(vault_in(tmp_path / name, keychain).make(WORDS))

    assert len({keys.library for keys in made}) == len({keys.log for keys in made}) == 3
    assert all(len(bytes.fromhex(keys.library)) == len(keys.log) == 32 for keys in made)


def test_with_a_keychain_the_passphrase_alone_opens_nothing_on_another_computer(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    vault_in(tmp_path, keychain).make(WORDS)

    for others in (FakeKeychain(), None):
        with pytest.raises(Problem, match="Use the recovery code") as told:
            vault_in(tmp_path, others).unlock(WORDS)
        assert not isinstance(told.value, WrongPassphrase)
    assert vault_in(tmp_path, keychain).wait_s == 0
    assert opens(tmp_path, keychain, WORDS)


def test_the_keychain_of_another_library_opens_nothing(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    vault.make(WORDS)
    (name,) = keychain.kept

    keychain.kept[name] = "b3RoZXI="

    assert not opens(tmp_path, keychain, WORDS)


@pytest.mark.parametrize("meddled", ["", "not base 64", "AAB="])
def test_a_keychain_that_was_meddled_with_points_to_the_recovery_code(
    tmp_path: Path, keychain: FakeKeychain, meddled: str
) -> None:
    vault_in(tmp_path, keychain).make(WORDS)
    (name,) = keychain.kept
    keychain.kept[name] = meddled

    with pytest.raises(Problem, match="Use the recovery code"):
        vault_in(tmp_path, keychain).unlock(WORDS)


def test_a_keychain_that_refuses_is_told_and_costs_no_try(tmp_path: Path, keychain: FakeKeychain) -> None:
    keys = vault_in(tmp_path, keychain).make(WORDS)
    keychain.refuses = True

    for _ in range(10):
        with pytest.raises(Problem, match="did not answer"):
            vault_in(tmp_path, keychain).unlock(WORDS)
    keychain.refuses = False

    assert vault_in(tmp_path, keychain).unlock(WORDS) == keys


def test_without_a_passphrase_the_keychain_alone_opens(tmp_path: Path, keychain: FakeKeychain) -> None:
    keys = vault_in(tmp_path, keychain).make(None)

    again = vault_in(tmp_path, keychain)

    assert not again.needs_passphrase
    assert again.unlock(None) == keys


@pytest.mark.parametrize("others", [FakeKeychain(), None], ids=["another-keychain", "no-keychain"])
def test_without_a_passphrase_nothing_opens_on_another_computer(
    tmp_path: Path, keychain: FakeKeychain, others: FakeKeychain | None
) -> None:
    vault_in(tmp_path, keychain).make(None)

    for tried in (None, "", WORDS):
        with pytest.raises(Problem, match="Use the recovery code"):
            vault_in(tmp_path, others).unlock(tried)


@pytest.mark.parametrize("passphrase", [None, "", "  \t"])
def test_without_keychain_and_passphrase_nothing_is_made_and_no_key_ever_lies_in_a_file(
    tmp_path: Path, passphrase: str | None
) -> None:
    with pytest.raises(Problem, match=r"[Cc]hoose"):
        vault_in(tmp_path, None).make(passphrase)

    assert not list(tmp_path.iterdir())


def test_an_empty_passphrase_is_none_and_leaves_nothing_in_the_keychain(tmp_path: Path, keychain: FakeKeychain) -> None:
    with pytest.raises(Problem, match="empty"):
        vault_in(tmp_path, keychain).make(" ")

    assert not list(tmp_path.iterdir())
    assert not keychain.kept


def test_a_keychain_that_refuses_when_a_lock_is_made_leaves_no_lock(tmp_path: Path, keychain: FakeKeychain) -> None:
    keychain.refuses = True

    with pytest.raises(Problem, match="did not answer"):
        vault_in(tmp_path, keychain).make(WORDS)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kept", [FakeKeychain(), None], ids=["keychain", "no-keychain"])
def test_nothing_that_opens_the_library_lies_in_its_folder(tmp_path: Path, kept: FakeKeychain | None) -> None:
    vault = vault_in(tmp_path, kept)
    keys = vault.make(WORDS)
    code = vault.new_recovery_code()
    secrets = [WORDS, code, keys.library, *(kept.kept.values() if kept else ())]

    lying_there = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert not [secret for secret in secrets if secret.encode() in lying_there]
    assert bytes.fromhex(keys.library) not in lying_there
    assert not [name for name in secrets if name in repr(keys) or name in repr(vault)]


def test_a_lock_is_never_put_over_another_one(tmp_path: Path, keychain: FakeKeychain) -> None:
    keys = vault_in(tmp_path, keychain).make(WORDS)

    with pytest.raises(Problem, match="already"):
        vault_in(tmp_path, keychain).make("another one")

    assert opens(tmp_path, keychain, WORDS) == keys


def test_a_library_that_lost_its_lock_is_not_given_a_new_one(tmp_path: Path, keychain: FakeKeychain) -> None:
    (tmp_path / "library-3.db").write_bytes(b"sealed")

    with pytest.raises(Problem, match="Put it back"):
        vault_in(tmp_path, keychain).make(WORDS)

    assert [file.name for file in tmp_path.iterdir()] == ["library-3.db"]


def test_a_changed_passphrase_takes_the_old_one_away(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    keys = vault.make(WORDS)

    vault.change_passphrase("Blaues Boot am See")

    assert opens(tmp_path, keychain, "Blaues Boot am See") == keys
    assert not opens(tmp_path, keychain, WORDS)


def test_an_old_copy_of_the_lock_and_the_old_passphrase_open_nothing_once_the_passphrase_was_changed(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    vault = vault_in(tmp_path, keychain)
    vault.make(WORDS)
    old = (tmp_path / "vault.json").read_bytes()
    vault.change_passphrase("Blaues Boot am See")

    (tmp_path / "vault.json").write_bytes(old)

    assert not opens(tmp_path, keychain, WORDS)


def test_without_a_keychain_an_old_copy_of_the_lock_opens_with_the_old_passphrase(tmp_path: Path) -> None:
    """What SECURITY.md warns of: taking a passphrase away does not reach the copies of the lock."""
    vault = vault_in(tmp_path, None)
    vault.make(WORDS)
    old = (tmp_path / "vault.json").read_bytes()
    vault.change_passphrase("Blaues Boot am See")
    vault.adopt(vault.next_keys())
    new = (tmp_path / "vault.json").read_bytes()

    (tmp_path / "vault.json").write_text(json.dumps(json.loads(new) | {"slots": json.loads(old)["slots"]}))

    assert opens(tmp_path, None, WORDS) == vault.keys


def test_a_passphrase_can_be_given_up_for_the_keychain_and_chosen_again(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    keys = vault.make(WORDS)

    vault.change_passphrase(None)
    without = opens(tmp_path, keychain, None)
    vault.change_passphrase("Blaues Boot am See")

    assert without == keys
    assert not opens(tmp_path, keychain, None)
    assert opens(tmp_path, keychain, "Blaues Boot am See") == keys


def test_without_a_keychain_a_passphrase_cannot_be_given_up(tmp_path: Path) -> None:
    vault = vault_in(tmp_path, None)
    keys = vault.make(WORDS)

    with pytest.raises(Problem, match="Choose a passphrase"):
        vault.change_passphrase(None)

    assert opens(tmp_path, None, WORDS) == keys


def test_a_locked_vault_gives_no_keys(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    vault.make(WORDS)

    vault.lock()

    with pytest.raises(AssertionError, match="locked"):
        _ = vault.keys


def test_wrong_passphrases_slow_down_across_restarts_and_the_right_one_clears(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    clock = Clock()
    keys = vault_in(tmp_path, keychain, clock).make(WORDS)
    pauses = []

    for number in range(12):
        restarted = vault_in(tmp_path, keychain, clock)
        with pytest.raises(WrongPassphrase):
            restarted.unlock(f"wrong {number}")
        pauses.append(restarted.wait_s)
        clock.now_s += restarted.wait_s
    opened = vault_in(tmp_path, keychain, clock).unlock(WORDS)

    assert pauses == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert opened == keys
    assert not (tmp_path / "tries.json").exists()


def test_during_a_pause_even_the_right_passphrase_waits_and_is_told_how_long(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    clock = Clock()
    keys = vault_in(tmp_path, keychain, clock).make(WORDS)
    for number in range(5):
        clock.now_s += 60
        with pytest.raises(WrongPassphrase):
            vault_in(tmp_path, keychain, clock).unlock(f"wrong {number}")
    clock.now_s += 1.5

    with pytest.raises(Problem, match="Wait 3 seconds"):
        vault_in(tmp_path, keychain, clock).unlock(WORDS)
    clock.now_s += 2
    with pytest.raises(Problem, match="Wait a second"):
        vault_in(tmp_path, keychain, clock).unlock(WORDS)
    clock.now_s += 0.5

    assert vault_in(tmp_path, keychain, clock).unlock(WORDS) == keys


def test_a_pause_does_not_hold_up_the_recovery_code_which_clears_it(tmp_path: Path, keychain: FakeKeychain) -> None:
    clock = Clock()
    vault = vault_in(tmp_path, keychain, clock)
    keys = vault.make(WORDS)
    code = vault.new_recovery_code()
    for number in range(4):
        clock.now_s += 60
        with pytest.raises(WrongPassphrase):
            vault_in(tmp_path, keychain, clock).unlock(f"wrong {number}")

    recovered = vault_in(tmp_path, keychain, clock).recover(code)

    assert recovered == keys
    assert vault_in(tmp_path, keychain, clock).unlock(WORDS) == keys


def test_the_keychain_keeps_where_the_log_stood(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    vault.make(WORDS)
    before = vault.last_head()

    vault.keep_head("7 seal")
    vault.keep_head("8 seal")

    assert (before, vault_in(tmp_path, keychain).last_head()) == ("", "8 seal")
    assert vault_in(tmp_path, keychain).unlock(WORDS) == vault.keys


def test_without_a_keychain_nobody_knows_where_the_log_stood(tmp_path: Path) -> None:
    vault = vault_in(tmp_path, None)
    vault.make(WORDS)

    vault.keep_head("7 seal")

    assert vault.last_head() == ""
