"""Nothing of the household stays beside the locked window."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.hush import forget_copied, hush


class FakeClipboard:
    """A clipboard whose contents this program put there, or another."""

    def __init__(self, *, ours: bool) -> None:
        self.ours = ours
        self.contents = dict.fromkeys((QClipboard.Mode.Clipboard, QClipboard.Mode.Selection), "play baby shark")

    def ownsClipboard(self) -> bool:
        return self.ours

    def ownsSelection(self) -> bool:
        return self.ours

    def clear(self, mode: QClipboard.Mode, /) -> None:
        del self.contents[mode]


def test_what_was_copied_here_is_taken_from_the_clipboard() -> None:
    clipboard = FakeClipboard(ours=True)

    forget_copied(clipboard)

    assert clipboard.contents == {}


def test_what_others_copied_stays() -> None:
    clipboard = FakeClipboard(ours=False)

    forget_copied(clipboard)

    assert len(clipboard.contents) == 2


@pytest.mark.parametrize("kind", [QDialog, QMessageBox, QMenu, QWidget])
def test_every_other_window_is_closed(kind: type[QWidget], qtbot: QtBot, qapp: QApplication) -> None:
    frame, other = QWidget(), kind()
    for widget in (frame, other):
        qtbot.addWidget(widget)
        widget.show()

    hush(frame)

    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == [frame]
