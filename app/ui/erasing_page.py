"""What is shown while the copy here is being destroyed."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from app.model import Progress
from app.ui.look import SMALL
from app.ui.threshold import Threshold
from app.ui.widgets import Quiet

_WHY = "This is final. The library is written anew under another key, and the old key is destroyed; please wait."


class ErasingPage(Threshold):
    """How far the destroying is. It cannot be stopped once it has begun."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__("shredder", title or "Destroying the copy here…", _WHY, parent)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(SMALL)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the destroying has come")
        self.doing = Quiet(" ")
        self.column.addWidget(self.bar)
        self.column.addWidget(self.doing)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the work has come."""
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        if progress.doing:
            self.doing.setText(progress.doing)
