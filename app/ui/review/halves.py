"""The list and the card side by side, as wide as the parent last left them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from app.library import Library
from app.ui.jobs import JobRunner, at_once
from app.ui.look import SMALL

_SETTING = "review.widths"
_SETTLED_MS = 800


class Halves(QSplitter):
    """Keeps its widths in the library."""

    def __init__(
        self, left: QWidget, right: QWidget, library: Library, jobs: JobRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._jobs = jobs
        self.addWidget(left)
        self.addWidget(right)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 1)
        self.setHandleWidth(SMALL)
        widths = (library.setting(_SETTING) or "").split()
        if len(widths) == 2 and all(width.isdecimal() for width in widths):
            self.setSizes([int(width) for width in widths])
        self.settled = QTimer(self)
        self.settled.setSingleShot(True)
        self.settled.setInterval(_SETTLED_MS)
        self.settled.timeout.connect(self._keep)
        self.splitterMoved.connect(lambda _place, _which: self.settled.start())

    def _keep(self) -> None:
        widths = " ".join(map(str, self.sizes()))
        keep = at_once(lambda library: library.set_setting(_SETTING, widths))
        self._jobs.start("Keeping the widths…", keep, lambda _: None)
