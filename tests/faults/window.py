"""A visit to the window on a screen that nobody sees: unlock, open every page, hear a sound, lock, unlock, close."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui import look, mistakes
from app.ui.desk import Desk
from app.ui.door import Door
from app.ui.frame import Frame
from app.ui.lock_page import LockPage
from app.ui.neighbours import Neighbours
from app.ui.pages import PAGES, REVIEW
from app.ui.review.page import ReviewPage
from app.ui.screen_lock import watch_screen
from app.ui.vendors import Vendors
from app.vault import claim, system_keychain

_PATIENCE_S = 60
_HEARD = 4


def visit(folder: Path, passphrase: str, *, look_around: bool) -> int:
    """The exit code of the visit to the library in *folder*, put together as Earshot does it."""
    app = QApplication([])
    look.dress(app)
    with claim(folder):
        door = Door(folder, system_keychain)
        frame = Frame(door, Vendors())
        mistakes.watch(folder / "mistakes.log", frame.show_mistake)
        frame.begin()
        frame.show()
        door.find_keychain()
        Neighbours(folder, frame).called.connect(frame.come_forward)
        watch_screen(frame, frame.lock)
        desk = unlock(frame, passphrase)
        if look_around:
            _look_around(desk)
        frame.lock()
        until(lambda: frame.desk is None and not door.busy)
        unlock(frame, passphrase)
        frame.close()
    return 0


def unlock(frame: Frame, passphrase: str) -> Desk:
    until(lambda: isinstance(frame.page, LockPage))
    page = frame.page
    assert isinstance(page, LockPage)
    page.field.setText(passphrase)
    page.unlock.click()
    until(lambda: frame.desk is not None and frame.page is None)
    desk = frame.desk
    assert desk is not None
    until(lambda: not desk.jobs.busy)
    return desk


def _look_around(desk: Desk) -> None:
    for place in range(len(PAGES)):
        desk.open_page(place)
        until(lambda: not desk.jobs.busy)
    review = desk.open_page(REVIEW)
    assert isinstance(review, ReviewPage)
    until(lambda: review.table.model().rowCount() > 0)
    QTest.keyClick(review.table, Qt.Key.Key_Home)
    for _ in range(_HEARD):
        QTest.keyClick(review.table, Qt.Key.Key_Space)
        QTest.qWait(120)
        QTest.keyClick(review.table, Qt.Key.Key_Right)
    desk.hide_everything()


def until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not true():
        if time.monotonic() > until:
            raise TimeoutError("the window did not come so far")
        QTest.qWait(10)
