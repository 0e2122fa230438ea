"""Wrong passphrases slow the next try down."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.vault import durable

FREE = 3
"""So many mistakes cost nothing: everybody mistypes."""
LONGEST_S = 60.0


class Tries:
    """Counts the wrong passphrases since the last right one, across restarts; *clock* gives seconds since 1970.

    Whoever may write to the folder can take the count away. What then still slows them down is the cost of each try.
    """

    def __init__(self, file: Path, clock: Callable[[], float]) -> None:
        self._file = file
        self._clock = clock

    def wait_s(self) -> float:
        """How long until the next passphrase may be tried."""
        wrong, last_s = self._read()
        if wrong < FREE:
            return 0.0
        now_s = self._clock()
        if not last_s <= now_s:  # the clock was put back: nobody shall wait until it is there again
            last_s = now_s
            self._write(wrong, last_s)
        pause_s = min(2.0 ** min(wrong - FREE, 16), LONGEST_S)
        return max(last_s + pause_s - now_s, 0.0)

    def note_wrong(self) -> None:
        wrong, _ = self._read()
        self._write(wrong + 1, self._clock())

    def clear(self) -> None:
        with suppress(OSError):  # the pause is over by now, so a count that stays harms nobody
            self._file.unlink(missing_ok=True)

    def _write(self, wrong: int, last_s: float) -> None:
        durable.write(self._file, json.dumps({"wrong": wrong, "last_s": last_s}).encode())

    def _read(self) -> tuple[int, float]:
        try:
            told = json.loads(self._file.read_bytes())
            return int(told["wrong"]), float(told["last_s"])
        except FileNotFoundError:
            return 0, 0.0
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return FREE, math.inf  # somebody meddled with it: one pause from now on
