"""Nothing of the household stays beside the window when it is locked, or hidden with one key."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QClipboard, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget


class HideKey(QObject):
    """Emits `pressed` where F9 is pressed in any window of the program, also in one that lets no other be reached."""

    pressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.key() != Qt.Key.Key_F9 or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        if not event.isAutoRepeat():
            self.pressed.emit()
        return True


def hush(frame: QWidget) -> None:
    """Close every window but *frame*, whatever it asks; take the tip away, and what was copied here."""
    close_others(frame)
    forget_copied(QApplication.clipboard())


def close_others(frame: QWidget) -> None:
    """Close every window but *frame*, whatever it asks, and take the tip away."""
    for window in QApplication.topLevelWidgets():
        if window is frame or not window.isVisible():
            continue
        if isinstance(window, QDialog):
            window.reject()  # some dialogs refuse to be closed, but none this
        else:
            window.close()
    QToolTip.hideText()


class Clipboard(Protocol):
    """What of a `QClipboard` is asked here."""

    def ownsClipboard(self) -> bool: ...

    def ownsSelection(self) -> bool: ...

    def clear(self, mode: QClipboard.Mode, /) -> None: ...


def forget_copied(clipboard: Clipboard) -> None:
    """Empty *clipboard* where what it holds was copied here; what others put there stays."""
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
