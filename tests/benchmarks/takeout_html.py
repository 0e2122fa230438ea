"""How fast a 10,000-row `MyActivity.html` is read, beside google-takeout-parser 0.1.13 on the same file.

    python -m tests.benchmarks.takeout_html --peer-python PATH

PATH is the Python of an environment of its own, into which the peer was installed:

    python3 -m venv peer && peer/bin/pip install google-takeout-parser==0.1.13
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.providers.google import Google
from tests.providers.google.takeouts import page, parcel, said_cell

ROWS = 10_000
RUNS = 3
TARGET = 5.0
PEER = "google-takeout-parser==0.1.13"

# Both sides compute on one core all the time, so processor time is what counts, also on a machine that is shared.
# Its own reading of one file, timed without starting Python or importing it.
_PEER_PROGRAM = """
import pathlib, sys, time
from google_takeout_parser.parse_html.activity import _parse_html_activity
start = time.process_time()
rows = sum(not isinstance(row, Exception) for row in _parse_html_activity(pathlib.Path(sys.argv[1])))
print(rows, time.process_time() - start)
"""


def made() -> bytes:
    """A page as Google writes it, with times that both sides can read."""
    cells = (
        said_cell(
            f"what is number {number} of the things that a child asks",
            f"Mar {1 + number % 28}, 2023, {1 + number % 12}:{number % 60:02}:{number * 7 % 60:02} PM UTC",
            answer=f"Number {number} is a long answer with an example, & more.",
        )
        for number in range(ROWS)
    )
    return page(*cells)


def ours(data: bytes) -> tuple[int, float]:
    """Rows and processor seconds, from the recognised file to interactions with identities."""
    google = Google()
    start = time.process_time()
    (export,) = google.recognise([parcel("takeout.zip", {"Takeout/My Activity/Assistant/MyActivity.html": data})])
    rows = sum(1 for _ in google.read(export))
    return rows, time.process_time() - start


def theirs(python: str, file: Path) -> tuple[int, float] | None:
    """Rows and processor seconds of the peer; None if it is not installed there."""
    try:
        command = [python, "-c", _PEER_PROGRAM, str(file)]
        found = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    rows, seconds = found.stdout.split()[-2:]
    return int(rows), float(seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", default="", metavar="PATH", help="the Python that has the peer")
    peer_python = parser.parse_args().peer_python
    data = made()
    mine: list[float] = []
    peer: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "MyActivity.html"
        file.write_bytes(data)
        for _ in range(RUNS):
            rows, seconds = ours(data)
            assert rows == ROWS, rows
            mine.append(seconds)
            found = theirs(peer_python, file) if peer_python else None
            if found:
                assert found[0] == ROWS, found
                peer.append(found[1])
    median = statistics.median(mine)
    print(f"ours   {median:6.2f} s  {ROWS / median:8,.0f} rows a second  ({len(data) / 1e6:.1f} MB, median of {RUNS})")
    if not peer:
        print(f"The peer was not found. Install it with pip into an environment of its own: {PEER}")
        print("Then name that environment's Python with --peer-python PATH.")
        return 2
    theirs_median = statistics.median(peer)
    print(f"peer   {theirs_median:6.2f} s  {ROWS / theirs_median:8,.0f} rows a second")
    print(f"{theirs_median / median:.1f} times as fast (wanted: {TARGET:.0f})")
    return 0 if theirs_median / median >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
