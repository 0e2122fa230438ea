"""The commands that change what opens the library."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.door import at_terminal, chosen, passphrase_in
from app.cli.printing import print_json, say, tell
from app.cli.session import Session
from app.model import Happened, Problem


def passphrase(session: Session, options: argparse.Namespace) -> None:
    """`earshot passphrase`."""
    vault = session.unlocked.vault
    file: Path | None = options.new_passphrase_file
    if file is not None or not session.unlocked.made:  # a lock that was made a moment ago is as it was wanted
        new = _new(file, without=getattr(options, "no_passphrase", False))
        vault.must_take(new)
        # Noted first: so a lock never changes unnoticed, nor although it was said that it could not.
        session.library.log.note(Happened.LOCK_CHANGED, what="no passphrase" if new is None else "passphrase")
        vault.change_passphrase(new)
    if session.as_json:
        print_json({"passphrase": vault.needs_passphrase})
    elif vault.needs_passphrase:
        say("This passphrase opens the library from now on, and no other one does.")
    else:
        say("The keychain of this computer opens the library from now on, and no passphrase is asked for.")
    if vault.has_recovery_code:
        tell("The recovery code stays as it was.")


def recovery_code(session: Session, options: argparse.Namespace) -> None:
    """`earshot recovery-code`."""
    session.library.log.note(Happened.LOCK_CHANGED, what="recovery code")  # first, as above
    code = session.unlocked.vault.new_recovery_code()
    if session.as_json:
        print_json({"recovery_code": code})
    else:
        say(code)
    tell("Keep it on paper, away from this computer. Older recovery codes open nothing any more.")


def _new(file: Path | None, *, without: bool) -> str | None:
    if file is not None:
        return passphrase_in(file)
    if without:
        return None
    if not at_terminal():
        raise Problem(
            "There is nobody here to type the new passphrase.",
            advice="Name a file that holds it with --new-passphrase-file.",
        )
    return chosen()
