"""The lock of a library at the terminal: what opens it, and how a new one is chosen."""

from __future__ import annotations

import argparse
import getpass
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.cli.printing import counted, tell
from app.keeping import finish_erasing
from app.model import Problem
from app.vault import Vault, WrongPassphrase, system_keychain

_TRIES = 3
_LONGEST = 4 << 10
"""No secret is longer; a file that is was named by mistake."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An open vault, and *how* it was opened: by "passphrase", "keychain" or "recovery". *made*: a moment ago."""

    vault: Vault
    how: str
    made: bool = False


Door = Callable[[Path, argparse.Namespace], Unlocked]
"""Opens the lock of the library in a folder with what the options name."""


def usual_door(folder: Path, options: argparse.Namespace) -> Unlocked:
    """The lock of the library in *folder*, opened with what *options* name and the keychain of this computer."""
    return unlock(Vault(folder, system_keychain()), options)


def unlock(vault: Vault, options: argparse.Namespace, *, sleep: Callable[[float], None] = time.sleep) -> Unlocked:
    """*vault*, opened with what *options* name or somebody types. Where there is no lock yet, one is made."""
    passphrase_file: Path | None = getattr(options, "passphrase_file", None)
    code_file: Path | None = getattr(options, "recovery_code_file", None)
    finish_erasing(vault.folder, vault)
    if not vault.exists:
        if code_file is not None:
            raise Problem(
                "This library has no lock yet, so no code opens it.", advice="Look whether --library names it."
            )
        return _made(vault, passphrase_file, without=getattr(options, "no_passphrase", False))
    if code_file is not None:
        vault.recover(_text_of(code_file, "recovery code file"))
        return Unlocked(vault, "recovery")
    if not vault.needs_passphrase:
        if passphrase_file is not None:
            tell("This library has no passphrase: the passphrase file is not used.")
        vault.unlock(None)
        return Unlocked(vault, "keychain")
    if passphrase_file is not None:
        passphrase = passphrase_in(passphrase_file)
        _wait(vault, sleep)
        vault.unlock(passphrase)
    else:
        _ask(vault, sleep)
    return Unlocked(vault, "passphrase")


def passphrase_in(file: Path) -> str:
    """The passphrase that *file* holds; one that could not be typed is a `Problem`."""
    passphrase = _text_of(file, "passphrase file").removesuffix("\n").removesuffix("\r")
    if not passphrase:
        raise Problem(f"The passphrase file {file} is empty.", advice="Write the passphrase into it, on one line.")
    if "\n" in passphrase or "\r" in passphrase:
        raise Problem(f"The passphrase file {file} has several lines.", advice="Write the passphrase on one line.")
    return passphrase


def chosen() -> str:
    """A new passphrase, typed twice."""
    for _ in range(_TRIES):
        first = _typed("New passphrase: ")
        if _typed("The same again: ") == first:
            return first
        tell("These two were not the same.")
    raise Problem("No passphrase was chosen.", advice="Try again; both must be the same.")


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _made(vault: Vault, passphrase_file: Path | None, *, without: bool) -> Unlocked:
    if passphrase_file is not None:
        vault.make(passphrase_in(passphrase_file))
    elif without:
        vault.make(None)
    elif at_terminal():
        tell("This library has no lock yet. Choose a passphrase; without it nobody can read what is kept here.")
        vault.make(chosen())
    else:
        raise Problem(
            "This library has no lock yet.", advice="Name a file that holds a new passphrase with --passphrase-file."
        )
    return Unlocked(vault, "keychain" if passphrase_file is None and without else "passphrase", made=True)


def _ask(vault: Vault, sleep: Callable[[float], None]) -> None:
    if not at_terminal():
        raise Problem("This library needs its passphrase.", advice="Name a file that holds it with --passphrase-file.")
    for left in reversed(range(_TRIES)):
        _wait(vault, sleep)
        try:
            vault.unlock(_typed("Passphrase: "))
            return
        except WrongPassphrase as wrong:
            if not left:
                raise
            tell(wrong.message)


def _wait(vault: Vault, sleep: Callable[[float], None]) -> None:
    if (seconds := vault.wait_s) > 0:
        tell(f"There were too many wrong passphrases. The next try is in {counted(math.ceil(seconds), 'second')}.")
    while (seconds := vault.wait_s) > 0:
        sleep(seconds)


def _typed(prompt: str) -> str:
    try:
        typed = getpass.getpass(prompt)
        typed.encode()
    except EOFError:
        raise Problem("No passphrase was typed.") from None
    except UnicodeError:
        typed = ""  # said below, where the error, which holds what was typed, is gone
    if not typed:
        raise Problem("What was typed is no passphrase.", advice="Type letters that this terminal can show.")
    return typed


def _text_of(file: Path, what: str) -> str:
    try:
        with file.open("rb") as opened:
            held = opened.read(_LONGEST + 1)
    except OSError as error:
        raise Problem(
            f"The {what} {file} cannot be read: {error.strerror}.", advice="Look whether its name is right."
        ) from error
    if len(held) > _LONGEST:
        raise Problem(f"The {what} {file} is too long to be one.", advice="Look whether its name is right.")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass  # the error holds the bytes, so it must not go any further
    raise Problem(f"The {what} {file} is not written as UTF-8.", advice="Save it as UTF-8 text.")
