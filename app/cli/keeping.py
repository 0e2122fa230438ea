"""The commands about the copy here: how long it stays, what is saved of it, and who did what with it."""

from __future__ import annotations

import argparse
import sys

from app import keeping
from app.cli.moments import iso
from app.cli.printing import counted, print_json, say, tell
from app.cli.session import Session
from app.cli.shown import entry_shape
from app.model import LogEntry, Problem, clock_words

_DAY = 86_400_000


def keep_copy(session: Session, options: argparse.Namespace) -> None:
    """`earshot keep-copy`."""
    asked, plan = session.library.asked, options.plan
    was_asked = any(item.asked_ms is not None for item in asked.items(plan))
    if was_asked and all(copy.plan != plan for copy in asked.copies()):
        raise Problem(f"The copy here of what plan {plan} asked for is destroyed already.")
    until_ms = None if options.days is None else session.now_ms + options.days * _DAY
    asked.keep_copy(plan, until_ms)
    if session.as_json:
        print_json({"plan": plan, "copy_until": iso(until_ms)})
        return
    say(f"The copy here of what plan {plan} asked for {_until(until_ms)}.")
    say("It is kept here only: Earshot never puts anything back at the assistant's maker.")


def keepsakes(session: Session, options: argparse.Namespace) -> None:
    """`earshot keepsakes`."""
    saved = keeping.save_keepsakes(session.library, options.out)
    if session.as_json:
        print_json({"keepsakes": saved.keepsakes, "folder": str(saved.folder)})
    else:
        say(f"{counted(saved.keepsakes, 'keepsake')} in {saved.folder}")
        say("These files are not sealed: whoever opens the folder can hear and read them.")


def log(session: Session, options: argparse.Namespace) -> None:
    """`earshot log`."""
    for entry in session.library.log.entries(limit=sys.maxsize if options.limit is None else options.limit):
        if session.as_json:
            print_json(entry_shape(entry))
        else:
            say(_line(entry))
    if not session.library.log.whole():
        tell("This log is not whole: an entry was changed or taken out of it.")


def _until(until_ms: int | None) -> str:
    return "stays" if until_ms is None else f"destroys itself on {clock_words(until_ms)}"


def _line(entry: LogEntry) -> str:
    details = ", ".join(_detail(name, value) for name, value in entry.details.items())
    return f"{entry.number}  {clock_words(entry.at_ms)}  {entry.what.value.replace('_', ' ')}  {details}".rstrip()


def _detail(name: str, value: int | str) -> str:
    if name == "until_ms":
        return f"until {clock_words(int(value))}" if value else "for good"
    return f"{name} {value}"
