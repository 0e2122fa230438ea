"""The whole journey of the practice household without a window, each step as the command that one would type."""

from __future__ import annotations

import secrets
import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.cli.door import Door, Unlocked
from app.cli.printing import say
from app.library import Library
from app.model import Problem
from app.practice import practice
from app.vault import Vault

_DAY = 86_400_000
_SOME = "5"


class Command(Protocol):
    def __call__(self, arguments: Sequence[str], *, door: Door) -> int:
        """Do what the arguments of the command line ask; the exit code."""


def walk(folder: Path, out: Path, now_ms: int, command: Command) -> int:
    """Walk from the first archives to the report, which lies in *out* afterwards; everything else lies in *folder*."""
    library = folder / "library"
    library.mkdir(mode=0o700)
    vault = Vault(library, None)
    vault.make(secrets.token_urlsafe())  # only this process can ever open what is thrown away
    household = practice(folder / "archives", now_ms=now_ms)
    first = household.first(now_ms - 2 * _DAY)
    two_months_ago = datetime.fromtimestamp((now_ms - 60 * _DAY) / 1000).date()
    lately = ("--provider", "google", "--since", two_months_ago.isoformat())

    def do(sentence: str, *arguments: str | Path) -> None:
        typed = [str(argument) for argument in arguments]
        if sentence:
            say()
            say(sentence)
        say(f"$ earshot {shlex.join(_short(typed, folder))}")
        if command(["--library", str(library), *typed], door=lambda *_: Unlocked(vault, "passphrase")) != 0:
            raise Problem("The practice household could not be walked to its end.")

    do("An invented family brings in what its assistants kept.", "bring-in", *first)
    do("Who is who comes from the archives; a parent can correct it.", "household")
    do("Some of what is the children's:", "find", "--children", "--limit", _SOME)
    do("Everything said in the children's room has to go.", "decide", "delete", "--device", "Kids Room")
    do("Google does not say whose voice it was; words find it.", "decide", "delete", "--words", "unicorn", *lately)
    do("What the mother said stays.", "decide", "keep", "--person", "Nora")
    do("The plan freezes this. (Usually it can be carried out after an hour.)", "plan", "--no-wait")
    do("The parent did all steps in the vendors' pages.", "delete", "1", "--done", "all")
    asked = _asked(vault)
    later = household.later(asked, now_ms + _DAY)
    do("A day later new archives are there. The vendors did not keep their word:", "check", "1", *later)
    latest = household.latest(asked, now_ms + 8 * _DAY)
    do("A week later something is back, and a part of Google's archive is missing:", "check", "1", *latest)
    do("What was asked and what became of it, without a word that was said:", "report", "1", "--out", out)
    return 0


def _short(arguments: Sequence[str], folder: Path) -> list[str]:
    return [argument.replace(f"{folder / 'archives'}", "archives") for argument in arguments]


def _asked(vault: Vault) -> list[tuple[str, int]]:
    """What the first plan asked of the vendors."""
    with Library.open(vault.folder, vault.keys) as opened:
        return [(item.provider, item.at_ms) for item in opened.asked.items(1) if item.asked_ms is not None]
