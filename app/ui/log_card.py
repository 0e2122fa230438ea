"""What happened here, newest first, as long a list as the parent wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView, QWidget

from app.library import Library
from app.model import LogEntry
from app.ui import look, words
from app.ui.happened import told
from app.ui.jobs import JobRunner, at_once
from app.ui.look import EDGE, HAIR, SMALL, Ink
from app.ui.review.words import weekday_and_day
from app.ui.scroll import SlimBar
from app.ui.widgets import Button, Card, Heading, Picture, Prose, QuietProse, row, stack

PAGE = 200
_ROWS_SEEN = 9
_WHAT = "Everyone who can open this library sees this list. It holds no word that was said."
_WHOLE = "Nothing was changed or taken out."
_NOT_WHOLE = (
    "An entry was changed or taken out of this list, and not by Earshot. Somebody changed the file of the library."
)


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, whether there are more before them, and whether none was tampered with (None: not looked)."""

    entries: tuple[LogEntry, ...]
    more: bool
    whole: bool | None = None


def newest(library: Library) -> LogPage:
    """The newest entries; all of the log is looked through."""
    page = before(library, None)
    return LogPage(page.entries, page.more, library.log.whole())


def before(library: Library, number: int | None) -> LogPage:
    """The entries before *number*."""
    entries = library.log.entries(number, PAGE + 1)
    return LogPage(tuple(entries[:PAGE]), len(entries) > PAGE)


class LogList(QTreeView):
    """When, and what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = QStandardItemModel(0, 2, self)
        self.setModel(self._entries)
        self.setAccessibleName("What happened here")
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(True)
        self.setFont(look.number_font(self.font()))
        if not look.native():
            self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self._high = self.fontMetrics().height() + SMALL
        self.setMinimumHeight(_ROWS_SEEN * self._high)

    def forget(self) -> None:
        """Show nothing."""
        self._entries.setRowCount(0)

    def add(self, entries: Sequence[LogEntry]) -> None:
        """Show these below what is shown."""
        for entry in entries:
            when = f"{weekday_and_day(entry.at_ms, short=True)}, {words.clock(entry.at_ms)}"
            first, last = QStandardItem(when), QStandardItem(told(entry))
            first.setSizeHint(QSize(self.fontMetrics().horizontalAdvance(when) + EDGE, self._high))
            last.setData(f"{when}: {last.text()}", Qt.ItemDataRole.AccessibleTextRole)
            last.setToolTip(last.text())
            self._entries.appendRow([first, last])


class LogCard(Card):
    """The log, with a word on whether it is whole."""

    def __init__(self, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._last: int | None = None
        self.mark = Picture("shield-check", 16, Ink.KEEP)
        self.whole = Prose()
        self.list = LogList()
        self.more = Button("Show more", "chevron-down", plain=True)
        self.more.hide()
        self.more.clicked.connect(self._show_more)
        line = row(self.mark, self.whole, 1)
        line.setAlignment(self.mark, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(stack(Heading("What happened here"), QuietProse(_WHAT), spacing=HAIR))
        self.column.addLayout(line)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row(self.more, 1))
        self.column.setSpacing(EDGE // 2)

    def refresh(self) -> None:
        """Show the newest entries."""
        self._jobs.start("", at_once(newest), self._show_newest)

    def _show_newest(self, page: LogPage) -> None:
        self.list.forget()
        self.mark.show_drawing(*(("shield-check", Ink.KEEP) if page.whole else ("triangle-alert", Ink.WARNING)))
        self.whole.setText(_WHOLE if page.whole else _NOT_WHOLE)
        self.whole.set_ink(Ink.QUIET if page.whole else Ink.WARNING)
        self._add(page)

    def _show_more(self) -> None:
        last = self._last
        self._jobs.start("", at_once(lambda library: before(library, last)), self._add)

    def _add(self, page: LogPage) -> None:
        self.list.add(page.entries)
        self._last = page.entries[-1].number if page.entries else None
        self.more.setVisible(page.more)
