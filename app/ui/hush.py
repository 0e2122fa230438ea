"""Nothing of the household stays beside the window when it is locked."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget


def hush(frame: QWidget) -> None:
    """Close every window but *frame*, whatever it asks; take the tip away, and what was copied here."""
    for window in QApplication.topLevelWidgets():
        if window is frame or not window.isVisible():
            continue
        if isinstance(window, QDialog):
            window.reject()  # some dialogs refuse to be closed, but none this
        else:
            window.close()
    QToolTip.hideText()
    forget_copied(QApplication.clipboard())


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
