"""Let the disk fail under every command of the terminal, at each of its writes in turn, and look what is left.

By hand: `python -m tests.faults.injected --cases 350`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.cli import main as earshot
from app.keeping import finish_erasing, open_library
from app.vault import Vault, WrongPassphrase
from tests.cli.doors import QUICK, quick_door, secret_at
from tests.faults import household
from tests.faults.children import noting
from tests.faults.expected import State
from tests.faults.found import Violation, not_whole, state_of
from tests.faults.migrations import library_of
from tests.faults.tracing import calls, into, traced, why_not

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "mkdir")
ERRORS = ("ENOSPC", "EIO", "KILL")
_NO_ROOM_NEEDED = ("fdatasync", "fsync", "unlink")
"""What never fails for want of room."""
_READS = ("pread64",)
_LOCK = "write"
"""How a new lock is written: only into its file, for a command writes its answer in the same way."""


@dataclass(frozen=True, slots=True)
class Case:
    """The *when*th *call* of the busiest thread of a command fails with *error*."""

    command: str
    call: str
    error: str
    when: int

    @property
    def injection(self) -> str:
        how = "signal=KILL" if self.error == "KILL" else f"error={self.error}"
        return f"inject={self.call}:{how}:when={self.when}"


@dataclass(slots=True)
class Figures:
    """What came of a run. *ended* counts how the commands ended."""

    cases: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


def usual(typed: Sequence[str]) -> int:
    return earshot(typed, window=lambda *_: 1, door=quick_door())


def shrugging(typed: Sequence[str]) -> int:
    """A command line that takes every failing for nothing. Eyes that see find it out."""
    usual(typed)
    return 0


class Bench:
    """The commands, each with the library that it begins with, and both states that it may leave."""

    def __init__(self, folder: Path, command: Callable[[Sequence[str]], int], only: Sequence[str] = ()) -> None:
        self._folder = folder
        self._command = command
        self._only = only
        self._old, self._new = folder / "old", folder / "new"
        secret_at(self._old, household.PASSPHRASE)
        secret_at(self._new, household.NEW_PASSPHRASE)
        now = datetime.now(UTC)
        first = household.archives(folder / "first", made=now - timedelta(days=1))
        later = household.archives(folder / "later", made=now, without_children=True)
        self._starts: dict[str, Path] = {}
        self._typed: dict[str, tuple[str, ...]] = {}
        self._before: dict[str, tuple[State, bool]] = {}
        self._after: dict[str, tuple[State, bool]] = {}
        empty = folder / "empty"
        empty.mkdir()
        self._add("bring-in at first", empty, "bring-in", *first)
        held = self._done("bring-in at first")
        self._add("bring-in", held, "bring-in", *later)
        self._add("decide", held, "decide", "delete", "--words", household.ASKED)
        decided = self._done("decide")
        self._add("plan", decided, "plan", "--no-wait")
        planned = self._done("plan")
        self._add("delete", planned, "delete", "1", "--done", "all")
        self._add("erase", planned, "erase", "--id", "1", "2", "7")
        self._add("passphrase", held, "passphrase", "--new-passphrase-file", self._new)
        self._add("upgrade", self._of_an_older_version(), "household")
        self._add("erase everything", planned, "erase", "--all")
        for name in self._typed.keys() - self._after.keys():
            if self._wants(name):
                self._done(name)

    def cases(self) -> Iterator[Case]:
        """Every case there is."""
        for command in filter(self._wants, self._typed):
            record = self._folder / "record"
            with self._fresh(command) as library:
                self._run(command, library, record, "-e", f"trace={','.join((*CALLS, *_READS))}")
            for call, number in calls(record, (*CALLS, *_READS)).items():
                for when in range(1, number + 1):
                    for error in ERRORS:
                        if error != "ENOSPC" or call not in (*_NO_ROOM_NEEDED, *_READS):
                            yield Case(command, call, error, when)
            yield from (Case(command, _LOCK, error, 1) for error in ERRORS)

    def run(self, case: Case) -> str:
        """How the command of *case* ended; a `Violation` if it ended or left the library in a way that it must not."""
        with self._fresh(case.command) as library:
            record = self._folder / "record"
            where = ("-P", str(library / "vault.json.new")) if case.call == _LOCK else ()
            code = self._run(case.command, library, record, *where, "-e", f"trace={case.call}", "-e", case.injection)
            hit = "(INJECTED)" in record.read_text(encoding="utf-8", errors="replace") or code == -signal.SIGKILL
            said = (self._folder / "err").read_text(encoding="utf-8")
            _must_be_a_good_end(code, hit, said)
            state = self._state(library)
        before, after = self._before[case.command], self._after[case.command]
        noted = (after[0], before[1])  # that the lock changes is noted before it does, so that it never does unnoticed
        if state != after and (code == 0 or state not in (before, noted)):
            raise Violation(f"exit code {code}, and neither what was there before nor what should be: {state}")
        return "killed" if code < 0 else "refused" if code else "done in spite of it" if hit else "not hit"

    def _wants(self, name: str) -> bool:
        return not self._only or name in self._only

    def _add(self, name: str, start: Path, *typed: object) -> None:
        self._starts[name], self._typed[name] = start, tuple(map(str, typed))
        self._before[name] = self._state(shutil.copytree(start, self._folder / "looked at"))
        shutil.rmtree(self._folder / "looked at")

    def _done(self, name: str) -> Path:
        """The library after that command, which nothing disturbs."""
        library = shutil.copytree(self._starts[name], self._folder / f"after {name}")
        if code := self._run(name, library, Path(os.devnull)):
            raise RuntimeError(f"{name} ended with {code}: {(self._folder / 'err').read_text(encoding='utf-8')}")
        self._after[name] = self._state(shutil.copytree(library, self._folder / "looked at"))
        shutil.rmtree(self._folder / "looked at")
        return library

    def _of_an_older_version(self) -> Path:
        lock = self._folder / "lock"
        lock.mkdir()
        keys = Vault(lock, None, cost=QUICK).make(household.PASSPHRASE)
        library = library_of(1, self._folder / "older", keys)
        shutil.copy(lock / "vault.json", library)
        return library

    @contextmanager
    def _fresh(self, name: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=self._folder) as there:
            yield shutil.copytree(self._starts[name], Path(there) / "library")

    def _run(self, name: str, library: Path, record: Path, *options: str) -> int:
        """The exit code of the command, or the negative number of the signal that killed it."""
        typed = ["--library", str(library), "--passphrase-file", str(self._old), *self._typed[name]]
        for file in ("out", "err"):
            (self._folder / file).unlink(missing_ok=True)
        work = into(self._folder / "out", self._folder / "err", lambda: self._command(typed))
        return traced(work, record, *options)

    def _state(self, library: Path) -> tuple[State, bool]:
        """What *library* holds as the next start finds it, and whether the new passphrase opens it."""
        vault = Vault(library, None, cost=QUICK)
        finish_erasing(library, vault)
        if not vault.exists:
            return State(), False
        try:
            keys, new = vault.unlock(household.PASSPHRASE), False
        except WrongPassphrase:
            keys, new = vault.unlock(household.NEW_PASSPHRASE), True
        with open_library(library, vault, keys, how="passphrase", by="terminal") as opened:
            if wrong := list(not_whole(library, opened)):
                raise Violation("; ".join(wrong))
            return state_of(opened), new


def _must_be_a_good_end(code: int, hit: bool, said: str) -> None:
    """Raise a `Violation` unless the command ended well, was killed, or said in a sentence why it did not go on."""
    if "Traceback" in said:
        raise Violation(f"a traceback:\n{said}")
    if code > 0 and not (hit and said.strip().endswith(".")):
        raise Violation(f"exit code {code}, and no sentence: {said!r}")
    if told := [word for word in household.WORDS if word.casefold() in said.casefold()]:
        raise Violation(f"the sentence tells of {told}")


def run(number: int, seed: int, command: Callable[[Sequence[str]], int] = usual, only: Sequence[str] = ()) -> Figures:
    """Try *number* of all cases, spread over the commands (*only* these, if any)."""
    figures, chance = Figures(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="earshot-injected-") as folder:
        bench = Bench(Path(folder), command, only)
        every = list(bench.cases())
        for case in _spread(every, chance)[:number]:
            figures.cases += 1
            with noting(figures.violations, f"{case}"):
                figures.ended[bench.run(case)] += 1
    return figures


def _spread(cases: Sequence[Case], chance: random.Random) -> list[Case]:
    """*cases* in an order in which every command, call and error comes once before any comes twice."""
    ranked: list[tuple[int, float, Case]] = []
    seen: Counter[tuple[str, str, str]] = Counter()
    for case in chance.sample(cases, len(cases)):
        kind = (case.command, case.call, case.error)
        ranked.append((seen[kind], chance.random(), case))
        seen[kind] += 1
    return [case for _, _, case in sorted(ranked, key=lambda one: one[:2])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--seed", type=int, default=time.time_ns() % (1 << 32))
    parser.add_argument("--shrug", action="store_true", help="take failings for nothing, which is to be found out")
    parser.add_argument("--only", nargs="*", default=[], metavar="COMMAND", help="with nothing but these commands")
    options = parser.parse_args()
    if reason := why_not():
        print(f"Nothing can be injected here: {reason}.")
        return 1
    print(f"seed {options.seed}", flush=True)
    figures = run(options.cases, options.seed, shrugging if options.shrug else usual, options.only)
    for violation in figures.violations:
        print(violation)
    print(f"{figures.cases:,} faults, {len(figures.violations)} violations")
    print(", ".join(f"{how}: {number}" for how, number in figures.ended.most_common()))
    return 1 if figures.violations else 0


if __name__ == "__main__":
    sys.exit(main())
