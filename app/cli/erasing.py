"""The command that destroys the copy here, and what is destroyed because its date has passed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app import keeping
from app.cli.door import Unlocked, at_terminal
from app.cli.printing import counted, follow, print_json, say, tell
from app.cli.session import opened
from app.library import Library
from app.model import Erased, Filter, Kind, Problem

_HERE = Filter(kinds=frozenset(Kind) - {Kind.FORGOTTEN})


def erase(folder: Path, unlocked: Unlocked, options: argparse.Namespace, now_ms: int) -> None:
    """`earshot erase`."""
    if options.all:
        _make_sure(folder)
        erased, left = keeping.erase_everything(folder, unlocked.vault), 0
    else:
        with opened(folder, unlocked) as library:
            there, ids = library.count(_HERE), _chosen(library, options, now_ms)
        erased = follow(keeping.erase(folder, unlocked.vault, lambda _: ids))
        left = there - erased.interactions
    if getattr(options, "json", False):
        print_json({"erased": erased.interactions, "sounds": erased.sounds})
    else:
        _say(erased, left, everything=options.all)


def destroy_due(folder: Path, unlocked: Unlocked, now_ms: int) -> None:
    """Destroy the copies whose date has passed, and tell how many."""
    erased = follow(keeping.destroy_due(folder, unlocked.vault, now_ms))
    if erased.interactions:
        tell(f"Destroyed here, because the date had passed: {_counted(erased)}.")


def _chosen(library: Library, options: argparse.Namespace, now_ms: int) -> Sequence[int]:
    if options.due:
        return library.erasing.due(now_ms)
    if options.plan is not None:
        library.asked.plan(options.plan)  # which must be there
        return library.erasing.verified(options.plan)
    return list(options.ids)


def _make_sure(folder: Path) -> None:
    if not at_terminal():
        return
    tell(f"This destroys everything that is kept in {folder}, for good. Type yes to go on:")
    if sys.stdin.readline().strip().casefold() != "yes":
        raise Problem("Nothing was destroyed.")


def _say(erased: Erased, left: int, *, everything: bool) -> None:
    say(f"Destroyed here: {_counted(erased)}. {counted(left, 'record')} left here.")
    if everything:
        say("The keys and the log went with them.")
    elif erased.interactions:
        say("Of what was destroyed, only this is left: when and where it was, so that later archives can be checked.")
    say("What the makers of the assistants keep is not touched by this, nor are downloaded archives and backups.")


def _counted(erased: Erased) -> str:
    return f"{counted(erased.interactions, 'record')} and {counted(erased.sounds, 'sound')}"
