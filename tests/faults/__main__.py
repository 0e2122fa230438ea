"""Every proof of the promises at full length, with its figures at the end: `python -m tests.faults`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.library.schema import MIGRATIONS
from tests.faults import copies, injected, kills, migrations
from tests.faults.tracing import internet_sockets, why_not


def _sockets_of_the_practice() -> list[str]:
    """The sockets to the internet that the practice household opens on its way without a window."""
    with tempfile.TemporaryDirectory(prefix="earshot-practised-") as folder:
        record = Path(folder) / "record"
        walk = [sys.executable, "-m", "app", "practice", "--headless"]
        watched = ["strace", "-f", "--seccomp-bpf", "-o", str(record), "-e", "trace=network", *walk]
        ended = subprocess.run(watched, env={**os.environ, "TMPDIR": folder}, capture_output=True, check=False)
        if ended.returncode:
            return [f"the practice household ended with {ended.returncode}"]
        return internet_sockets(record)


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="of whoever works on a library (1000)")
    parser.add_argument("--migrations", type=int, default=100, help="kills inside each migration (100)")
    parser.add_argument("--cases", type=int, default=400, help="faults of the disk (400)")
    parser.add_argument("--copies", type=int, default=100, help="times that a second copy is begun (100)")
    parser.add_argument("--seed", type=int, default=time.time_ns() % (1 << 32), help="for the same once more")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    told: list[str] = []
    violations: list[str] = []

    def note(figures: str, broken: list[str]) -> None:
        print(figures, flush=True)
        told.append(figures)
        violations.extend(broken)

    killed = kills.run(options.kills, options.seed)
    note(f"{killed.kills:,} kills, {killed.done:,} things acknowledged", killed.violations)
    for version in range(1, len(MIGRATIONS) + 1):
        upgraded = migrations.run(version, options.migrations, options.seed)
        note(f"{upgraded.kills:,} kills inside migration {version}", upgraded.violations)
    if reason := why_not():
        note(f"no faults of the disk: {reason}", [reason])
    else:
        failed = injected.run(options.cases, options.seed)
        ends = ", ".join(f"{number:,} {how}" for how, number in failed.ended.most_common())
        note(f"{failed.cases:,} faults of the disk: {ends}", failed.violations)
        sockets = _sockets_of_the_practice()
        note(f"{len(sockets):,} sockets to the internet in the practice household", sockets)
    begun = copies.run(options.copies)
    wrong = f"{begun.times - begun.refused:,} second copies not refused, {begun.times - begun.free:,} not begun"
    note(
        f"{begun.refused:,} of {begun.times:,} second copies refused, {begun.free:,} begun after a kill",
        [] if begun.refused == begun.free == begun.times else [wrong],
    )
    print("\n".join(["", *violations, "── figures", f"seed {options.seed}", *told, f"{len(violations):,} violations"]))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
