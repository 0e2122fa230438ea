"""A key that was taken away opens nothing any more, and an erasure that was cut off can be ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.model import Problem
from app.vault import Keys, Vault
from tests.keychain import FakeKeychain
from tests.vault.making import vault_in

WORDS = "Grünes Rad im Hof"


class Killed(Exception):
    """Stands for the end of the process."""


class FatalKeychain(FakeKeychain):
    """The program ends as soon as the last secret was dropped."""

    def drop(self, name: str) -> None:
        super().drop(name)
        if not self.kept:
            raise Killed


def locked(folder: Path, keychain: FakeKeychain | None) -> tuple[Vault, Keys, str]:
    """A lock with every way in: its keys, and its recovery code."""
    vault = vault_in(folder, keychain)
    keys = vault.make(WORDS)
    vault.keep_head("7 seal")
    return vault, keys, vault.new_recovery_code()


def ways_in(folder: Path, keychain: FakeKeychain | None, code: str) -> list[str]:
    """Which of the secrets open the lock in *folder*."""
    ways: dict[str, Callable[[], Keys]] = {
        "passphrase": lambda: vault_in(folder, keychain).unlock(WORDS),
        "keychain": lambda: vault_in(folder, keychain).unlock(None),
        "code": lambda: vault_in(folder, keychain).recover(code),
    }
    opened = []
    for name, way in ways.items():
        try:
            way()
        except Problem:
            continue
        opened.append(name)
    return opened


def test_the_next_keys_are_known_to_nothing_until_they_are_adopted(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault, keys, _ = locked(tmp_path, keychain)
    before = (tmp_path / "vault.json").read_bytes()

    following = vault.next_keys()

    assert (following.generation, following.log) == (2, keys.log)
    assert following.library != keys.library
    assert vault.keys == keys
    assert (tmp_path / "vault.json").read_bytes() == before


@pytest.mark.parametrize("kept", [FakeKeychain(), None], ids=["keychain", "no-keychain"])
def test_once_other_keys_are_adopted_no_secret_leads_to_the_old_one(tmp_path: Path, kept: FakeKeychain | None) -> None:
    vault, old, code = locked(tmp_path, kept)
    new = vault.next_keys()

    vault.adopt(new)

    assert vault.keys == new
    assert vault_in(tmp_path, kept).unlock(WORDS) == new
    assert vault_in(tmp_path, None).recover(code) == new
    assert [file.name for file in tmp_path.iterdir()] == ["vault.json"]
    assert old.library not in json.dumps(kept.kept if kept else {})


def test_the_sealed_key_of_one_generation_does_not_pass_for_that_of_another(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    vault, _, _ = locked(tmp_path, keychain)
    old = json.loads((tmp_path / "vault.json").read_bytes())
    vault.adopt(vault.next_keys())
    mixed = json.loads((tmp_path / "vault.json").read_bytes()) | {"library": old["library"]}
    (tmp_path / "vault.json").write_text(json.dumps(mixed))

    with pytest.raises(Problem, match="damaged"):
        vault_in(tmp_path, keychain).unlock(WORDS)


def test_keys_are_adopted_again_and_again(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault, first, _ = locked(tmp_path, keychain)
    seen = [first]

    for _ in range(20):
        vault.adopt(vault.next_keys())
        seen.append(vault_in(tmp_path, keychain).unlock(WORDS))

    assert [keys.generation for keys in seen] == list(range(1, 22))
    assert len({keys.library for keys in seen}) == 21


@pytest.mark.parametrize("kept", [FakeKeychain(), None], ids=["keychain", "no-keychain"])
def test_a_destroyed_lock_opens_with_nothing(tmp_path: Path, kept: FakeKeychain | None) -> None:
    vault, _, code = locked(tmp_path, kept)
    before = ways_in(tmp_path, kept, code)

    vault.destroy()

    assert before == ["passphrase", "code"]
    assert not ways_in(tmp_path, kept, code)
    assert not (kept and kept.kept)


def test_what_is_left_of_a_destroyed_lock_holds_no_key(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault, _, _ = locked(tmp_path, keychain)
    (tmp_path / "vault.json.new").write_bytes((tmp_path / "vault.json").read_bytes())  # as a killed process leaves it

    vault.destroy()

    assert [file.name for file in tmp_path.iterdir()] == ["vault.json"]
    assert json.loads((tmp_path / "vault.json").read_bytes()) == {"version": 1, "erased": True}


def test_the_mark_stands_until_it_is_buried(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault, _, _ = locked(tmp_path, keychain)
    states = [(vault.exists, vault.erased)]

    vault.destroy()
    states.append((vault.exists, vault.erased))
    restarted = vault_in(tmp_path, keychain)
    states.append((restarted.exists, restarted.erased))
    restarted.bury()
    states.append((restarted.exists, restarted.erased))

    assert states == [(True, False), (False, True), (False, True), (False, False)]
    assert not list(tmp_path.iterdir())


def test_no_new_lock_is_made_over_the_mark(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault, _, _ = locked(tmp_path, keychain)
    vault.destroy()

    with pytest.raises(Problem, match="already"):
        vault.make(WORDS)
    vault.bury()
    keys = vault.make(WORDS)

    assert vault_in(tmp_path, keychain).unlock(WORDS) == keys


def test_a_lock_that_stands_is_not_buried(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault, keys, _ = locked(tmp_path, keychain)

    with pytest.raises(AssertionError, match="stands"):
        vault.bury()

    assert vault.unlock(WORDS) == keys


def test_destroying_and_burying_twice_is_no_mistake(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault, _, _ = locked(tmp_path, keychain)

    for _ in range(2):
        vault.destroy()
    for _ in range(2):
        vault.bury()

    assert not list(tmp_path.iterdir())


def test_a_keychain_that_refuses_stops_a_destruction_before_anything_is_lost(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    vault, _, code = locked(tmp_path, keychain)
    keychain.refuses = True

    with pytest.raises(Problem, match="did not answer"):
        vault.destroy()
    keychain.refuses = False

    assert ways_in(tmp_path, keychain, code) == ["passphrase", "code"]
    assert vault.exists


def test_a_destruction_cut_off_after_the_keychain_can_be_ended_with_the_recovery_code(tmp_path: Path) -> None:
    keychain = FatalKeychain()
    vault, _, code = locked(tmp_path, keychain)
    with pytest.raises(Killed):
        vault.destroy()

    still_open = ways_in(tmp_path, keychain, code)
    restarted = vault_in(tmp_path, FakeKeychain())
    restarted.recover(code)
    restarted.destroy()

    assert still_open == ["code"]
    assert restarted.erased


def test_the_lock_of_another_library_in_the_same_keychain_is_left_alone(tmp_path: Path, keychain: FakeKeychain) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    vault, _, _ = locked(tmp_path / "a", keychain)
    _, keys, _ = locked(tmp_path / "b", keychain)

    vault.destroy()

    assert vault_in(tmp_path / "b", keychain).unlock(WORDS) == keys
    assert len(keychain.kept) == 2


def test_an_erased_lock_says_so_whatever_is_asked_of_it(tmp_path: Path, keychain: FakeKeychain) -> None:
    vault, _, code = locked(tmp_path, keychain)
    vault.destroy()

    asked: list[Callable[[], object]] = [
        vault.next_keys,
        lambda: vault.unlock(WORDS),
        lambda: vault.recover(code),
        lambda: vault.needs_passphrase,
    ]
    for ask in asked:
        with pytest.raises(Problem, match="was destroyed"):
            ask()
