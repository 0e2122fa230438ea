"""The recovery code opens what the keychain or the passphrase no longer does."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.model import Problem
from app.vault import Vault
from app.vault.recovery import new_code
from tests.keychain import FakeKeychain
from tests.vault.making import vault_in

WORDS = "Grünes Rad im Hof"
WRONG = 10_000


def refused(vault: Vault, code: str) -> bool:
    try:
        vault.recover(code)
    except Problem as told:
        return "not the recovery code" in told.message
    return False


def test_the_recovery_code_opens_after_the_keychain_is_lost(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    keys = vault.make(WORDS)
    code = vault.new_recovery_code()
    keychain.wipe()

    typed = [code, code.lower(), code.replace("-", " "), code.replace("0", "O").replace("1", "l")]
    opened = [vault_in(tmp_path, kept).recover(one) for one in typed for kept in (keychain, None)]

    assert opened == [keys] * 8
    assert vault.has_recovery_code


def test_a_code_that_was_forgotten_opens_nothing_and_the_passphrase_does(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    vault = vault_in(tmp_path, keychain)
    keys = vault.make(WORDS)
    code = vault.new_recovery_code()

    vault.forget_recovery_code()

    assert not vault.has_recovery_code
    with pytest.raises(Problem, match="has no recovery code"):
        vault.recover(code)
    assert vault.unlock(WORDS) == keys


def test_ten_thousand_wrong_codes_are_refused_and_the_right_one_opens_every_time(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    vault = vault_in(tmp_path, keychain)
    keys = vault.make(WORDS)
    code = vault.new_recovery_code()
    keychain.wipe()
    turned_away = opened = 0

    for number in range(WRONG):
        turned_away += refused(vault, new_code())
        if number % 100 == 0:
            opened += vault.recover(code) == keys

    assert (turned_away, opened) == (WRONG, WRONG // 100)


def test_a_code_with_any_one_letter_wrong_opens_nothing(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    vault.make(WORDS)
    code = vault.new_recovery_code()
    mistyped = [
        code[:place] + ("7" if letter != "7" else "8") + code[place + 1 :]
        for place, letter in enumerate(code)
        if letter != "-"
    ]

    turned_away = [refused(vault, one) for one in mistyped]

    assert turned_away == [True] * 24


def test_a_new_recovery_code_takes_the_old_one_away(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    keys = vault.make(WORDS)
    old = vault.new_recovery_code()

    new = vault.new_recovery_code()

    assert refused(vault_in(tmp_path, keychain), old)
    assert vault_in(tmp_path, keychain).recover(new) == keys
    assert vault_in(tmp_path, keychain).unlock(WORDS) == keys


def test_the_code_of_another_library_opens_nothing(tmp_path: Path, keychain: FakeKeychain) -> None:
    codes = []
    for name in "ab":
        (tmp_path / name).mkdir()
        vault = vault_in(tmp_path / name, keychain)
        vault.make(WORDS)
        codes.append(vault.new_recovery_code())

    assert refused(vault_in(tmp_path / "b", keychain), codes[0])


def test_without_a_recovery_code_it_is_said_that_there_is_none(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault_in(tmp_path, keychain).make(WORDS)

    with pytest.raises(Problem, match="has no recovery code"):
        vault_in(tmp_path, keychain).recover(new_code())


def test_the_code_outlives_a_changed_passphrase_and_a_new_key(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    vault.make(WORDS)
    code = vault.new_recovery_code()

    vault.change_passphrase("Blaues Boot am See")
    vault.adopt(vault.next_keys())

    assert vault_in(tmp_path, None).recover(code) == vault.keys


@pytest.mark.parametrize("meddled", [None, "", "not base 64"], ids=["lost", "empty", "garbled"])
def test_after_a_recovery_a_passphrase_can_be_chosen_for_this_computer(
    tmp_path: Path, keychain: FakeKeychain, meddled: str | None
) -> None:
    vault = vault_in(tmp_path, keychain)
    keys = vault.make(WORDS)
    code = vault.new_recovery_code()
    (name,) = keychain.kept
    keychain.wipe()
    if meddled is not None:
        keychain.put(name, meddled)

    recovered = vault_in(tmp_path, keychain)
    recovered.recover(code)
    recovered.change_passphrase("Blaues Boot am See")

    assert vault_in(tmp_path, keychain).unlock("Blaues Boot am See") == keys
    assert vault_in(tmp_path, None).recover(code) == keys


def test_after_a_recovery_without_a_keychain_the_passphrase_alone_opens(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    keys = vault.make(WORDS)
    code = vault.new_recovery_code()

    recovered = vault_in(tmp_path, None)
    recovered.recover(code)
    recovered.change_passphrase("Blaues Boot am See")

    assert vault_in(tmp_path, None).unlock("Blaues Boot am See") == keys


def test_the_sentence_about_a_wrong_code_does_not_repeat_it(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault = vault_in(tmp_path, keychain)
    vault.make(WORDS)
    vault.new_recovery_code()
    wrong = new_code()

    with pytest.raises(Problem) as told:
        vault.recover(wrong)

    assert wrong not in str(told.value)
