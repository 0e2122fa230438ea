"""The page where a later archive is held against a plan: what is gone, what is still held, what cannot be told."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.library import Library
from app.model import ChecklistRow, Happened, Job, Look, Plan, PlanItem, Source
from app.providers.provider import Provider
from app.ui import words
from app.ui.behind import Behind
from app.ui.bring_in import ARCHIVES
from app.ui.checklist import Checklist, by_provider
from app.ui.copies import CopyLine
from app.ui.erasing import ask_to_destroy
from app.ui.fields import Choice
from app.ui.hints import Hint
from app.ui.jobs import JobRunner, at_once
from app.ui.look import EDGE, GAP, SMALL
from app.ui.made import MadeQuestion
from app.ui.scroll import Scroll
from app.ui.widgets import Button, EmptyState, PageHeader, Quiet, clear, row, stack

PURPOSE = "See, layer by layer, what a later archive still holds."


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan with what stands now of it, and the later sources that nobody has held against it yet."""

    plans: tuple[Plan, ...]
    plan: Plan
    items: tuple[PlanItem, ...]
    rows: tuple[ChecklistRow, ...]
    looks: tuple[Look, ...]
    unlooked: tuple[Source, ...]
    gone: int
    """How many were found gone while their copy is still here."""

    @property
    def asked_ms(self) -> int | None:
        """When the last of the plan's steps was asked."""
        return max((item.asked_ms for item in self.items if item.asked_ms is not None), default=None)


def checked(library: Library, providers: Mapping[str, Provider], wanted: int | None) -> Checked | None:
    """How the plan *wanted* stands (None: the newest of which something was asked); None while there is no plan."""
    from app import verification

    plans = sorted(library.asked.plans(), key=lambda plan: (-plan.made_ms, -plan.id))
    if not plans:
        return None
    items_of = {one.id: tuple(library.asked.items(one.id)) for one in plans}
    asked = [one for one in plans if any(item.asked_ms is not None for item in items_of[one.id])]
    plan = next((one for one in plans if one.id == wanted), (asked or plans)[0])
    items = items_of[plan.id]
    looks = tuple(library.concluded.looks(plan.id))
    rows = tuple(verification.checklist(library, providers, plan.id))
    vendors, seen = {item.provider for item in items}, {one.source for one in looks}
    unlooked = tuple(
        source
        for source in library.sources()
        if source.provider in vendors and source.id not in seen and source.brought_in_ms > plan.made_ms
    )
    gone = len(library.erasing.verified(plan.id))
    return Checked(tuple(plans), plan, items, rows, looks, unlooked, gone)


class CheckPage(QWidget):
    """Emits `changed` after a look, `delete_wanted` where something must be asked first, and `erasing_wanted` with what
    to destroy here and a title."""

    changed = Signal()
    delete_wanted = Signal()
    erasing_wanted = Signal(object, str)

    def __init__(
        self, library: Library, jobs: JobRunner, providers: Mapping[str, Provider], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._providers = providers
        self._wanted: int | None = None
        self._found: Checked | None = None
        self.header = PageHeader("Check", PURPOSE)
        self.empty = EmptyState(
            "shield-check",
            "There is no plan to check yet. Make one on the Delete page and ask the vendor.",
            "Go to Delete",
        )
        self.empty.button.clicked.connect(self.delete_wanted)
        self.plan = Choice()
        self.plan.setAccessibleName("Plan")
        self.plan.activated.connect(lambda _: self.show_plan(self.plan.currentData()))
        self.later = Button("Bring in a later archive…", "file-archive", primary=True)
        self.later.clicked.connect(self._choose)
        self.save = Button("Save report…", "file-down")
        self.save.clicked.connect(self._save)
        self.behind = Behind(jobs)
        self.copy = CopyLine()
        self.copy.destroying_wanted.connect(self._ask_about_copy)
        self.questions: list[MadeQuestion] = []
        self.checklists: list[Checklist] = []
        self._lay_out()

    def _lay_out(self) -> None:
        self.header.tools.addWidget(self.save)
        self.header.tools.addWidget(self.later)
        self._about = Quiet()
        self._plan_line = QWidget()
        self._plan_line.setLayout(row(self.plan, self._about, 1, spacing=GAP))
        top = stack(self.header, self._plan_line, spacing=GAP)
        top.setContentsMargins(EDGE, EDGE, EDGE, GAP)
        self._body = Scroll(widest=1200)
        self._asking = stack(spacing=SMALL)
        self._lists = stack(spacing=GAP)
        self._body.column.addLayout(self._asking)
        self._body.column.addWidget(self.copy)
        self._body.column.addLayout(self._lists)
        self._body.column.addStretch(1)
        whole = stack(top, spacing=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.behind)
        self.setLayout(whole)
        self._show(None)

    def refresh(self) -> None:
        """Show how the plan stands."""
        wanted = self._wanted
        self._jobs.start(
            "Reading the checklist…", at_once(lambda library: checked(library, self._providers, wanted)), self._show
        )

    def show_plan(self, plan: int) -> None:
        """Show the plan *plan*."""
        self._wanted = plan
        self.behind.hide()
        self.refresh()

    def _show(self, found: Checked | None) -> None:
        self._found = found
        for part in (self._body, self._plan_line, self.later, self.save):
            part.setVisible(found is not None)
        self.empty.setVisible(found is None)
        clear(self._asking)
        clear(self._lists)
        self.questions, self.checklists = [], []
        if found is not None:
            self._show_plan(found)

    def _show_plan(self, found: Checked) -> None:
        self.plan.clear()
        for plan in found.plans:
            self.plan.addItem(f"Plan of {words.moment(plan.made_ms)}", plan.id)
        self.plan.setCurrentIndex(self.plan.findData(found.plan.id))
        asked = f"asked {words.day(found.asked_ms)}" if found.asked_ms is not None else "nothing asked yet"
        looks = words.count(len(found.looks), "look") if found.looks else "not looked at yet"
        self._about.setText(f"{words.count(len(found.items), 'recording')} · {asked} · {looks}")
        self.later.setEnabled(found.asked_ms is not None)
        self.copy.show_copy(found.gone, found.plan.copy_until_ms)
        if found.asked_ms is None:
            self._asking.addWidget(self._not_asked())
        elif not found.looks and not found.unlooked:
            self._asking.addWidget(self._not_looked(found))
        elif found.unlooked:
            self._offer(found)
        for key, rows in by_provider(found.rows):
            one = Checklist(rows, self._providers[key].name)
            one.items_wanted.connect(self.behind.show_items)
            self.checklists.append(one)
            self._lists.addWidget(one)

    def _ask_about_copy(self) -> None:
        if self._found is None:
            return
        plan = self._found.plan.id

        def which(library: Library) -> Sequence[int]:
            return library.erasing.verified(plan)

        ask_to_destroy(self._jobs, self._providers, which, self, self.erasing_wanted.emit)

    def _not_asked(self) -> Hint:
        hint = Hint(
            "hourglass", "Nothing of this plan was asked yet", "Do its steps on the Delete page first.", "Go to Delete"
        )
        hint.button.clicked.connect(self.delete_wanted)
        return hint

    def _not_looked(self, found: Checked) -> Hint:
        vendors = words.listed(dict.fromkeys(self._providers[item.provider].name for item in found.items))
        return Hint(
            "file-archive",
            "Now ask for a fresh archive",
            f"Only an archive that {vendors} made after you asked can show what is gone. Ask for one as you did the "
            "first time, and bring it in here when it comes; a few recordings that you keep serve as the comparison.",
        )

    def _offer(self, found: Checked) -> None:
        names = words.listed(f"“{source.name}”" for source in found.unlooked)
        hint = Hint("file-archive", "A later archive is here", f"{names} came in after this plan was made.", "Look now")
        hint.button.clicked.connect(self.look_at_unlooked)
        self._asking.addWidget(hint)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Choose the later archive", "", ARCHIVES)
        if names:
            self.bring_in([Path(name) for name in names])

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Read the later archive at *paths*, and hold it against the plan."""
        providers = self._providers

        def job(library: Library) -> Job[tuple[Source, ...]]:
            from app import finding, intake

            brought = yield from intake.bring_in(library, paths, providers, now_ms=_now_ms())
            finding.suggest(library)
            return brought.sources

        self._jobs.start("Reading the later archive…", job, self._look_at)

    def look_at_unlooked(self) -> None:
        """Hold against the plan what came in after it."""
        if self._found is not None:
            self._look_at(self._found.unlooked)

    def _look_at(self, sources: Iterable[Source]) -> None:
        if self._found is None:
            return
        vendors = {item.provider for item in self._found.items}
        clear(self._asking)
        for source in sources:
            if source.provider not in vendors:
                continue
            if source.made_ms is not None:
                self._look(source, None)
                continue
            question = MadeQuestion(source)
            question.answered.connect(self._look)
            self.questions.append(question)
            self._asking.addWidget(question)
        self.changed.emit()

    def _look(self, source: Source, made_ms: int | None) -> None:
        found = self._found
        if found is None:
            return
        plan = found.plan.id

        def work(library: Library) -> Look:
            from app import verification

            return verification.look(library, self._providers, plan, source.id, now_ms=_now_ms(), made_ms=made_ms)

        self._jobs.start("Looking…", at_once(work), lambda _: self._looked())

    def _looked(self) -> None:
        self.refresh()
        self.changed.emit()

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Save the report", "Earshot report.html", "Page (*.html);;PDF (*.pdf)"
        )
        if name:
            self.save_report(Path(name))

    def save_report(self, path: Path) -> None:
        """Write the report of the plan to *path*: a page, or a PDF if the name ends so."""
        if self._found is None:
            return
        plan, rows = self._found.plan.id, self._found.rows

        def work(library: Library) -> None:
            from app import evidence
            from app.ui import printing

            page = evidence.report_html(library, self._providers, plan, rows, _now_ms())
            printing.save(page, path)
            library.log.note(Happened.EXPORTED, what="pdf" if path.suffix.lower() == ".pdf" else "report")

        self._jobs.start("Writing the report…", at_once(work), lambda _: self._saved(path))

    def _saved(self, path: Path) -> None:
        self._about.setText(f"Report saved as {path.name}")


def _now_ms() -> int:
    return round(time.time() * 1000)
