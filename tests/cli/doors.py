"""Locks for the tests of the terminal: quick to open, and never with the keychain of this computer."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.door import Unlocked, unlock
from app.vault import Cost, Vault

QUICK = Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "larkspur in the attic"


def quick_door(folder: Path, options: argparse.Namespace) -> Unlocked:
    """The lock in *folder*, opened as a terminal opens it, on a computer without a keychain."""
    return unlock(Vault(folder, None, cost=QUICK), options)


def passphrase_at(path: Path, passphrase: str = PASSPHRASE) -> Path:
    path.write_text(f"{passphrase}\n", encoding="utf-8")
    return path
