"""Two copies of Earshot on one library: the second is refused, until the first is killed. With the real command line.

By hand: `python -m tests.faults.copies --times 100`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.__main__ import main as earshot
from tests.cli.doors import secret_at
from tests.faults.children import ended, fork
from tests.faults.tracing import into

_AT_ONCE = 10
"""A second copy waits two seconds for the first to let go, so several libraries are tried at once."""


@dataclass(slots=True)
class Figures:
    """How often a second copy was refused with a sentence while the first one lived, and how often one could begin
    after the first was killed."""

    times: int = 0
    refused: int = 0
    free: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A library, the file with its passphrase, and a pipe in the place of that file, at which who opens it waits."""

    folder: Path

    @property
    def pipe(self) -> Path:
        return self.folder / "pipe"

    @property
    def said(self) -> str:
        return (self.folder / "err").read_text(encoding="utf-8")

    def begins(self, passphrase_file: Path) -> int:
        """The number of a process in which the real command line begins."""
        (self.folder / "err").unlink(missing_ok=True)
        typed = ["--library", str(self.folder / "library"), "--passphrase-file", str(passphrase_file), "log"]

        def at_the_terminal() -> int:
            sys.argv = ["earshot", *typed]
            return earshot()

        return fork(into(Path(os.devnull), self.folder / "err", at_the_terminal))


def run(times: int) -> Figures:
    """Try it *times* times. That the same command begins where nobody lives shows what the second was refused for."""
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="earshot-copies-") as there:
        passphrase = secret_at(Path(there) / "passphrase")
        first = Place(Path(there) / "first")
        first.folder.mkdir()
        if ended(first.begins(passphrase)):
            raise RuntimeError(first.said)
        while figures.times < times:
            number = min(_AT_ONCE, times - figures.times)
            places = [Place(Path(there) / f"{figures.times + more}") for more in range(number)]
            for place in places:
                shutil.copytree(first.folder, place.folder)
                os.mkfifo(place.pipe)
            _try(places, passphrase, figures)
    return figures


def _try(places: Sequence[Place], passphrase: Path, figures: Figures) -> None:
    holders = [place.begins(place.pipe) for place in places]
    # This waits until the holder reads its passphrase: by then it has claimed the library.
    ends = [os.open(place.pipe, os.O_WRONLY) for place in places]
    for place, second in [(place, place.begins(passphrase)) for place in places]:
        figures.refused += ended(second) == 1 and "already open" in place.said and "Traceback" not in place.said
    for holder in holders:
        os.kill(holder, signal.SIGKILL)
        ended(holder)
    for third in [place.begins(passphrase) for place in places]:
        figures.free += ended(third) == 0
    for end in ends:
        os.close(end)
    figures.times += len(places)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    figures = run(parser.parse_args().times)
    print(f"{figures.times:,} times: {figures.refused:,} second copies refused, {figures.free:,} begun after a kill")
    return 0 if figures.refused == figures.free == figures.times else 1


if __name__ == "__main__":
    sys.exit(main())
