"""Locks for the tests of the window: cheap to try, with a keychain of their own."""

from __future__ import annotations

from pathlib import Path

from app.ui.door import Door
from app.vault import Cost, Keychain, Vault

PASSPHRASE = "three blue kites"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def vault_of(folder: Path, keychain: Keychain | None = None) -> Vault:
    """The lock of *folder*, cheap to try."""
    return Vault(folder, keychain, cost=CHEAP)


def door_of(folder: Path, keychain: Keychain | None = None) -> Door:
    """The way to that lock."""
    return Door(folder, lambda: keychain, made=vault_of)
