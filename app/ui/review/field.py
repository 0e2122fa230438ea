"""The field to search what was said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from app.ui import icons
from app.ui.look import Ink

_TYPING_MS = 150


class SearchField(QLineEdit):
    """Emits `searched` when the typing pauses, and `left` when the parent is done with it."""

    searched = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Search what was said")
        self.setAccessibleName("Search what was said")
        self.setToolTip("Search what was said (/)")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(260)
        self.setMinimumHeight(32)
        self._drawing = self.addAction(self._lens(), QLineEdit.ActionPosition.LeadingPosition)
        for button, name in zip(self.findChildren(QToolButton), ("Clear the search", "Search"), strict=True):
            button.setAccessibleName(name)
        self.typed = QTimer(self)
        self.typed.setSingleShot(True)
        self.typed.setInterval(_TYPING_MS)
        self.typed.timeout.connect(self.searched)
        self.textChanged.connect(lambda _words: self.typed.start())
        self.returnPressed.connect(self.left)

    def take_focus(self) -> None:
        """Be ready to be typed into."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._drawing.setIcon(self._lens())

    def _lens(self) -> QIcon:
        return icons.icon("search", Ink.QUIET, self.palette())
