"""The dry run: what would go, what stays, what to think of first, and the button that makes a plan of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.deletion import COOLING_OFF_MS, COPY_DAYS, DryRun, Tally
from app.providers.provider import Provider
from app.ui import look, words
from app.ui.copies import DAYS
from app.ui.fields import Choice, Tick
from app.ui.look import EDGE, GAP, HAIR, SMALL, Ink
from app.ui.widgets import Button, Card, Heading, Line, Picture, Prose, Quiet, QuietProse, Said, Title, row, stack

_NAMES_SHOWN = 6
_COURT = "No court case, custody matter or claim is open that needs them"
_OTHERS = "No other adult or teenager is in them, or they know and agree"
_COPY = (
    "So long you can still look up what it was, here and sealed. What you keep is spared, and the date can be changed."
)


class MarkedCard(Card):
    """Emits `freeze_wanted` (True: wait first; and after how many days the copy here destroys itself, None: never) once
    both questions are answered, `items_wanted` to show what goes."""

    freeze_wanted = Signal(bool, object)
    items_wanted = Signal(object)

    def __init__(self, run: DryRun, providers: Mapping[str, Provider], parent: QWidget | None = None) -> None:
        super().__init__(parent, inside=EDGE)
        self._run = run
        self.question = Said(confirmation(run))
        self.question.setWordWrap(True)
        self.court = Tick(_COURT)
        self.others = Tick(_OTHERS)
        self.wait = Tick(f"Wait {COOLING_OFF_MS // 3_600_000} hour before the first step, to think again")
        self.wait.setChecked(True)
        self.copy = Choice()
        self.copy.setAccessibleName("The copy here")
        for days in DAYS:
            self.copy.addItem(f"destroys itself in {days} days", days)
        self.copy.addItem("stays here", None)
        self.copy.setCurrentIndex(self.copy.findData(COPY_DAYS))
        self.freeze = Button("Make the plan", "list-checks", primary=True)
        self.freeze.setEnabled(False)
        for box in (self.court, self.others):
            box.toggled.connect(lambda _: self.freeze.setEnabled(self.court.isChecked() and self.others.isChecked()))
        self.freeze.clicked.connect(lambda: self.freeze_wanted.emit(self.wait.isChecked(), self.copy.currentData()))
        self._lay_out()

    def _lay_out(self) -> None:
        run = self._run
        self.column.setSpacing(GAP)
        title = Title(f"{words.count(run.items, 'recording')} marked delete")
        when = "" if run.first_ms is None or run.last_ms is None else words.span(run.first_ms, run.last_ms)
        self.column.addLayout(stack(title, Said(when, Ink.QUIET), spacing=HAIR))
        bars = row(Bars("By person", run.people, "nobody named"), Bars("By device", run.devices, "no device named"))
        bars.setSpacing(2 * EDGE)
        bars.setStretch(0, 1)
        bars.setStretch(1, 1)
        self.column.addLayout(bars)
        self.column.addWidget(Line())
        self.column.addWidget(self.question)
        if run.collateral:
            entries = words.count(run.collateral, "entry", "entries")
            along = Button(f"Show the {entries} that would go along", "eye", plain=True)
            ids = tuple(sorted({id for step in run.operations for id in step.collateral}))
            along.clicked.connect(lambda: self.items_wanted.emit(ids))
            self.column.addLayout(row(along, 1))
        for sentence in run.warnings:
            self.column.addLayout(caution(sentence))
        self.column.addWidget(Line())
        self.column.addWidget(Heading("Before you ask"))
        self.column.addLayout(stack(self.court, self.others, self.wait))
        note = QuietProse("Deleting may destroy evidence, and other people's recordings are as private as yours.")
        self.column.addWidget(note)
        copy = row(Said("The copy here"), self.copy, 1)
        self.column.addLayout(stack(copy, QuietProse(_COPY), spacing=SMALL))
        self.column.addLayout(row(self.freeze, 1))


def caution(sentence: str) -> QVBoxLayout:
    """A warning with its mark."""
    mark = Picture("triangle-alert", 16, Ink.WARNING)
    line = row(mark, Prose(sentence, Ink.WARNING), 1)
    line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    return stack(line)


def confirmation(run: DryRun) -> str:
    """The question before a batch: how many, whose, where, when, and what stays."""
    vendors = words.listed(one.name for one in run.providers) or "the vendor"
    parts = [f"Ask {vendors} to delete {words.count(run.items, 'recording')}?"]
    people = ", ".join(f"{one.name} {words.number(one.count)}" for one in run.people if one.name)
    devices = words.listed([one.name for one in run.devices if one.name][:_NAMES_SHOWN])
    when = "" if run.first_ms is None or run.last_ms is None else words.span(run.first_ms, run.last_ms)
    parts.append(" · ".join(part for part in (people, devices, when) if part) + ".")
    if stays := run.kept + run.keepsakes:
        parts.append(f"{words.number(stays)} that you keep {'stays' if stays == 1 else 'stay'}.")
    if run.undecided:
        parts.append(f"{words.number(run.undecided)} undecided {'stays' if run.undecided == 1 else 'stay'}.")
    question, details, *rest = parts
    return "\n".join(part for part in (question, details, " ".join(rest)) if part)


class Bars(QWidget):
    """Counts by name, each with a bar of its share."""

    def __init__(self, title: str, tallies: Sequence[Tally], nameless: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP - HAIR)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(1, 1)
        most = max((one.count for one in tallies), default=1)
        shown = list(tallies[:_NAMES_SHOWN])
        if rest := sum(one.count for one in tallies[_NAMES_SHOWN:]):
            shown.append(Tally(f"{len(tallies) - _NAMES_SHOWN} more", rest))
        for place, one in enumerate(shown):
            number = Said(words.number(one.count))
            number.setFont(look.number_font(number.font()))
            grid.addWidget(Said(one.name or nameless, None if one.name else Ink.QUIET), place, 0)
            grid.addWidget(Bar(one.count / most), place, 1)
            grid.addWidget(number, place, 2, Qt.AlignmentFlag.AlignRight)
        self.setLayout(stack(Quiet(title), grid, 1))


class Bar(QWidget):
    """A share of the whole, as a bar."""

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = min(share, 1.0)
        self.setMinimumSize(48, SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - SMALL) / 2
        for ink, wide in ((Ink.HOVER, 1.0), (Ink.ACCENT, self._share)):
            painter.setBrush(look.colour(ink, self.palette()))
            painter.drawRoundedRect(QRectF(0, top, max(self.width() * wide, SMALL), SMALL), HAIR, HAIR)
        painter.end()
