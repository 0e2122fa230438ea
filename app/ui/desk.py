"""The desk of an open library: a rail of pages in the order of the journey, and a line of true counts and work."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.library import Library
from app.model import Filter
from app.providers.provider import Provider
from app.ui.curtain import Banner, Curtain
from app.ui.hints import Notice
from app.ui.hush import HideKey, close_others
from app.ui.jobs import JobRunner, at_once
from app.ui.keys import KeySheet
from app.ui.making import makers
from app.ui.pages import BRING_IN, PAGES, REVIEW, Pages
from app.ui.rail import Rail
from app.ui.status import StatusLine
from app.ui.tally import Counting, Tally
from app.ui.widgets import row, stack
from app.vault import Vault


class Desk(QWidget):
    """Shows the pages and what is true of all of them. It lives as long as its library is open: call `shut`, which
    emits `closing`, before that one is closed."""

    closing = Signal()
    lock_wanted = Signal()
    lock_time_changed = Signal()
    """The setting "lock.minutes" is another one."""
    erasing_wanted = Signal(object, str)
    """What to destroy here (`Callable[[Library], Sequence[int]]`), and a title for the work."""
    everything_wanted = Signal()
    """Everything here is to be destroyed."""

    def __init__(
        self,
        library: Library,
        jobs: JobRunner,
        providers: Mapping[str, Provider],
        vault: Vault,
        *,
        practice: bool = False,
        place: int | None = None,
    ) -> None:
        super().__init__()
        self.library = library
        self.jobs = jobs
        self.providers = providers
        self.vault = vault
        self.practice = practice
        self.counting = Counting(jobs, providers, self)
        self._tally: Tally | None = None
        self._due = 0
        self._detail = ""
        self._shut = False
        self.rail = Rail(PAGES)
        self.status = StatusLine()
        self.notice = Notice()
        self.banner = Banner()
        self.curtain = Curtain()
        self.keys: KeySheet | None = None
        self.pages = Pages(makers(self))
        self._lay_out()
        self.banner.setVisible(practice)
        self.rail.lock_now.setVisible(not practice)
        self._connect()
        self._bind_keys()
        first = place if place is not None else REVIEW if library.ids(Filter(), limit=1) else BRING_IN
        self.rail.show_current(first)
        self.pages.show_page(first)

    def _lay_out(self) -> None:
        middle = stack(self.notice, spacing=0)
        middle.addWidget(self.pages, 1)
        whole = stack(spacing=0)
        whole.addWidget(self.banner)
        sheet = row(self.rail, spacing=0)
        sheet.addLayout(middle, 1)
        whole.addLayout(sheet, 1)
        whole.addWidget(self.status)
        body = QWidget()
        body.setLayout(whole)
        self._front = QStackedWidget()
        self._front.addWidget(body)
        self._front.addWidget(self.curtain)
        self.setLayout(stack(self._front))

    def _connect(self) -> None:
        self.rail.chosen.connect(self.open_page)
        self.rail.keys.clicked.connect(self.show_keys)
        self.rail.hide_all.clicked.connect(self.hide_everything)
        self.rail.lock_now.clicked.connect(self.lock_wanted)
        self.curtain.opened.connect(self.hide_everything)
        self.status.undo.clicked.connect(self.undo)
        self.status.cancel.clicked.connect(self.jobs.cancel)
        self.notice.detail_wanted.connect(lambda: QApplication.clipboard().setText(self._detail))
        self.jobs.started.connect(self.status.show_work)
        self.jobs.progressed.connect(self.status.show_progress)
        self.jobs.idle.connect(self.status.show_rest)
        self.jobs.problem.connect(self.notice.show_problem)
        self.counting.counted.connect(self._show_tally)
        self.counting.due_counted.connect(self._show_due)

    def _bind_keys(self) -> None:
        everywhere = Qt.ShortcutContext.ApplicationShortcut
        HideKey(self).pressed.connect(self.hide_everything)
        if not self.rail.lock_now.isHidden():
            QShortcut(QKeySequence("Ctrl+L"), self, self.lock_wanted.emit, context=everywhere)
        QShortcut(QKeySequence("Ctrl+Z"), self, self.undo)
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self, self.redo)
        for place in range(len(PAGES)):
            QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self, lambda place=place: self.open_page(place))

    def open_page(self, place: int) -> QWidget:
        """The page at *place*, shown and up to date."""
        self.rail.show_current(place)
        if self.pages.isAncestorOf(self.focusWidget()):
            self.rail.buttons[place].setFocus()  # or Qt would look for the next one, wherever that is
        page = self.pages.show_page(place)
        self.pages.refresh()
        return page

    def show_keys(self) -> None:
        """Show the sheet of all keys."""
        if self.keys is None:
            self.keys = KeySheet(self)
        self.keys.show()

    def hide_everything(self) -> None:
        """Draw the curtain, or open it again."""
        close_others(self.window())
        self._front.setCurrentIndex(1 - self._front.currentIndex())
        if self._front.currentWidget() is self.curtain:
            self.curtain.show_again.setFocus()

    def undo(self) -> None:
        """Take the last decision back."""
        self.jobs.start("Undoing…", at_once(_undo), lambda _: self.bring_up_to_date())

    def redo(self) -> None:
        """Decide again what was last taken back."""
        self.jobs.start("Redoing…", at_once(_redo), lambda _: self.bring_up_to_date())

    def bring_up_to_date(self) -> None:
        """Bring the page and all numbers up to date."""
        self.pages.refresh()
        self.counting.count_anew()

    def _show_tally(self, found: Tally) -> None:
        self._tally = found
        self.status.show_tally(found)
        self._show_left()

    def _show_due(self, due: int) -> None:
        self._due = due
        self._show_left()

    def _show_left(self) -> None:
        if self._tally is not None:
            now = self._tally
            self.rail.show_left((0, now.unconfirmed, now.undecided, now.unasked, self._due, 0, 0))

    def show_mistake(self, detail: str) -> None:
        """Show that the fault is ours; *detail* can be copied."""
        self._detail = detail
        self.notice.show_mistake()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.bring_up_to_date)  # the window first, then what fills it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.notice.hide()
            self.jobs.cancel()
        elif event.text() == "?":
            self.show_keys()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut()
        super().closeEvent(event)

    def shut(self) -> None:
        """Stop what runs, fall silent, and let go of the library."""
        if not self._shut:
            self._shut = True
            self.closing.emit()
            self.jobs.close()


def _undo(library: Library) -> None:
    if (change := library.asked.last_undoable()) is not None:
        library.asked.undo(change.id)


def _redo(library: Library) -> None:
    if (change := library.asked.last_redoable()) is not None:
        library.asked.redo(change.id)
