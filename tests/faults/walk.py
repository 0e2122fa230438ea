"""A household walks its whole way at the terminal and in the window, in a home of its own; run under strace.

After each step every file is searched; what is found is printed, and so is each step that failed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.__main__ import main as earshot
from tests.cli.doors import secret_at
from tests.faults import household
from tests.faults.canaries import hits, patterns_of
from tests.faults.children import ended, fork
from tests.faults.tracing import into

HOME, TEMP, LIBRARY, REPORTS = "home", "temp", "library", "reports"
OURS = "ours"
"""Where the archives lie, and what the terminal would show: what a household has beside Earshot."""


@dataclass(slots=True)
class Walk:
    """What the household has at hand. *failed* and *found* are the sentences about what should not be."""

    folder: Path
    passphrase: Path
    first: list[Path]
    later: list[Path]
    words: list[str] = field(default_factory=lambda: list(household.WORDS))
    failed: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def types(self, *typed: object, library: str = LIBRARY, kill_after_s: float | None = None) -> str:
        """What the terminal answers to the command."""
        out, err = self.folder / OURS / "out", self.folder / OURS / "err"
        for file in (out, err):
            file.unlink(missing_ok=True)
        opening = ["--library", self.folder / library, "--passphrase-file", self.passphrase]
        arguments = ["earshot", *map(str, (*opening, *typed))]

        def at_the_terminal() -> int:
            sys.argv = arguments
            return earshot()

        process = fork(into(out, err, at_the_terminal))
        if kill_after_s is not None:
            time.sleep(kill_after_s)
            os.kill(process, signal.SIGKILL)
        if (code := ended(process)) and kill_after_s is None:
            self.failed.append(f"{typed[0]} ended with {code}: {err.read_text(encoding='utf-8')}")
        self.searches(f"after {typed[0]}")
        return out.read_text(encoding="utf-8")

    def searches(self, when: str) -> None:
        patterns = patterns_of(self.words, household.pieces_of_voices())
        everywhere = [self.folder / name for name in (HOME, TEMP, LIBRARY, "crashed", REPORTS)]
        self.found += [f"{when}: {hit}" for hit in hits(everywhere, patterns)]

    def does(self, what: str, work: Callable[[], int]) -> None:
        """*work* in a process of its own."""
        out, err = self.folder / OURS / "out", self.folder / OURS / "err"
        if code := ended(fork(into(out, err, work))):
            self.failed.append(f"{what} ended with {code}: {err.read_text(encoding='utf-8')}")
        self.searches(f"after {what}")


def walk(folder: Path) -> Walk:
    """The whole way. *folder* holds the empty home and folder for temporary files that the surroundings name."""
    ours, reports = folder / OURS, folder / REPORTS
    now = datetime.now(UTC)
    here = Walk(
        folder,
        secret_at(ours / "passphrase", household.PASSPHRASE),
        household.archives(ours / "first", made=now - timedelta(days=1)),
        household.archives(ours / "later", made=now + timedelta(days=1), without_children=True),
    )
    here.types("bring-in", *here.first)
    here.types("bring-in", *here.first, library="crashed", kill_after_s=0.25)
    here.types("household", "--mark", household.ROOM, "child", "--rename", household.CHILD, f"{household.CHILD} Q.")
    here.types("find", "--words", household.ASKED)
    code = here.types("recovery-code").strip()
    here.words += [code, code.replace("-", "")]
    from tests.faults.window import visit  # Qt is not for the processes of the terminal

    here.does("a visit to the window", lambda: visit(folder / LIBRARY, household.PASSPHRASE, look_around=True))
    here.types("decide", "delete", "--words", household.ASKED)
    here.types("plan", "--no-wait")
    here.types("delete", "1", "--done", "all")
    here.types("check", "1", *here.later)
    here.types("report", "1", "--out", reports)
    here.types("passphrase", "--new-passphrase-file", secret_at(ours / "new", household.NEW_PASSPHRASE))
    here.passphrase = ours / "new"
    here.types("erase", "--plan", "1")
    here.types("log")
    here.does(
        "another visit to the window", lambda: visit(folder / LIBRARY, household.NEW_PASSPHRASE, look_around=False)
    )
    here.types("erase", "--all")
    return here


if __name__ == "__main__":
    walked = walk(Path(sys.argv[1]))
    for sentence in (*walked.failed, *walked.found):
        print(sentence)
    sys.exit(1 if walked.failed or walked.found else 0)
