"""Locks for the tests of the terminal: quick to open, and never with the keychain of this computer."""

from __future__ import annotations

import os
from pathlib import Path

from app.cli.door import Door, unlock
from app.vault import Cost, Keychain, Vault

QUICK = Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "larkspur in the attic"
NO_KEYCHAIN = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
"""The surroundings of a process that must leave the keychain of this computer alone."""


def quick_door(keychain: Keychain | None = None) -> Door:
    """Opens locks as a terminal opens them, on a computer with this *keychain*."""
    return lambda folder, options: unlock(Vault(folder, keychain, cost=QUICK), options)


def secret_at(path: Path, secret: str = PASSPHRASE) -> Path:
    """A file that holds *secret* on a line."""
    path.write_text(f"{secret}\n", encoding="utf-8")
    return path
