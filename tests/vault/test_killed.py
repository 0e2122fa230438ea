"""A process killed at any moment leaves one lock, with exactly the old or the new secret."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from app.model import Problem
from tests.keychain import FakeKeychain
from tests.vault.making import vault_in
from tests.vault.processes import another, change_keys, change_passphrases, everything

KILLS = 20
both = pytest.mark.parametrize("kept", [FakeKeychain(), None], ids=["keychain", "no-keychain"])


def opening(folder: Path, keychain: FakeKeychain | None, passphrases: range) -> list[int]:
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


@both
def test_a_change_of_the_passphrase_is_done_or_not_done(tmp_path: Path, kept: FakeKeychain | None) -> None:
    random.seed(7)
    keys = vault_in(tmp_path, kept).make("0")
    changed = 0

    for _ in range(KILLS):
        with another(change_passphrases, tmp_path, kept) as process:
            process.recv()
            time.sleep(random.uniform(0, 0.02))
        files = {file.name for file in tmp_path.iterdir()}
        last = int(everything(process, 1)[-1])
        opened = opening(tmp_path, kept, range(max(last - 3, 0), last + 2))

        assert opened in ([last - 1], [last])
        assert files <= {"vault.json", "vault.json.new"}
        changed += last
        vault = vault_in(tmp_path, kept)
        assert vault.unlock(f"{opened[0]}") == keys
        vault.change_passphrase("0")

    assert changed > KILLS


@both
def test_a_change_of_the_key_is_done_or_not_done(tmp_path: Path, kept: FakeKeychain | None) -> None:
    random.seed(8)
    before = vault_in(tmp_path, kept).make("0").library
    changed = 0

    for _ in range(KILLS):
        with another(change_keys, tmp_path, kept) as process:
            first = process.recv()
            time.sleep(random.uniform(0, 0.02))
        *_, old, new = before, *everything(process, first)
        before = vault_in(tmp_path, kept).unlock("0").library

        assert before in (old, new)
        assert {file.name for file in tmp_path.iterdir()} <= {"vault.json", "vault.json.new"}
        changed += before == new

    assert changed > 0
