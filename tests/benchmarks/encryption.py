"""What encryption costs beside the same engine without it, and how long a recording takes to open among 100,000:
`python -m tests.benchmarks.encryption`."""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from app.intake import bring_in
from app.library import Library
from app.model import Filter, Sound, SoundState, finish
from app.providers.registry import providers
from app.vault import Keys
from tests.benchmarks.bring_in import write_listing
from tests.keys import KEYS
from tests.library.making import NOON, heard

ENGINES = {"encrypted": KEYS, "plain": replace(KEYS, library="")}
ROUNDS = 5
SEARCHES = 200
_FILTERS = (
    Filter(words="dragon"),
    Filter(words="dragon kitchen"),
    Filter(words="moo"),
    Filter(hours=(15, 18)),
    Filter(),
)
_PAGE = 200
_AT_ONCE = 500


def main() -> None:
    """Each figure in a process of its own, the two engines in turn."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--clips", type=int, default=100_000)
    arguments.add_argument("--bytes", type=int, default=12_000, help="how large a clip is")
    arguments.add_argument("--measure", nargs=3, metavar=("ENGINE", "FILE", "LIBRARY"), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.measure:
        engine, listing, folder = options.measure
        print(*_measured(ENGINES[engine], Path(listing), Path(folder)))
        return
    with tempfile.TemporaryDirectory(prefix="earshot-benchmark-") as folder:
        _compare(Path(folder), options.records)
        _open_clips(Path(folder) / "clips", options.clips, options.bytes)
    print(f"load {os.getloadavg()[0]:.1f}")


def _compare(folder: Path, records: int) -> None:
    listing = folder / "records.json"
    write_listing(listing, records)
    taken: dict[str, list[tuple[float, float]]] = {engine: [] for engine in ENGINES}
    for number in range(ROUNDS):
        for engine, rounds in taken.items():
            library = folder / f"{engine}-{number}"
            command = [sys.executable, "-m", "tests.benchmarks.encryption"]
            command += ["--measure", engine, str(listing), str(library)]
            came, found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            rounds.append((float(came), float(found)))
    for place, what in enumerate(("bring-in, s", "warm search, ms")):
        sealed, plain = ([one[place] for one in taken[engine]] for engine in ENGINES)
        ratio = statistics.median(one / other for one, other in zip(sealed, plain, strict=True))
        print(f"{what}: {statistics.median(sealed):.2f} encrypted, {statistics.median(plain):.2f} plain: {ratio:.2f} x")


def _measured(keys: Keys, listing: Path, folder: Path) -> tuple[float, float]:
    """Seconds to bring *listing* in, and milliseconds of the usual search once its pages are in memory."""
    with Library.open(folder, keys) as library:
        began = time.perf_counter()
        finish(bring_in(library, [listing], providers(), now_ms=time.time_ns() // 1_000_000))
        came = time.perf_counter() - began
        for wanted in _FILTERS:
            _search(library, wanted)
        taken = []
        for number in range(SEARCHES):
            began = time.perf_counter()
            _search(library, _FILTERS[number % len(_FILTERS)])
            taken.append(1000 * (time.perf_counter() - began))
    return came, statistics.fmean(taken)


def _search(library: Library, wanted: Filter) -> None:
    """What a page of results takes: how many, and the first rows."""
    library.count(wanted)
    library.rows(library.ids(wanted, _PAGE))


def _open_clips(folder: Path, number: int, size: int) -> None:
    dice = random.Random(3)
    with Library.open(folder, KEYS) as library:
        digests = [library.seen.keep_sound(dice.randbytes(16) + bytes(size - 16)) for _ in range(number)]
        source = library.seen.begin_source(fingerprint="f", name="f", provider="alexa", kind="listing", at_ms=NOON)
        for first in range(0, number, _AT_ONCE):
            library.seen.add(
                source,
                [
                    heard(first + place, sounds=[Sound(f"{digest}.mp3", SoundState.MATCHED, digest, None)])
                    for place, digest in enumerate(digests[first : first + _AT_ONCE])
                ],
            )
    taken = []
    began = time.perf_counter()
    with Library.open(folder, KEYS) as library:
        opened = 1000 * (time.perf_counter() - began)
        for digest in dice.sample(digests, 1_000):
            began = time.perf_counter()
            library.sound(digest)
            taken.append(1000 * (time.perf_counter() - began))
    worst = statistics.quantiles(taken, n=20)[-1]
    print(f"among {number:,} clips of {size:,} bytes: the library opens in {opened:.0f} ms,")
    print(f"a clip in {statistics.median(taken):.2f} ms (of twenty the slowest {worst:.2f}, of all {max(taken):.2f})")


if __name__ == "__main__":
    main()
