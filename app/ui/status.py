"""The line at the foot of the window: true counts, what runs, and what undo would undo."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from app.model import Decision, Progress
from app.ui import look, words
from app.ui.look import GAP, HAIR, SMALL
from app.ui.tally import Tally
from app.ui.widgets import Button, Line, Quiet, row, stack

_PATIENCE_MS = 300
"""Work shorter than this shows no bar: it would only flicker."""


class StatusLine(QWidget):
    """Shows counts, undo and running work; `undo` and `cancel` are its buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = Quiet()
        self.undo = Button("", "undo-2", plain=True)
        self.undo.setFont(look.quiet_font(self.undo.font()))
        self.undo.hide()
        self.doing = Quiet()
        self.bar = QProgressBar()
        self.bar.setFixedSize(160, SMALL)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the work has come")
        self.cancel = Button("Stop", "x", plain=True)
        self.cancel.setFont(self.undo.font())
        self.cancel.setToolTip("Stop what runs (Esc)")
        self._work = QWidget()
        self._work.hide()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._work.show)
        self._lay_out()

    def _lay_out(self) -> None:
        self._work.setLayout(row(self.doing, self.bar, self.cancel))
        line = row(self.counts, 1, self.undo, self._work, spacing=GAP)
        line.setContentsMargins(GAP, HAIR, SMALL, HAIR)
        self.setLayout(stack(Line(), line, spacing=0))
        self.setFixedHeight(44)

    def show_tally(self, tally: Tally) -> None:
        """Show the counts, and what Ctrl+Z would undo."""
        kinds = (
            (Decision.DELETE, "marked delete"),
            (Decision.KEEP, "keep"),
            (Decision.KEEPSAKE, "keepsake"),
            (None, "undecided"),
        )
        said = [
            f"{words.number(tally.counts.get(kind, 0))} {name}"
            for kind, name in kinds
            if tally.counts.get(kind, 0) or kind is not Decision.KEEPSAKE
        ]
        self.counts.setText(" · ".join(said) if sum(tally.counts.values()) else "Nothing brought in yet")
        self.undo.setVisible(tally.undo is not None)
        if tally.undo is not None:
            self.undo.setText(f"Undo: {words.count(tally.undo.changed, 'decision')}")
            self.undo.setToolTip("Take the last decision back (Ctrl+Z)")

    def show_work(self, title: str) -> None:
        """Show that *title* runs, if it lasts long enough to be seen; no title, no work to show."""
        if title:
            self.doing.setText(title)
            self.bar.setRange(0, 0)
            self._patience.start()
        else:
            self.show_rest()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the work has come."""
        self.bar.setRange(0, progress.total)
        self.bar.setValue(min(progress.done, progress.total) if progress.total else 0)
        if progress.doing:
            self.doing.setText(progress.doing)

    def show_rest(self) -> None:
        """Show that nothing runs."""
        self._patience.stop()
        self._work.hide()
