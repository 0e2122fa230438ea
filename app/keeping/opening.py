"""Opening the library with the keys of its lock, and closing it so that a file put back later is noticed."""

from __future__ import annotations

import getpass
from contextlib import suppress
from pathlib import Path

from app.library import Library, rewrite
from app.model import Happened, Problem
from app.vault import Keys, Vault


def open_library(folder: Path, vault: Vault, keys: Keys, *, how: str, by: str) -> Library:
    """The library in *folder*; the log notes *how* the lock was opened and *by* what. Its `set_back` is True if the log
    does not go on from where the keychain last saw it."""
    library = Library.open(folder, keys)
    try:
        if not library.erasing.is_final:
            library.close()
            library = Library.open(folder, write_anew(folder, vault))
        library.set_back = not library.log.holds(_last_head(vault))
        library.log.note(Happened.OPENED, how=how, by=by, account=_account())
    except BaseException:
        library.close()
        raise
    return library


def close_library(library: Library, vault: Vault) -> None:
    """Close *library*; the keychain, if there is one, keeps the head of its log."""
    try:
        head = library.log.head()
    finally:
        library.close()
    with suppress(Problem):  # a keychain that is locked by now: the next time will do
        vault.keep_head(head)


def write_anew(folder: Path, vault: Vault) -> Keys:
    """Write the library under a new key and destroy the old one; the new keys. Nothing may have it open."""
    keys = vault.next_keys()
    rewrite(folder, vault.keys, keys)
    vault.adopt(keys)
    return keys


def _last_head(vault: Vault) -> str:
    with suppress(Problem):
        return vault.last_head()
    return ""


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system that knows no accounts
        return ""
