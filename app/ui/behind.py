"""The recordings behind a number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.library import Library
from app.model import Row
from app.ui import words
from app.ui.jobs import JobRunner, at_once
from app.ui.look import EDGE, GAP
from app.ui.sources import LongList
from app.ui.widgets import Button, Card, Heading, Quiet, row, stack

_MOST = 1_000
"""Rows fetched at once; nobody reads more of them in a list like this."""


class Behind(QWidget):
    """Shows, where asked to, the recordings that a number counts."""

    def __init__(self, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.title = Heading()
        self.about = Quiet()
        self.close_it = Button("Close", "x", plain=True)
        self.close_it.clicked.connect(self.hide)
        self.list: LongList | None = None
        self._card = Card()
        self._card.column.addLayout(row(self.title, self.about, 1, self.close_it))
        whole = stack(self._card)
        whole.setContentsMargins(EDGE, 0, EDGE, GAP)
        self.setLayout(whole)
        self.hide()

    def show_items(self, ids: Sequence[int], title: str) -> None:
        """Show the recordings *ids* under *title*."""
        self.title.setText(title)
        more = f", the first {words.number(_MOST)} of them" if len(ids) > _MOST else ""
        self.about.setText(words.count(len(ids), "recording") + more)

        def work(library: Library) -> list[Row]:
            return library.rows(ids[:_MOST])

        self._jobs.start("", at_once(work), self._show)

    def _show(self, rows: Sequence[Row]) -> None:
        if self.list is not None:
            self.list.deleteLater()
        self.list = LongList(self.title.text(), [line_of(one) for one in rows])
        self._card.column.addWidget(self.list)
        self.show()
        self.close_it.setFocus()


def line_of(one: Row) -> str:
    """When, who, where, and what was said."""
    said = f"“{one.request}”" if one.request else "nothing written down"
    return " · ".join(part for part in (words.moment(one.at_ms), one.person, one.device, said) if part)
