"""A process of its own that brings something in, and the hand that kills it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from app.intake import bring_in
from app.library import Library
from app.model import finish
from tests.intake.diary import PROVIDERS
from tests.keys import KEYS

_BEGUN = "begun"


def bring_in_and_kill(folder: Path, archive: Path, *, after: float | None) -> float:
    """Bring *archive* into the library at *folder* and kill that *after* so many seconds (None: let it end).

    Returns how many seconds it lasted.
    """
    command = [sys.executable, "-m", "tests.intake.killed", str(folder), str(archive)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == _BEGUN
        begun = time.monotonic()
        try:
            code = process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
        else:
            assert code == 0
        process.wait()
    return time.monotonic() - begun


if __name__ == "__main__":
    with Library.open(Path(sys.argv[1]), KEYS) as opened:
        print(_BEGUN, flush=True)
        finish(bring_in(opened, [Path(sys.argv[2])], PROVIDERS, now_ms=1_790_000_000_000))
