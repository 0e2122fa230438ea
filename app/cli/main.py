"""From the arguments to one command, its answer and its exit code."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from app.cli import bringing, deciding, deleting, erasing, keeping, locking
from app.cli.door import Door, at_terminal, usual_door
from app.cli.parser import make_parser
from app.cli.practising import walk
from app.cli.printing import finish_answer, tell
from app.cli.session import Session, opened
from app.model import Problem
from app.places import default_library
from app.providers.registry import providers
from app.vault import claim

DONE, PROBLEM, WRONG_USAGE = 0, 1, 2
PATIENCE_S = 2
"""One command often follows another before that one has let go."""

Window = Callable[[Path, bool], int]
"""Opens the window on a library (the second argument: the practice household's) and gives the exit code."""

_COMMANDS: Mapping[str, Callable[[Session, argparse.Namespace], None]] = {
    "bring-in": bringing.bring,
    "household": bringing.household,
    "find": deciding.find,
    "decide": deciding.decide,
    "plan": deleting.plan,
    "delete": deleting.delete,
    "check": deleting.check,
    "report": deleting.report,
    "keep-copy": keeping.keep_copy,
    "keepsakes": keeping.keepsakes,
    "log": keeping.log,
    "passphrase": locking.passphrase,
    "recovery-code": locking.recovery_code,
}
_LEAVES_DUE = ("erase", "keep-copy", "log", "passphrase", "recovery-code")
"""What may be wanted before a copy whose date has passed is destroyed."""


def main(arguments: Sequence[str], *, window: Window, door: Door = usual_door) -> int:
    """Do what *arguments* ask; the exit code. *door* opens the lock of the library."""
    parser = make_parser()
    try:
        options = parser.parse_args(arguments)
        if options.command == "decide" and options.ids is None and not deciding.names_a_filter(options):
            parser.error("decide needs --id or a filter")
        if getattr(options, "new_passphrase_file", None) and getattr(options, "no_passphrase", False):
            parser.error("--new-passphrase-file and --no-passphrase exclude each other")
    except SystemExit as usage:
        return usage.code if isinstance(usage.code, int) else WRONG_USAGE
    try:
        return _run(options, window, door)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return PROBLEM
    except KeyboardInterrupt:
        print("Stopped; what was not finished was left as it was.", file=sys.stderr)
        return PROBLEM
    except BrokenPipeError:
        # Whoever read the output has enough: https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(options: argparse.Namespace, window: Window, door: Door) -> int:
    if options.command == "practice":
        return _practise(options, window)
    folder: Path = getattr(options, "library", None) or default_library()
    if options.command is None:
        return window(folder, False)
    with claim(folder, PATIENCE_S):
        _command(folder, options, door)
    return DONE


def _command(folder: Path, options: argparse.Namespace, door: Door) -> None:
    unlocked = door(folder, options)
    now_ms = time.time_ns() // 1_000_000
    if unlocked.made and at_terminal() and options.command != "recovery-code":
        tell("“recovery-code” prints a code that opens this library if the passphrase is ever lost.")
    if options.command not in _LEAVES_DUE:
        erasing.destroy_due(folder, unlocked, now_ms)
    if options.command == "erase":
        erasing.erase(folder, unlocked, options, now_ms)
    else:
        with opened(folder, unlocked) as library:
            session = Session(library, unlocked, providers(), now_ms, getattr(options, "json", False))
            _COMMANDS[options.command](session, options)
    finish_answer()


def _practise(options: argparse.Namespace, window: Window) -> int:
    with tempfile.TemporaryDirectory(prefix="earshot-practice-") as folder:
        if not options.headless:
            return window(Path(folder), True)
        out = Path(tempfile.mkdtemp(prefix="earshot-report-"))  # stays, so that the report can be read
        return walk(Path(folder), out, time.time_ns() // 1_000_000, partial(main, window=window))
