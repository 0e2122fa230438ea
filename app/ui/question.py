"""A question that is asked before something is done that cannot be undone, or that needs the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.library import Library
from app.model import Problem
from app.ui import icons, look
from app.ui.fields import Field
from app.ui.jobs import JobRunner, at_once
from app.ui.look import EDGE, GAP, HAIR, SMALL, Ink
from app.ui.widgets import Button, Prose, Said, Title, row, stack

T = TypeVar("T")

_WIDE = 520


class Destructive(Button):
    """A button that destroys: its drawing has the colour of what goes."""

    def __init__(self, text: str, *, plain: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, "shredder", plain=plain, parent=parent)

    def _draw(self) -> None:
        self.setIcon(icons.icon(self._drawing, Ink.DELETE, self.palette()))

    def _ground(self) -> QColor:
        return super()._ground() if self.isEnabled() else look.colour(Ink.HOVER, self.palette())


class Question(QDialog):
    """Emits `agreed` where the parent goes on. Enter alone does so only in an *eager* question; in any other it presses
    the button that changes nothing. Esc closes the question."""

    agreed = Signal()

    def __init__(self, title: str, sentence: str, go_on: Button, parent: QWidget, *, eager: bool = False) -> None:
        super().__init__(parent)
        self._eager = eager
        self.setWindowTitle("Earshot")
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._busy = False
        self._over = False
        self.title = Title(title)
        self.title.setWordWrap(True)
        self.sentence = Prose(sentence)
        self.sentence.setVisible(bool(sentence))
        self.trouble = Prose("", Ink.WARNING)
        self.trouble.hide()
        self.go_on = go_on
        self.cancel = Button("Cancel")
        self.column = stack(spacing=GAP)
        self._lay_out()
        self.finished.connect(self._end)
        self.cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.agreed)

    def _lay_out(self) -> None:
        self._whole = stack(stack(self.title, self.sentence, spacing=SMALL), self.column, self.trouble, spacing=GAP)
        self._whole.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self.setLayout(self._whole)
        self.setFixedWidth(_WIDE)
        self.go_on.setAutoDefault(self._eager)
        (self.go_on if self._eager else self.cancel).setDefault(True)

    def ask(self) -> None:
        """Show the question; the page behind it waits, the rest of the program does not."""
        self._whole.addSpacing(SMALL)
        self._whole.addLayout(row(1, self.cancel, self.go_on))  # now, so that the keyboard comes to them last
        self.open()
        self.adjustSize()

    def show_problem(self, problem: Problem) -> None:
        """Show in place what went wrong."""
        self._let_answer(True)
        self.trouble.setText(str(problem))
        self.trouble.setAccessibleName(str(problem))
        self.trouble.show()
        self.adjustSize()

    def carry_out(self, jobs: JobRunner, title: str, work: Callable[[Library], T], done: Callable[[T], None]) -> None:
        """Do *work* in the worker; then close and give its result to *done*, or show the `Problem` with it here."""

        def tried(library: Library) -> tuple[T] | Problem:
            try:
                return (work(library),)
            except Problem as problem:
                return problem

        def settle(outcome: tuple[T] | Problem) -> None:
            if isinstance(outcome, Problem):
                if not self._over:
                    self.show_problem(outcome)
                return
            if not self._over:
                self.accept()
            done(*outcome)

        self.trouble.hide()
        self._let_answer(False)
        jobs.start(title, at_once(tried), settle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._busy and event.key() == Qt.Key.Key_Escape:
            return  # what has begun is not left with its end unseen
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QLineEdit):
            if self._eager:
                self.go_on.click()
            return
        super().keyPressEvent(event)

    def _let_answer(self, can: bool) -> None:
        self._busy = not can
        for part in (self.go_on, self.cancel):
            part.setEnabled(can)

    def _end(self) -> None:
        self._over = True


class Secret(QWidget):
    """A field for a passphrase with its name above it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = Field()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(name)
        label = Said(name)
        label.setBuddy(self.field)
        self.setLayout(stack(label, self.field, spacing=HAIR))

    @property
    def text(self) -> str:
        """What was typed."""
        return self.field.text()
