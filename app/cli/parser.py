"""The commands and their options."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from app import __version__
from app.cli.moments import hours, moment
from app.deletion import COPY_DAYS
from app.model import Decision, Kind, Standing

UNDECIDED = "undecided"
ALL_STEPS = "all"
_DIGITS = 18
"""No number of a library is longer; the engine could not hold it."""
_MOST_DAYS = 36_500
_DECISIONS = (*(decision.value for decision in Decision), UNDECIDED)


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="earshot",
        description="See what the home's voice assistants kept of the children, have it deleted, and check that it is "
        "gone. Without a command the window opens.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Earshot {__version__}")
    _add_everywhere(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_bringing(commands)
    _add_finding(commands)
    _add_deleting(commands)
    _add_keeping(commands)
    _add_locking(commands)
    for command in commands.choices.values():
        _add_everywhere(command)
    return parser


def _add_everywhere(parser: argparse.ArgumentParser) -> None:
    unset = argparse.SUPPRESS  # so that the same option before and after the command means the same
    parser.add_argument("--library", type=Path, metavar="DIR", default=unset, help="the household's library")
    parser.add_argument("--json", action="store_true", default=unset, help="answer for a program instead of a person")
    lock = parser.add_argument_group("the lock (at a terminal, the passphrase is asked for)")
    lock.add_argument("--passphrase-file", type=Path, metavar="F", default=unset,
                      help="a file with the passphrase; a library that is not there yet gets it")  # fmt: skip
    lock.add_argument("--recovery-code-file", type=Path, metavar="F", default=unset,
                      help="a file with the recovery code, which opens as well")  # fmt: skip
    lock.add_argument("--no-passphrase", action="store_true", default=unset,
                      help="let the keychain of this computer alone open a library that is not there yet")  # fmt: skip


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # generic for the type checker only


def _add(commands: _Commands, name: str, words: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=words, description=words[:1].upper() + words[1:] + ".", allow_abbrev=False)


def _add_bringing(commands: _Commands) -> None:
    practice = _add(commands, "practice", "try everything with an invented household")
    practice.add_argument("--headless", action="store_true", help="walk the whole journey without a window")
    bring_in = _add(commands, "bring-in", "read archives, folders or files into the library")
    bring_in.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    household = _add(commands, "household", "list the people and devices, and say whose voice is whose")
    household.add_argument("--mark", nargs=2, action="append", default=[], metavar=("NAME", "STANDING"),
                           help=f"STANDING is one of {', '.join(standing.value for standing in Standing)}")  # fmt: skip
    household.add_argument("--rename", nargs=2, action="append", default=[], metavar=("OLD", "NEW"))


def _add_finding(commands: _Commands) -> None:
    find = _add(commands, "find", "print what was said, newest first, one JSON object a line with --json")
    _add_filters(find)
    find.add_argument("--limit", type=_number, metavar="N", help="print at most N")
    decide = _add(commands, "decide", "mark what is to be kept or deleted")
    decide.add_argument("as_what", choices=_DECISIONS, metavar="{" + ",".join(_DECISIONS) + "}")
    decide.add_argument("--id", dest="ids", type=_number, nargs="+", action="extend", metavar="ID")
    _add_filters(decide)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    filters = parser.add_argument_group("filters (each one narrows)")
    filters.add_argument("--children", action="store_true", help="only what is a child's")
    filters.add_argument("--person", action="append", default=[], metavar="P", help="only of this person")
    filters.add_argument("--device", action="append", default=[], metavar="D", help="only said to this device")
    filters.add_argument(
        "--provider", action="append", default=[], metavar="V", help="only of this assistant (alexa, google)"
    )
    filters.add_argument("--skill", action="append", default=[], metavar="S", help="only what this skill answered")
    filters.add_argument("--since", type=moment, metavar="T", help="a day or an ISO time, included")
    filters.add_argument("--until", type=moment, metavar="T", help="a day or an ISO time, excluded")
    filters.add_argument("--hours", type=hours, metavar="H-H", help="hours of the day, as 7-9 or 22-6")
    filters.add_argument("--words", type=_words, metavar="W", help="all of these words, in requests and answers")
    filters.add_argument("--accidental", action="store_true", help="only what the assistant itself calls accidental")
    filters.add_argument(
        "--decision", action="append", default=[], choices=_DECISIONS, metavar="X", help=", ".join(_DECISIONS)
    )
    filters.add_argument(
        "--kind",
        action="append",
        default=[],
        choices=[kind.value for kind in Kind],
        help="said and conversation unless told",
    )


def _add_deleting(commands: _Commands) -> None:
    plan = _add(commands, "plan", "freeze what is marked delete into the steps at the vendors")
    _add_filters(plan)
    plan.add_argument("--no-wait", action="store_true", help="skip the hour of cooling off")
    copy = plan.add_mutually_exclusive_group()
    copy.add_argument("--copy-days", type=_days, default=COPY_DAYS, metavar="N",
                      help=f"the copy here destroys itself after N days ({COPY_DAYS} unless told)")  # fmt: skip
    copy.add_argument("--keep-copy", dest="copy_days", action="store_const", const=None, help="the copy here stays")
    delete = _add(commands, "delete", "print the steps of a plan, or record that they were done")
    _add_plan(delete)
    delete.add_argument("--done", nargs="+", type=_step, action="extend", metavar="STEP", help="steps done, or: all")
    check = _add(commands, "check", "hold a later archive or listing against a plan")
    _add_plan(check)
    check.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    check.add_argument("--made-at", type=moment, metavar="T", help="when these files were made, if they do not say")
    report = _add(commands, "report", "write what was asked and what became of it")
    _add_plan(report)
    report.add_argument("--out", type=Path, required=True, metavar="DIR")


def _add_keeping(commands: _Commands) -> None:
    erase = _add(commands, "erase", "destroy the copy here, for good; the vendors keep theirs")
    what = erase.add_mutually_exclusive_group(required=True)
    what.add_argument("--id", dest="ids", type=_number, nargs="+", action="extend", metavar="ID", help="these records")
    what.add_argument("--plan", type=_number, metavar="PLAN", help="what the last looks at this plan found gone")
    what.add_argument("--due", action="store_true", help="the copies whose date has passed")
    what.add_argument("--all", action="store_true", help="everything, with the lock of the library")
    keep = _add(commands, "keep-copy", "keep the copy here of what a plan asked, or give it another date")
    _add_plan(keep)
    keep.add_argument("--days", type=_days, metavar="N", help="it destroys itself N days from now")
    keepsakes = _add(commands, "keepsakes", "save what is marked keepsake as a folder with sounds, words and dates")
    keepsakes.add_argument("--out", type=Path, required=True, metavar="DIR")
    log = _add(commands, "log", "print who did what with the copy here, newest first")
    log.add_argument("--limit", type=_number, metavar="N", help="print at most N")


def _add_locking(commands: _Commands) -> None:
    passphrase = _add(commands, "passphrase", "choose another passphrase; the old one opens nothing any more")
    passphrase.add_argument("--new-passphrase-file", type=Path, metavar="F",
                            help="a file with the new one; with --no-passphrase the keychain alone opens")  # fmt: skip
    _add(commands, "recovery-code", "print a new recovery code; older ones open nothing any more")


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", type=_number, metavar="PLAN", help="its number")


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > _DIGITS:
        raise argparse.ArgumentTypeError(f"{text[:_DIGITS]} is not a number that counts anything here")
    return int(text)


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= _number(text) <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{text[:_DIGITS]} is no number of days; write 1 to {_MOST_DAYS}")
    return int(text)


def _words(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise argparse.ArgumentTypeError("there is no word to look for")
    return text


def _step(text: str) -> str:
    if text != ALL_STEPS and (not text.isdecimal() or len(text) > _DIGITS):
        raise argparse.ArgumentTypeError(f"{text} is no step; write its number, or all")
    return text
