"""What stands over or above everything: the curtain of F9, and the banner of the practice household."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import look
from app.ui.look import GAP, HAIR, SMALL, Ink
from app.ui.widgets import Button, Picture, Prose, Quiet, row, stack


class Curtain(QWidget):
    """Stands in front of everything that somebody could read over a shoulder; emits `opened`."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_again = Button("Show again", "eye")
        self.show_again.setToolTip("Show everything again (F9)")
        self.show_again.clicked.connect(self.opened)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = stack(1, spacing=GAP)
        column.addWidget(Picture("eye-off", 32, Ink.QUIET), 0, middle)
        column.addWidget(Prose("Hidden", Ink.QUIET), 0, middle)
        column.addWidget(self.show_again, 0, middle)
        column.addStretch(1)
        self.setLayout(column)


class Banner(QWidget):
    """Says quietly that this is the practice household, and lets time pass in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pass_time = Button("Let a week pass", "hourglass", plain=True)
        self.pass_time.setToolTip("Bring in the archives that the practice vendors send a week after they were asked")
        line = row(1, Picture("graduation-cap", 16, Ink.ACCENT), self._words(), self.pass_time, 1, spacing=SMALL)
        line.setContentsMargins(GAP, HAIR, GAP, HAIR)
        self.setLayout(line)

    @staticmethod
    def _words() -> Quiet:
        return Quiet("Practice household: nothing here is real", Ink.ACCENT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour(Ink.PILL, self.palette()))
        painter.end()
