"""The large field that archives are dropped on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QProgressBar, QWidget

from app.model import Progress
from app.ui import look
from app.ui.look import EDGE, GAP, SMALL, Ink
from app.ui.widgets import Button, Heading, Picture, Quiet, row, stack

_SENTENCE = "Drop archives here"
_DETAIL = "Zips, folders or single files; all parts of one archive together"


class DropField(QWidget):
    """Emits `dropped` with the paths of what was let go over it; `files`, `folder` and `stop` are its buttons."""

    dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAccessibleName("Drop archives here")
        self._over = False
        self.sentence = Heading(_SENTENCE)
        self.detail = Quiet(_DETAIL)
        self.files = Button("Choose files…", "file-archive", primary=True)
        self.folder = Button("Choose folder…", "folder-open")
        self.bar = QProgressBar()
        self.bar.setFixedSize(320, SMALL)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the reading has come")
        self.stop = Button("Stop", "x")
        self._lay_out()

    def _lay_out(self) -> None:
        self._reading = QWidget()
        reading = stack(spacing=GAP)
        reading.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        reading.addLayout(row(1, self.stop, 1))
        self._reading.setLayout(reading)
        self._reading.hide()
        self._choosing = QWidget()
        self._choosing.setLayout(row(1, self.files, self.folder, 1))
        middle = Qt.AlignmentFlag.AlignHCenter
        column = stack(spacing=SMALL)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.addWidget(Picture("package-open", 32, Ink.ACCENT, circle=True), 0, middle)
        column.addSpacing(SMALL)
        column.addWidget(self.sentence, 0, middle)
        column.addWidget(self.detail, 0, middle)
        column.addSpacing(SMALL)
        column.addWidget(self._choosing)
        column.addWidget(self._reading)
        self.setLayout(column)

    def show_reading(self, reading: bool) -> None:
        """Take nothing more while something is being read."""
        self.setAcceptDrops(not reading)
        self._choosing.setVisible(not reading)
        self._reading.setVisible(reading)
        self.sentence.setText("Reading…" if reading else _SENTENCE)
        self.detail.setText("" if reading else _DETAIL)
        self.bar.setRange(0, 0)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the reading has come, if something is being read."""
        if self._reading.isVisibleTo(self):
            self.bar.setRange(0, progress.total)
            self.bar.setValue(min(progress.done, progress.total))
            self.detail.setText(progress.doing)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        event.acceptProposedAction()
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour(Ink.PILL, palette) if self._over else palette.color(QPalette.ColorRole.Base))
        ink = Ink.ACCENT if self._over else Ink.LINE
        pen = QPen(look.colour(ink, palette), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), GAP - 4, GAP - 4)
        painter.end()
