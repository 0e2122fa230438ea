"""The page where what is marked becomes a plan, and the plan is asked for step by step."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.deletion import DryRun
from app.library import Library
from app.model import Filter, Plan, PlanItem
from app.providers.provider import Provider
from app.ui.behind import Behind
from app.ui.guide import PlanCard
from app.ui.jobs import JobRunner, at_once
from app.ui.look import EDGE, GAP
from app.ui.marked import MarkedCard
from app.ui.scroll import Scroll
from app.ui.tally import unasked
from app.ui.widgets import EmptyState, Heading, PageHeader, clear, stack

PURPOSE = "See exactly what would go, then ask the vendor for it, one step after the other."
_CLOCK_MS = 15_000
"""How often the page looks whether a plan's time of reflection is over."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page shows: what freezing now would do (None: nothing is marked), and the plans, newest first."""

    marked: Filter | None
    dry_run: DryRun | None
    plans: tuple[tuple[Plan, tuple[PlanItem, ...]], ...]


def asking(library: Library, providers: Mapping[str, Provider]) -> Asking:
    """What is marked and what was planned, as the library has it now."""
    from app import deletion

    plans = sorted(library.asked.plans(), key=lambda plan: (-plan.made_ms, -plan.id))
    waiting = unasked(library)
    marked = (Filter(ids=waiting) if plans else Filter()) if waiting else None
    return Asking(
        marked,
        deletion.dry_run(library, providers, marked) if marked is not None else None,
        tuple((plan, tuple(library.asked.items(plan.id))) for plan in plans),
    )


class DeletePage(QWidget):
    """Emits `changed` when a plan was made or a step was asked, `review_wanted` and `check_wanted` (a plan's id)."""

    changed = Signal()
    review_wanted = Signal()
    check_wanted = Signal(int)

    def __init__(
        self, library: Library, jobs: JobRunner, providers: Mapping[str, Provider], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._providers = providers
        self.header = PageHeader("Delete", PURPOSE)
        self.empty = EmptyState(
            "trash-2",
            "Nothing is marked delete yet. Decide in Review what must go, and it appears here.",
            "Go to Review",
        )
        self.empty.button.clicked.connect(self.review_wanted)
        self.behind = Behind(jobs)
        self.marked: MarkedCard | None = None
        self.plans: list[PlanCard] = []
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self._tick)
        self._lay_out()

    def _lay_out(self) -> None:
        self._body = Scroll(widest=960)
        self._body.hide()
        self.empty.hide()
        top = stack(self.header)
        top.setContentsMargins(EDGE, EDGE, EDGE, GAP)
        whole = stack(top, spacing=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.behind)
        self.setLayout(whole)

    def refresh(self) -> None:
        """Show what is marked and what was planned."""
        self._jobs.start(
            "Counting what would go…", at_once(lambda library: asking(library, self._providers)), self._show
        )

    def _show(self, found: Asking) -> None:
        column = self._body.column
        clear(column)
        self.marked, self.plans = None, []
        self.empty.setVisible(found.dry_run is None and not found.plans)
        self._body.setVisible(not self.empty.isVisibleTo(self))
        if found.dry_run is not None and found.marked is not None:
            marked = found.marked
            self.marked = MarkedCard(found.dry_run, self._providers)
            self.marked.freeze_wanted.connect(lambda wait, days: self._freeze(marked, wait, days))
            self.marked.items_wanted.connect(self._show_along)
            column.addWidget(self.marked)
        if found.plans:
            column.addWidget(Heading("Plans"))
        for place, (plan, items) in enumerate(found.plans):
            card = PlanCard(plan, items, self._providers, opened=place == 0 and self.marked is None)
            card.asked.connect(self._attest)
            card.check_wanted.connect(self.check_wanted)
            card.items_wanted.connect(self._show_along)
            self.plans.append(card)
            column.addWidget(card)
        column.addStretch(1)
        self._tick()

    def _show_along(self, ids: tuple[int, ...]) -> None:
        self.behind.show_items(ids, "Would go along although it is not marked")

    def _freeze(self, marked: Filter, wait: bool, copy_days: int | None) -> None:
        def work(library: Library) -> Plan:
            from app import deletion

            return deletion.freeze(library, self._providers, marked, now_ms=_now_ms(), wait=wait, copy_days=copy_days)

        self._jobs.start("Making the plan…", at_once(work), lambda _: self._changed())

    def _attest(self, plan: int, steps: list[int] | None) -> None:
        def work(library: Library) -> int:
            from app import deletion

            return deletion.attest(library, plan, steps, _now_ms())

        self._jobs.start("Noting what you asked…", at_once(work), lambda _: self._changed())

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()

    def _tick(self) -> None:
        cooling = [card.show_time(_now_ms()) for card in self.plans]
        if any(cooling):
            self._clock.start()
        else:
            self._clock.stop()


def _now_ms() -> int:
    return round(time.time() * 1000)
