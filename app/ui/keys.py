"""All keys, on one sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.ui import look
from app.ui.look import EDGE, GAP, SMALL, Ink
from app.ui.widgets import Button, Heading, Said, Title, row, stack

KEYS = (
    (
        "Listen",
        (
            ("Space", "play, pause"),
            ("J, L", "back, forward two seconds"),
            ("←, →", "previous, next recording"),
        ),
    ),
    (
        "Decide",
        (
            ("K", "keep"),
            ("D", "delete"),
            ("U", "undecided"),
            ("B", "keepsake"),
            ("Ctrl+A", "all that the filter shows"),
            ("Ctrl+Z", "undo"),
            ("Ctrl+Shift+Z", "redo"),
        ),
    ),
    ("Find", (("/", "search what was said"), ("F", "filter"))),
    (
        "Window",
        (
            ("Ctrl+1 … Ctrl+7", "the pages in their order"),
            ("Ctrl+L", "lock now"),
            ("F9", "hide everything at once, and show it again"),
            ("Esc", "close, or stop what runs"),
            ("?", "this sheet"),
        ),
    ),
)
"""Every key by what it is for."""


class KeySheet(QDialog):
    """The sheet of all keys; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("All keys")
        grid = QGridLayout()
        grid.setHorizontalSpacing(EDGE)
        grid.setVerticalSpacing(SMALL)
        line = 0
        for title, keys in KEYS:
            grid.addWidget(Heading(title), line, 0, 1, 2)
            grid.setRowMinimumHeight(line, EDGE + SMALL)
            for key, what in keys:
                line += 1
                grid.addWidget(Said(key, Ink.ACCENT), line, 0)
                grid.addWidget(Said(what), line, 1)
            line += 1
        self.done_button = Button("Close")
        self.done_button.clicked.connect(self.accept)
        whole = stack(Title("All keys"), grid, row(1, self.done_button), spacing=GAP)
        whole.setContentsMargins(EDGE, EDGE, EDGE, GAP)
        self.setLayout(whole)
        self.setFont(look.number_font(self.font()))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
