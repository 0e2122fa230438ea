"""How quick the library is at a million interactions: `python -m tests.benchmarks.browse [--at FOLDER] [--rows N]`."""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from app.deletion import dry_run, freeze
from app.library import Library, Results
from app.model import (
    Coverage,
    Decision,
    Device,
    Filter,
    Interaction,
    Kind,
    Moment,
    Person,
    Role,
    Sound,
    SoundState,
    Standing,
    Told,
    Turn,
)
from app.providers.registry import providers
from tests.keys import KEYS

END_MS = 1_790_000_000_000
DAY_MS = 86_400_000
TIMES = 9
DEVICES = ("Kids Room", "Kitchen", "Living Room", "Bedroom", "Office")
PEOPLE = ("Emma", "Ben", "Anna", "Paul", "Guest")
COMMON = ["music", "lights", "weather", "timer", "story", "play", "volume", "morning", "please", "tomorrow"]


def main() -> None:
    """Build the library if it is not there yet, then print the median times and the memory they took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", type=Path, help="keep the library in this folder for the next time")
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    if chosen.at is not None:
        measure(chosen.at, chosen.rows)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), chosen.rows)


def measure(folder: Path, rows: int) -> None:
    with Library.open(folder, KEYS) as library:
        if not library.sources():
            build(library, rows)
        marked(library)
        results = Results(library)
        print(f"{rows:,} interactions, milliseconds of {TIMES} runs")
        print(f"{'':41}{'median':>9}{'best':>9}{'first':>9}{'rows':>12}")
        for name, wanted in filters(library).items():
            filtered(results, name, wanted)
        browsed(results, rows)
        decided(library, results)
        results.close()
        planned(library, rows)
    print(f"{'for comparison: a sum over 300,000':41}{_comparison():9.1f}{'':9}  load {_load()}")
    print(f"{'peak memory, MB':41}{_peak_mb():9.0f}")


def build(library: Library, rows: int) -> None:
    """Fill an empty library with made-up interactions, oldest last, as an archive has them."""
    began = time.perf_counter()
    source = library.seen.begin_source(
        fingerprint="made up", name="made up", provider="alexa", kind="listing", at_ms=END_MS
    )
    with library.atomic():
        batch: list[tuple[Interaction, tuple[Sound, ...]]] = []
        for one in made_up(rows):
            batch.append(one)
            if len(batch) == 1000:
                library.seen.add(source, batch)
                batch.clear()
        library.seen.add(source, batch)
        library.seen.end_source(
            source, Told(("home",), None, Coverage()), matched=0, missing=0, unmatched=0, issues=(), unread=()
        )
    print(f"built in {time.perf_counter() - began:.0f} s, {_size_mb(library.folder):.0f} MB", file=sys.stderr)


def made_up(rows: int) -> Iterator[tuple[Interaction, tuple[Sound, ...]]]:
    dice = random.Random(7)
    devices = [Device(f"G090LF{number:010}", name) for number, name in enumerate(DEVICES)]
    people = [Person(f"person {number}", name) for number, name in enumerate(PEOPLE)]
    step = 5 * 365 * DAY_MS // rows
    for number in range(rows):
        at_ms = END_MS - number * step - dice.randrange(step)
        device = dice.choices(devices, (20, 25, 25, 20, 10))[0]
        person = dice.choices([None, *people], (55, 8, 7, 15, 10, 5))[0]
        asked = " ".join(("alexa", *dice.sample(COMMON, 2), f"word{dice.randrange(20_000)}", "now"))
        answer = f"here is number {dice.randrange(5000)} of the things that i found about this"
        with_sound = dice.random() < 0.4
        yield (
            Interaction(
                identity=f"A1B2C3#{at_ms}#A3S5BH2HU6VAYF#{device.key}",
                account="home",
                at=Moment(at_ms, str(at_ms)),
                kind=Kind.SAID if dice.random() < 0.95 else Kind.ACTIVITY,
                turns=(Turn(Role.REQUEST, asked, "CUSTOMER_TRANSCRIPT"), Turn(Role.RESPONSE, answer, "ALEXA_RESPONSE")),
                device=device,
                person=person,
                skill=dice.choice(("", "", "", "", "Quiz", "Stories")),
                accidental=dice.random() < 0.03,
            ),
            (Sound(f"{number}.mp3", SoundState.MATCHED, f"{number:064x}", 3.0),) if with_sound else (),
        )


def marked(library: Library) -> None:
    """The household as a parent marks it: two children, and a device that is theirs."""
    for member in library.household.members():
        if member.said_name in ("Emma", "Ben"):
            library.household.change_member(member.id, standing=Standing.CHILD)
    for speaker in library.household.speakers():
        if speaker.said_name == "Kids Room":
            library.household.change_speaker(speaker.id, standing=Standing.CHILD)


def filters(library: Library) -> dict[str, Filter]:
    speakers = {speaker.said_name: speaker.id for speaker in library.household.speakers()}
    members = {member.said_name: member.id for member in library.household.members()}
    month = END_MS - 30 * DAY_MS
    year = END_MS - 365 * DAY_MS
    two = frozenset({speakers["Kitchen"], speakers["Office"]})
    return {
        "all": Filter(),
        "the children's": Filter(children=True),
        "two devices": Filter(devices=two),
        "one person": Filter(people=frozenset({members["Anna"]})),
        "a common word": Filter(words="story"),
        "a rare word": Filter(words="word777"),
        "the beginning of a word": Filter(words="story word12"),
        "the word of every row": Filter(words="alexa"),
        "the last 30 days": Filter(since_ms=month),
        "hours 7 to 9": Filter(hours=(7, 9)),
        "a skill": Filter(skills=frozenset({"Quiz"})),
        "accidental": Filter(accidental=True),
        "with sound": Filter(with_sound=True),
        "undecided": Filter(decisions=frozenset({None})),
        "marked delete": Filter(decisions=frozenset({Decision.DELETE})),
        "children + device + year + hours + word": Filter(
            children=True, devices=two, since_ms=year, hours=(7, 19), words="story"
        ),
    }


def filtered(results: Results, name: str, wanted: Filter) -> None:
    def ready() -> None:
        results.show(wanted)
        results.swap()
        results.rows(0, 64)

    first, median, best = _timed(ready)
    print(f"{name:41}{median:9.1f}{best:9.1f}{first:9.1f}{results.count:12,}")


def browsed(results: Results, rows: int) -> None:
    results.show(Filter(kinds=frozenset(Kind)))
    results.swap()
    dice = random.Random(3)
    for name, run, times in (
        ("a random page of 64", lambda: results.rows(dice.randrange(rows), 64), 200),
        ("the numbers of all that is shown", lambda: results.ids([(0, results.count - 1)]), TIMES),
    ):
        first, median, best = _timed(run, times)
        print(f"{name:41}{median:9.1f}{best:9.1f}{first:9.1f}")


def decided(library: Library, results: Results) -> None:
    times: dict[str, list[float]] = defaultdict(list)

    def timed(name: str, run: Callable[[], object]) -> None:
        began = time.perf_counter()
        run()
        times[name].append(time.perf_counter() - began)

    for _ in range(3):
        timed("decide over all", lambda: results.decide([(0, results.count - 1)], Decision.DELETE, END_MS))
        last = library.asked.last_undoable()
        assert last is not None
        timed("undo that", partial(library.asked.undo, last.id))
        timed("the children's after that", lambda: results.show(Filter(children=True)))
        library.asked.decide([1], Decision.KEEP, END_MS)
        timed("the children's after another's write", lambda: results.show(Filter(children=True)))
        library.asked.decide([1], None, END_MS)
    for name, seconds in times.items():
        print(f"{name:41}{1000 * statistics.median(seconds):9.1f}{1000 * min(seconds):9.1f}")
    some = results.decide([(1000, 300_999)], Decision.DELETE, END_MS)
    for name, decision in (("300,000 decided: undecided", None), ("300,000 decided: marked delete", Decision.DELETE)):
        filtered(results, name, Filter(decisions=frozenset({decision})))
    library.asked.undo(some.id)


def planned(library: Library, rows: int) -> None:
    """A plan of every tenth interaction, scattered over all days and devices; nothing of it stays in the library."""
    scattered = random.Random(5).sample(library.ids(Filter()), rows // 10)
    with suppress(_TakenBack), library.atomic():
        library.asked.decide(scattered, Decision.DELETE, END_MS)
        for name, run in (
            ("a dry run of every tenth", lambda: dry_run(library, providers(), Filter())),
            ("the plan of them", lambda: freeze(library, providers(), Filter(), now_ms=END_MS)),
        ):
            began = time.perf_counter()
            run()
            print(f"{name:41}{1000 * (time.perf_counter() - began):9.1f}")
        raise _TakenBack


class _TakenBack(Exception):
    """Ends a transaction of which nothing must stay."""


def _comparison() -> float:
    """Milliseconds of the same computing every time: how busy this machine is, beside the figures above."""
    return _timed(lambda: sum(number * number for number in range(300_000)))[1]


def _load() -> str:
    """The machine's own word for how busy it is; nothing where it has none (Windows)."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _timed(run: Callable[[], object], times: int = TIMES) -> tuple[float, float, float]:
    """Milliseconds of the first run, and the median and the least of those that follow."""
    taken = []
    for _ in range(times + 1):
        began = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - began))
    return taken[0], statistics.median(taken[1:]), min(taken[1:])


def _size_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.iterdir()) / (1 << 20)


def _peak_mb() -> float:
    """The most memory this process held; 0 where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
