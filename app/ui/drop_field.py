"""The large field that archives are dropped on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from app.ui import look
from app.ui.look import EDGE, GAP, SMALL, Ink
from app.ui.widgets import Button, Heading, Picture, Quiet, row, stack


class DropField(QWidget):
    """Emits `dropped` with the paths of what was let go over it; `files` and `folder` are its two buttons."""

    dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAccessibleName("Drop archives here")
        self._over = False
        self.sentence = Heading("Drop archives here")
        self.detail = Quiet("Zips, folders or single files; all parts of one archive together")
        self.files = Button("Choose files…", "file-archive", primary=True)
        self.folder = Button("Choose folder…", "folder-open")
        middle = Qt.AlignmentFlag.AlignHCenter
        column = stack(spacing=SMALL)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.addWidget(Picture("package-open", 32, Ink.ACCENT, circle=True), 0, middle)
        column.addSpacing(SMALL)
        column.addWidget(self.sentence, 0, middle)
        column.addWidget(self.detail, 0, middle)
        column.addSpacing(SMALL)
        column.addLayout(row(1, self.files, self.folder, 1))
        self.setLayout(column)

    def show_reading(self, reading: bool) -> None:
        """Take nothing more while something is being read."""
        self.setAcceptDrops(not reading)
        self.files.setEnabled(not reading)
        self.folder.setEnabled(not reading)
        self.sentence.setText("Reading…" if reading else "Drop archives here")

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
