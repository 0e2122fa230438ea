"""A process killed at any moment leaves one lock, with exactly the old or the new secret."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from app.model import Problem
from app.vault import Keychain
from tests.keychain import LastingKeychain
from tests.vault.making import vault_in
from tests.vault.processes import another, change_keys, change_passphrases, everything

KILLS = 20


@pytest.fixture(params=["keychain", "no-keychain"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> LastingKeychain | None:
    return LastingKeychain(tmp_path / "keychain") if request.param == "keychain" else None


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def opening(folder: Path, keychain: Keychain | None, passphrases: range) -> list[int]:
    """Which of the numbers in *passphrases* open the lock as a passphrase."""
    opened = []
    for number in passphrases:
        (folder / "tries.json").unlink(missing_ok=True)
        try:
            vault_in(folder, keychain).unlock(f"{number}")
        except Problem:
            continue
        opened.append(number)
    return opened


def test_a_change_of_the_passphrase_is_done_or_not_done(home: Path, kept: LastingKeychain | None) -> None:
    random.seed(7)
    keys = vault_in(home, kept).make("0")
    changed = 0

    for _ in range(KILLS):
        with another(change_passphrases, home, kept) as process:
            process.recv()
            time.sleep(random.uniform(0, 0.02))
        files = {file.name for file in home.iterdir()}
        last = int(everything(process, 1)[-1])
        opened = opening(home, kept, range(max(last - 3, 0), last + 2))

        assert opened in ([last - 1], [last])
        assert files <= {"vault.json", "vault.json.new"}
        changed += last
        vault = vault_in(home, kept)
        assert vault.unlock(f"{opened[0]}") == keys
        vault.change_passphrase("0")

    assert changed > KILLS


def test_a_change_of_the_key_is_done_or_not_done(home: Path, kept: LastingKeychain | None) -> None:
    random.seed(8)
    before = vault_in(home, kept).make("0").library
    changed = 0

    for _ in range(KILLS):
        with another(change_keys, home, kept) as process:
            first = process.recv()
            time.sleep(random.uniform(0, 0.02))
        *_, old, new = before, *everything(process, first)
        before = vault_in(home, kept).unlock("0").library

        assert before in (old, new)
        assert {file.name for file in home.iterdir()} <= {"vault.json", "vault.json.new"}
        changed += before == new

    assert changed > 0
