"""The one window of Earshot, from start to end: what stands in front of the library, or the desk on which it lies."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, QThread, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from app.model import Problem
from app.providers.provider import Provider
from app.ui.destroying import Destroying
from app.ui.door import Door
from app.ui.entrance import Entrance
from app.ui.erasing_page import ErasingPage
from app.ui.hush import hush
from app.ui.idle import Idle, minutes
from app.ui.threshold import Threshold

if TYPE_CHECKING:
    from app.library import Library
    from app.ui.desk import Desk

HOUR_MS = 3_600_000
_AGAIN_MS = 50
"""A page whose open question was closed goes on for a moment, and may not go before."""
_SET_BACK = Problem(
    "This library is in an older state than the one that this computer remembers.",
    advice="Somebody put an old copy of its folder back: what was brought in, decided or destroyed since then is "
    "missing, or is here again.",
)


class Frame(QMainWindow):
    """Shows either a page that asks something or a desk, which `opened` tells of. A desk lives from an unlocking to the
    next locking; nothing of the household is in any widget in between."""

    opened = Signal(object)

    def __init__(self, door: Door, providers: Mapping[str, Provider], *, practice: bool = False) -> None:
        super().__init__()
        self.door, self._providers, self._practice = door, providers, practice
        self.entrance = Entrance(door, practice=practice, parent=self)
        self._destroyer = Destroying(door, self)
        self.desk: Desk | None = None
        self.idle = Idle(self)
        self._place: int | None = None
        self._afterwards: Callable[[], None] | None = None
        self._destroying = self._locks = False
        self._outcome: str | Problem = ""
        self._hour = QTimer(self, interval=HOUR_MS)
        self._front = QStackedWidget()
        self.setCentralWidget(self._front)
        self.setWindowTitle("Earshot")
        self.setMinimumSize(800, 560)
        self._connect()

    def _connect(self) -> None:
        self.entrance.asks.connect(self._show)
        self.entrance.opened.connect(self._come_in)
        self.entrance.proven.connect(self._come_back)
        self.entrance.refused.connect(self._stay_out)
        self._destroyer.ended.connect(self._show_destroyed)
        self._destroyer.emptied.connect(self._begin_anew)
        self.idle.passed.connect(self.lock)
        self._hour.timeout.connect(self._destroy_due)

    @property
    def page(self) -> Threshold | None:
        """The page that is shown, if it is not the desk."""
        shown = self._front.currentWidget()
        return shown if isinstance(shown, Threshold) else None

    def begin(self) -> None:
        """Show the first page."""
        self.entrance.begin()

    def lock(self) -> None:
        """Show nothing of the household from now on, and close the library as soon as nothing works on it."""
        self._locks = self._destroying  # then the desk that comes back is locked at once
        if self.desk is not None and self._afterwards is None and not self._practice:
            self._leave(self.entrance.lock)
            self.entrance.ask(open_behind=True)

    def come_forward(self) -> None:
        """Come to the front of all windows, locked or not."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_mistake(self, detail: str) -> None:
        """Show that the fault is ours; *detail* can be copied where the library is open."""
        if self.page is not None:
            self.page.show_problem(Problem("Earshot made a mistake.", advice="Try again."))
        elif self.desk is not None:
            self.desk.show_mistake(detail)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._destroying:
            event.ignore()  # it cannot be stopped half-way; a few seconds, and it can
            return
        self.idle.end()
        self._hour.stop()
        if self.desk is not None:
            self._afterwards = None
            self.entrance.close(self._let_go(self.desk))
        self.entrance.lock()
        self.door.finish()
        super().closeEvent(event)

    def _show(self, page: QWidget) -> None:
        before = self._front.currentWidget()
        if self._front.indexOf(page) < 0:
            self._front.addWidget(page)
        self._front.setCurrentWidget(page)
        if before is not None and before is not page and before is not self.desk:
            self._front.removeWidget(before)
            before.deleteLater()

    def _come_in(self, library: Library) -> None:
        now_ms = _now_ms()
        if not self._destroying and library.erasing.due(now_ms):
            self._destroying = True
            self._show_erasing("")
            self.entrance.close(library, lambda: self._destroyer.destroy_due(now_ms))
            return
        self._destroying = False
        self.desk = self._new_desk(library)
        self._show(self.desk)
        self._rest()
        _tell(self.desk, self._outcome)
        self._outcome = ""
        self.opened.emit(self.desk)
        if self._locks:
            self.lock()

    def _new_desk(self, library: Library) -> Desk:
        from app.ui.desk import Desk
        from app.ui.jobs import JobRunner

        jobs = JobRunner(library)
        vault = self.door.vault
        desk = Desk(library, jobs, self._providers, vault, practice=self._practice, place=self._place)
        jobs.setParent(desk)
        later = Qt.ConnectionType.QueuedConnection  # a desk does not go while one of its own signals is being heard
        jobs.idle.connect(self._take_down, later)
        desk.lock_wanted.connect(self.lock, later)
        desk.lock_time_changed.connect(self._rest)
        desk.erasing_wanted.connect(self._erase, later)
        desk.everything_wanted.connect(self._erase_everything, later)
        return desk

    def _rest(self) -> None:
        """Wait for somebody to do something, or for nobody to."""
        if self.desk is not None and self._afterwards is None and not self._practice:
            self.idle.begin(minutes(self.desk.library.setting("lock.minutes")))
        self._hour.start()

    def _come_back(self) -> None:
        if self.desk is not None:
            self._afterwards = None
            self._show(self.desk)
            self._rest()

    def _stay_out(self) -> None:
        """What was asked for failed: whatever waited for it goes on."""
        self._destroying = False
        self._take_down()

    def _leave(self, afterwards: Callable[[], None]) -> None:
        """Take the desk down as soon as nothing works on its library, and then go on with *afterwards*."""
        self._afterwards = afterwards
        self.idle.end()
        self._hour.stop()
        hush(self)
        QTimer.singleShot(0, self._take_down)

    def _take_down(self) -> None:
        desk, afterwards = self.desk, self._afterwards
        if desk is None or afterwards is None or desk.jobs.busy or self.door.busy:
            return  # whoever is busy calls again
        if QThread.currentThread().loopLevel() > 1:
            QTimer.singleShot(_AGAIN_MS, self._take_down)
            return
        self._afterwards = None
        self.entrance.close(self._let_go(desk), afterwards)

    def _let_go(self, desk: Desk) -> Library:
        """The library that lay on *desk*, which is no more."""
        library = desk.library
        self._place = desk.pages.place
        self.desk = None
        desk.shut()
        self._front.removeWidget(desk)
        shiboken6.delete(desk)
        return library

    def _destroy(self, title: str, how: Callable[[], None]) -> None:
        """Show that the copy here is being destroyed, and do it once the library is closed."""
        if self._afterwards is None:
            self._destroying = True
            self._leave(how)
            self._show_erasing(title)

    def _show_erasing(self, title: str) -> None:
        page = ErasingPage(title)
        self.door.progressed.connect(page.show_progress)
        self._show(page)

    def _erase(self, which: Callable[[Library], Sequence[int]], title: str) -> None:
        self._destroy(title, lambda: self._destroyer.destroy(which))

    def _erase_everything(self) -> None:
        self._destroy("Destroying everything here…", self._destroyer.destroy_everything)

    def _destroy_due(self) -> None:
        """Destroy the sealed copies whose day has come, unless somebody is in the middle of something."""
        asked = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        desk, now_ms = self.desk, _now_ms()
        if desk is not None and not desk.jobs.busy and asked is None and desk.library.erasing.due(now_ms):
            self._destroy("", lambda: self._destroyer.destroy_due(now_ms))

    def _show_destroyed(self, outcome: str | Problem) -> None:
        self._outcome = outcome
        self.entrance.open_again()

    def _begin_anew(self) -> None:
        self._destroying, self._place = False, None
        self.begin()


def _tell(desk: Desk, outcome: str | Problem) -> None:
    """Say on *desk* what happened while there was none: what destroying came to, if anything was destroyed."""
    if isinstance(outcome, Problem):
        desk.notice.show_problem(outcome)
    elif desk.library.set_back:
        desk.notice.show_problem(_SET_BACK)
    elif outcome:
        desk.notice.show_done(outcome)


def _now_ms() -> int:
    return round(time.time() * 1000)
