"""Wrong passphrases slow the next try down."""

from __future__ import annotations

import json
from collections.abc import Callable
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
        pause = min(2.0 ** min(wrong - FREE, 16), LONGEST_S)
        return min(max(last_s + pause - self._clock(), 0.0), pause)  # a clock that was put back must not lock out

    def note_wrong(self) -> None:
        wrong, _ = self._read()
        durable.write(self._file, json.dumps({"wrong": wrong + 1, "last_s": self._clock()}).encode())

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)

    def _read(self) -> tuple[int, float]:
        try:
            told = json.loads(self._file.read_bytes())
            return int(told["wrong"]), float(told["last_s"])
        except FileNotFoundError:
            return 0, 0.0
        except (OSError, ValueError, KeyError, TypeError):
            return FREE, self._clock()  # somebody meddled with it
