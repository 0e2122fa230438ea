"""A plan as a guide: what to do in the vendor's page, step by step, with a tick for each step done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.model import Operation, Plan, PlanItem
from app.providers.provider import Provider
from app.ui import words
from app.ui.fields import Tick
from app.ui.look import EDGE, GAP, HAIR, SMALL, Ink
from app.ui.widgets import Button, Card, Heading, Line, Prose, Quiet, QuietProse, row, stack

_STEPS_SHOWN = 20
"""Steps laid out at once; the next ones follow when these are done."""


class StepRow(QWidget):
    """One step: a tick, the vendor's words for it, and what it takes along."""

    def __init__(self, operation: Operation, asked_ms: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operation = operation
        self.tick = Tick()
        self.tick.setAccessibleName(f"Step {operation.step} done: {operation.words}")
        self.tick.setToolTip("I did this in the vendor's page")
        self.tick.setChecked(asked_ms is not None)
        self.tick.setEnabled(asked_ms is None)
        about = [words.count(len(operation.covers), "recording")]
        if operation.collateral:
            about.append(f"takes {words.count(len(operation.collateral), 'other')} along")
        if asked_ms is not None:
            about.append(f"asked {words.moment(asked_ms)}")
        self.along = Button("Show them", plain=True)
        self.along.setFixedHeight(EDGE)
        if not operation.collateral:
            self.along.hide()
        self.along.setAccessibleName(f"Show what step {operation.step} takes along")
        beside = Quiet(" · ".join(about), Ink.KEEP if asked_ms is not None else Ink.QUIET)
        said = row(self.tick, Prose(operation.words), 1, self.along, beside, spacing=GAP)
        for part in (self.tick, self.along, beside):
            said.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        said.setContentsMargins(0, SMALL, 0, SMALL)
        self.setLayout(said)


class PlanCard(Card):
    """Emits `asked` with the plan and its steps that were done (None: all), and `check_wanted` with the plan."""

    asked = Signal(int, object)
    check_wanted = Signal(int)
    items_wanted = Signal(object)

    def __init__(
        self,
        plan: Plan,
        items: Sequence[PlanItem],
        providers: Mapping[str, Provider],
        *,
        opened: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._done = {item.step: item.asked_ms for item in items if item.asked_ms is not None}
        self._open_steps = [step for step in plan.operations if step.step not in self._done]
        self.steps: list[StepRow] = []
        self.state = Quiet()
        self.unfold = Button("Steps", "chevron-right", plain=True)
        self.unfold.setCheckable(True)
        self.check = Button("Check it", "shield-check", primary=not self._open_steps)
        if not self._done:
            self.check.hide()
        self.check.clicked.connect(lambda: self.check_wanted.emit(plan.id))
        steps = len(plan.operations)
        self.all_done = Button(f"All {words.number(steps)} steps done" if steps > 1 else "Done", "check", primary=True)
        if not self._open_steps:
            self.all_done.hide()
        self.all_done.clicked.connect(lambda: self.asked.emit(plan.id, None))
        self._providers = providers
        self._cooling = False
        self._guide = QWidget()
        self._guide.hide()
        self.unfold.toggled.connect(self._unfold)
        self._lay_out()
        self.unfold.setChecked(opened and bool(self._open_steps))

    def _lay_out(self) -> None:
        title = Heading(f"Plan of {words.day(self._plan.made_ms)}")
        about = Quiet(
            f"{words.count(len(self._plan.items), 'recording')} · {words.count(len(self._plan.operations), 'step')}"
        )
        self.column.addLayout(
            row(stack(title, row(about, self.state, 1, spacing=GAP), spacing=HAIR), self.check, self.unfold)
        )
        self.column.addWidget(self._guide)

    def _lay_out_guide(self) -> None:
        column = stack(spacing=0)
        for key in dict.fromkeys(step.provider for step in self._plan.operations):
            self._put_provider(column, self._providers[key])
        column.addLayout(row(self.all_done, 1))
        self._guide.setLayout(column)
        self._show_cooling()

    def _put_provider(self, column: QVBoxLayout, provider: Provider) -> None:
        page = Button(f"Open {provider.name}'s page", "external-link")
        page.setToolTip(provider.page)
        page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(provider.page)))
        head = row(Heading(f"At {provider.name}"), 1, page)
        head.setContentsMargins(0, GAP, 0, SMALL)
        column.addLayout(head)
        mine = [step for step in self._plan.operations if step.provider == provider.key]
        # What is still to do comes first; a plan of a thousand single steps is not laid out at once.
        mine.sort(key=lambda step: (step.step in self._done, step.step))
        for step in mine[:_STEPS_SHOWN]:
            column.addWidget(Line())
            column.addWidget(self._step(step))
        if (hidden := len(mine) - _STEPS_SHOWN) > 0:
            follow = "follow as these are done" if self._open_steps else "were asked too"
            column.addWidget(QuietProse(f"{words.count(hidden, 'more step')} {follow}."))

    def _step(self, operation: Operation) -> StepRow:
        one = StepRow(operation, self._done.get(operation.step))
        one.tick.clicked.connect(lambda: self.asked.emit(self._plan.id, [operation.step]))
        one.along.clicked.connect(lambda: self.items_wanted.emit(operation.collateral))
        self.steps.append(one)
        return one

    def _unfold(self, wanted: bool) -> None:
        if self._guide.layout() is None:
            self._lay_out_guide()  # not before: a plan can have hundreds of steps, and there can be many plans
        self._guide.setVisible(wanted)
        self.unfold.show_drawing("chevron-down" if wanted else "chevron-right")

    def show_time(self, now_ms: int) -> bool:
        """Show where the plan stands at *now_ms*; whether it still cools off."""
        self._cooling = now_ms < self._plan.ready_ms
        self._show_cooling()
        if self._cooling:
            self.state.setText(f"Time to think until {words.clock(self._plan.ready_ms)}; the steps open then")
            self.state.set_ink(Ink.WARNING)
        elif self._open_steps:
            done = len(self._plan.operations) - len(self._open_steps)
            self.state.setText(f"{words.number(done)} of {words.count(len(self._plan.operations), 'step')} asked")
            self.state.set_ink(Ink.ACCENT)
        else:
            self.state.setText("Everything was asked")
            self.state.set_ink(Ink.KEEP)
        return self._cooling

    def _show_cooling(self) -> None:
        for one in self.steps:
            one.tick.setEnabled(not self._cooling and not one.tick.isChecked())
        self.all_done.setEnabled(not self._cooling)
