"""Kill whoever works on a library at a random moment, and look whether anything is lost or half-done.

By hand: `python -m tests.faults.kills --kills 1000`.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from app.keeping import close_library, open_library
from app.library import Library
from app.model import Happened
from app.vault import WrongPassphrase
from tests.faults.children import ended, fork, noting
from tests.faults.expected import Deed, Expected, State, archives_at
from tests.faults.found import Violation, not_whole, state_of
from tests.faults.hands import How, opened, work
from tests.vault.making import vault_in

_KILLS_PER_LIBRARY = 20
_LONGEST_S = 0.12
_OPENING_S = 0.02
_AGAIN = 0.2
"""So often the process that opens the library after a kill is killed too."""


@dataclass(slots=True)
class Figures:
    """What came of a run. *killed_at* counts what was being done."""

    kills: int = 0
    done: int = 0
    killed_at: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


def run(kills: int, seed: int, how: How = How.REAL) -> Figures:
    """Kill *kills* times, or, of a hand that is to be found out, until it is. All files are gone afterwards."""
    figures = Figures()
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="earshot-kills-") as there:
        archives = archives_at(Path(there))
        while figures.kills < kills and not (figures.violations and how is not How.REAL):
            folder = Path(there) / f"library-{figures.kills}"
            folder.mkdir()
            expected: Expected | None = Expected()
            last = min(kills, figures.kills + _KILLS_PER_LIBRARY)
            while expected is not None and figures.kills < last:
                expected = _once(folder, archives, expected, chance, how, figures)
    return figures


def _once(
    folder: Path, archives: Sequence[Path], expected: Expected, chance: random.Random, how: How, figures: Figures
) -> Expected | None:
    """One kill and the look after it: what the library holds now, or None if it is no use to go on with it."""
    seed = chance.randrange(1 << 32)
    said = _killed(lambda say: work(folder, archives, expected, seed, how, say), chance.uniform(0, _LONGEST_S))
    figures.kills += 1
    acknowledged, begun = _reckoned(expected, said)
    figures.done += sum(one is None for one in said)
    figures.killed_at[begun.what.name if begun else "OPENING"] += 1
    possible = [acknowledged] if begun is None else [acknowledged, acknowledged.after(begun)]
    if chance.random() < _AGAIN:
        _killed(lambda _: _just_open(folder, possible), chance.uniform(0, _OPENING_S))
        figures.kills += 1
        figures.killed_at["OPENING AGAIN"] += 1
    held: Expected | None = None
    with noting(figures.violations, f"kill {figures.kills} at {begun}"):
        held = _looked_at(folder, possible)
    return held


def _killed(child: Callable[[Connection], None], after_s: float) -> list[Deed | None]:
    """What a process that does *child* said until it was killed."""
    hear, say = Pipe(duplex=False)
    process = fork(lambda: child(say))
    say.close()
    time.sleep(after_s)
    os.kill(process, signal.SIGKILL)
    if ended(process) not in (0, -signal.SIGKILL):
        raise RuntimeError("the process that was to be killed went wrong by itself")
    said: list[Deed | None] = []
    try:
        while True:
            said.append(hear.recv())
    except (EOFError, OSError):  # the second where it was killed in the middle of a word
        hear.close()
    return said


def _reckoned(expected: Expected, said: Sequence[Deed | None]) -> tuple[Expected, Deed | None]:
    """What must be there by what was acknowledged, and what was only begun."""
    begun: Deed | None = None
    for one in said:
        if one is not None:
            begun = one
        elif begun is not None:
            expected, begun = expected.after(begun), None
    return expected, begun


def _just_open(folder: Path, possible: Sequence[Expected]) -> None:
    with _opened(folder, possible):
        pass


def _looked_at(folder: Path, possible: Sequence[Expected]) -> Expected:
    """Which of *possible* the library in *folder* now holds; a `Violation` if none, or if it is not whole."""
    with _opened(folder, possible) as (library, passphrase):
        if wrong := list(not_whole(folder, library)):
            raise Violation("; ".join(wrong))
        state = state_of(library)
    for expected in possible:
        # That the lock changes is noted before it does: the note may be there and the passphrase still the old one.
        if expected.state == state and passphrase <= expected.passphrase:
            return replace(expected, passphrase=passphrase)
    raise Violation(f"it holds neither what was acknowledged nor that and one thing more: {_unlike(possible, state)}")


@contextmanager
def _opened(folder: Path, possible: Sequence[Expected]) -> Iterator[tuple[Library, int]]:
    """The library as a fresh start opens it, and the number of the passphrase that did."""
    vault = vault_in(folder, None)
    passphrase = possible[0].passphrase
    try:
        keys = opened(vault, passphrase)
    except WrongPassphrase:
        passphrase = possible[-1].passphrase
        keys = opened(vault, passphrase)
    library = open_library(folder, vault, keys, how="passphrase", by="terminal")
    try:
        yield library, passphrase
    finally:
        close_library(library, vault)


def _unlike(possible: Sequence[Expected], state: State) -> str:
    """How *state* differs from each of *possible*."""
    told = []
    for expected in possible:
        known, found = expected.state, state
        items = {one for one in (*known.items, *found.items) if known.items.get(one) != found.items.get(one)}
        done = {one.value: (known.done[one], found.done[one]) for one in Happened if known.done[one] != found.done[one]}
        plans = f"plans {len(known.plans)}/{len(found.plans)}" if known.plans != found.plans else ""
        told.append(f"items {sorted(items)}, sources {known.sources}/{found.sources}, log {done} {plans}")
    return " | ".join(told)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % (1 << 32))
    parser.add_argument("--how", type=How, default=How.REAL, help=", ".join(how.value for how in How))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    figures = run(options.kills, options.seed, options.how)
    for violation in figures.violations:
        print(violation)
    print(f"{figures.kills:,} kills, {figures.done:,} things acknowledged, {len(figures.violations)} violations")
    print(", ".join(f"{what}: {number}" for what, number in figures.killed_at.most_common()))
    return 1 if figures.violations else 0


if __name__ == "__main__":
    sys.exit(main())
