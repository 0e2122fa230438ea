"""Somebody in front of the one window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.frame import Frame
from app.ui.lock_page import LockPage
from app.ui.vendors import Vendors
from app.vault import Keychain
from tests.ui.locks import PASSPHRASE, door_of

P = TypeVar("P", bound=QWidget)


class Somebody:
    """Opens the window on the library in *folder*, and waits until it shows what they wait for."""

    def __init__(self, folder: Path, qtbot: QtBot, keychain: Keychain | None = None, *, practice: bool = False) -> None:
        self.folder = folder
        self.qtbot = qtbot
        self.door = door_of(folder, keychain)
        self.frame = Frame(self.door, Vendors(), practice=practice)
        self.frame.begin()
        self.door.find_keychain()
        with qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()

    def waits_for(self, kind: type[P]) -> P:
        """The page of that *kind*, once it is shown."""
        self.qtbot.waitUntil(lambda: isinstance(self.frame.page, kind))
        assert isinstance(self.frame.page, kind)
        return self.frame.page

    def waits_for_desk(self) -> Desk:
        self.qtbot.waitUntil(lambda: self.frame.desk is not None and self.frame.page is None)
        assert self.frame.desk is not None
        desk = self.frame.desk
        self.qtbot.waitUntil(lambda: not desk.jobs.busy and desk.status.counts.text() != "")
        return desk

    def waits_until_locked(self) -> LockPage:
        self.qtbot.waitUntil(lambda: self.frame.desk is None and not self.door.busy)
        return self.waits_for(LockPage)

    def unlocks(self, passphrase: str = PASSPHRASE) -> None:
        page = self.waits_for(LockPage)
        self.qtbot.waitUntil(page.field.hasFocus)
        QTest.keyClicks(page.field, passphrase)
        QTest.keyClick(page.field, Qt.Key.Key_Return)


Open = Callable[..., Somebody]
"""Opens the window; with a keychain, or on the practice household."""
