"""What stands in front of the library: one sheet in the middle of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.model import Problem
from app.ui import look
from app.ui.look import EDGE, GAP, HAIR, SMALL, Ink
from app.ui.scroll import SlimBar
from app.ui.widgets import Button, Card, Picture, Prose, Title, row, stack

_WIDE = 480


class Threshold(QScrollArea):
    """A page with one question; what it asks goes into `column`, what went wrong stands in `trouble`."""

    def __init__(self, picture: str, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Title(title)
        self.purpose = Prose(purpose, Ink.QUIET)
        self.trouble = Prose("", Ink.WARNING)
        self.trouble.hide()
        sheet = Card(inside=EDGE + SMALL)
        sheet.setFixedWidth(_WIDE)
        self.column = sheet.column
        self.column.setSpacing(SMALL)
        self.column.addWidget(Picture(picture, 24, Ink.ACCENT, circle=True))
        self.column.addSpacing(SMALL)
        self.column.addLayout(stack(self.title, self.purpose, spacing=HAIR))
        self.column.addSpacing(SMALL)
        self._lay_out(sheet)

    def _lay_out(self, sheet: Card) -> None:
        inside = QWidget()
        inside.setAutoFillBackground(False)
        whole = stack(2, row(1, sheet, 1), 3)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        inside.setLayout(whole)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inside)
        if not look.native():
            self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))

    def show_problem(self, problem: Problem) -> None:
        """Show in place what went wrong and what can be done."""
        self.trouble.setText(str(problem))
        self.trouble.setAccessibleName(str(problem))
        self.trouble.show()

    def forget_problem(self) -> None:
        """Show nothing of an earlier mistake."""
        self.trouble.setText("")
        self.trouble.hide()


class Stopped(Threshold):
    """Says why nothing can be opened; `again` tries once more."""

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__("triangle-alert", "Earshot cannot go on here", problem.message, parent)
        self.again = Button("Try again", primary=True)
        self.column.addWidget(Prose(problem.advice))
        self.column.addSpacing(SMALL)
        self.column.addLayout(row(1, self.again))
