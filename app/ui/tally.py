"""The numbers of the rail and the status line."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.library import Change, Library
from app.model import Decision, Filter, Member, Speaker, Standing
from app.providers.provider import Provider
from app.ui.jobs import JobRunner, at_once

_CHILDREN_LEFT = Filter(children=True, decisions=frozenset({None}))
_MARKED = Filter(decisions=frozenset({Decision.DELETE}))


@dataclass(frozen=True, slots=True)
class Tally:
    """Decisions by kind, what can be taken back, and the work left on three pages of the rail."""

    counts: Mapping[Decision | None, int]
    undo: Change | None
    unconfirmed: int
    undecided: int
    unasked: int


def tally(library: Library) -> Tally:
    """The numbers as they stand now."""
    counts = library.asked.counts()
    named: list[Member | Speaker] = [*library.household.members(), *library.household.speakers()]
    return Tally(
        counts=counts,
        undo=library.asked.last_undoable(),
        unconfirmed=sum(not one.confirmed and one.standing is not Standing.UNKNOWN for one in named),
        undecided=library.count(_CHILDREN_LEFT),
        unasked=len(unasked(library)) if library.asked.plans() else counts.get(Decision.DELETE, 0),
    )


def unasked(library: Library) -> frozenset[int]:
    """What is marked delete and stands in no plan yet."""
    planned = {id for plan in library.asked.plans() for id in plan.items}
    return frozenset(library.ids(_MARKED)) - planned


def looks_due(library: Library, providers: Mapping[str, Provider], now_ms: int) -> int:
    """How many plans wait for a look."""
    from app.verification import checklist

    due = 0
    for plan in library.asked.plans():
        rows = checklist(library, providers, plan.id)
        due += any(row.judged and row.next_look_ms is not None and row.next_look_ms <= now_ms for row in rows)
    return due


class Counting(QObject):
    """Counts whenever it is asked to, but never twice at once; emits `counted` (a `Tally`) and `due_counted`."""

    counted = Signal(object)
    due_counted = Signal(int)

    def __init__(self, jobs: JobRunner, providers: Mapping[str, Provider], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._providers = providers
        self._counting = False
        self._stale = False
        jobs.idle.connect(self._rest)

    def count_decisions(self) -> None:
        """Count what a decision changes."""
        if self._counting:
            self._stale = True
            return
        self._counting = True
        self._jobs.start("", at_once(tally), self._show)

    def count_anew(self) -> None:
        """Count everything, the looks that are due too."""
        self.count_decisions()

        def due(library: Library) -> int:
            return looks_due(library, self._providers, round(time.time() * 1000))

        self._jobs.start("", at_once(due), self.due_counted.emit)

    def _show(self, found: Tally) -> None:
        self._counting = False
        if self._stale:
            self._stale = False
            self.count_decisions()
        self.counted.emit(found)

    def _rest(self) -> None:
        """A count that failed or was stopped is over too."""
        self._counting = self._stale = False
