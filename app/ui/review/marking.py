"""Decisions on rows of the table, made in the one worker of the library so that nothing freezes."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.deletion import decide
from app.library import Change, Library, Results
from app.model import Decision
from app.ui import words
from app.ui.jobs import JobRunner, at_once

_FEW = 2_000
"""Up to so many are decided by their numbers; more by their places, which the database knows by itself."""


class Marking(QObject):
    """Emits `decided` after each decision, and `released` when the shown rows may be exchanged again."""

    decided = Signal()
    released = Signal()

    def __init__(self, jobs: JobRunner, results: Results, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._results = jobs, results
        self._by_place = 0
        jobs.idle.connect(self._release)

    @property
    def holds_rows(self) -> bool:
        """Whether a decision still needs the rows that are shown: no others may take their places."""
        return self._by_place > 0

    def mark(self, ranges: Sequence[tuple[int, int]], decision: Decision | None) -> None:
        """Decide the same for the rows at *ranges*."""
        many = sum(last - first + 1 for first, last in ranges)
        now = int(time.time() * 1000)
        title = f"Marking {words.number(many)}…"
        if many <= _FEW:
            ids = self._results.ids(ranges)
            self._jobs.start(title, at_once(lambda library: decide(library, ids, decision, now)), self._tell)
            return
        self._by_place += 1

        def by_place(_library: Library) -> Change:
            return self._results.decide(ranges, decision, now)

        self._jobs.start(title, at_once(by_place), self._tell)

    def _tell(self, _change: Change) -> None:
        self.decided.emit()

    def _release(self) -> None:
        if self._by_place:
            self._by_place = 0
            self.released.emit()
