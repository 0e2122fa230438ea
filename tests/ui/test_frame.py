"""The window from its first start on: locked, open, and locked again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from app import keeping
from app.library import Library
from app.model import Decision, Filter, Job, Progress
from app.ui.lock_page import LockPage
from app.ui.pages import CHECK, HOUSEHOLD
from app.ui.passphrase_page import PassphrasePage
from app.ui.vendors import Vendors
from tests.keychain import FakeKeychain
from tests.ui import made_up
from tests.ui.locks import PASSPHRASE, vault_of
from tests.ui.somebody import Open


def test_unlocking_shows_the_page_that_was_shown_before(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    somebody.waits_for_desk().open_page(HOUSEHOLD)
    somebody.waits_for_desk().rail.lock_now.click()
    somebody.waits_until_locked()

    somebody.unlocks()

    desk = somebody.waits_for_desk()
    assert desk.pages.place == HOUSEHOLD
    assert desk.rail.buttons[HOUSEHOLD].isChecked()


def test_ctrl_l_locks(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    desk = somebody.waits_for_desk()

    QTest.keyClick(desk, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    page = somebody.waits_until_locked()
    assert page.field.hasFocus()
    assert page.field.echoMode() is QLineEdit.EchoMode.Password


def test_while_something_is_read_the_lock_waits_behind_the_page(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    desk = somebody.waits_for_desk()
    reading = [True]
    desk.jobs.start("Reading…", _as_long_as(reading), lambda _: None)

    somebody.frame.lock()
    page = somebody.waits_for(LockPage)
    somebody.qtbot.waitUntil(lambda: "still being read" in page.purpose.text())
    assert not desk.isVisible()
    assert somebody.frame.desk is desk
    reading.clear()

    somebody.waits_until_locked()
    assert "still being read" not in page.purpose.text()


def test_while_something_is_read_the_passphrase_brings_the_same_desk_back(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    desk = somebody.waits_for_desk()
    reading = [True]
    desk.jobs.start("Reading…", _as_long_as(reading), lambda _: None)
    somebody.frame.lock()

    somebody.unlocks("two blue kites")
    page = somebody.waits_for(LockPage)
    somebody.qtbot.waitUntil(page.trouble.isVisible)
    page.field.clear()
    somebody.unlocks()

    somebody.qtbot.waitUntil(lambda: somebody.frame.page is None)
    assert somebody.frame.desk is desk
    assert desk.isVisible()
    reading.clear()
    assert somebody.waits_for_desk() is desk


def test_an_open_question_is_closed_before_the_desk_goes(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    desk = somebody.waits_for_desk()
    answers: list[int] = []

    def ask() -> None:
        answers.append(QDialog(desk).exec())
        answers.append(desk.pages.place)

    QTimer.singleShot(0, ask)
    QTimer.singleShot(100, somebody.frame.lock)

    somebody.waits_until_locked()
    assert answers[0] == QDialog.DialogCode.Rejected
    assert len(answers) == 2


def test_a_week_of_nothing_locks_after_the_time_that_was_set(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    desk = somebody.waits_for_desk()

    desk.library.set_setting("lock.minutes", "0.002")
    desk.lock_time_changed.emit()

    somebody.waits_until_locked()


def test_the_practice_household_is_never_locked(open_window: Open) -> None:
    somebody = open_window(practice=True)
    desk = somebody.waits_for_desk()
    desk.library.set_setting("lock.minutes", "0.0001")
    desk.lock_time_changed.emit()

    somebody.frame.lock()
    somebody.qtbot.wait(50)

    assert somebody.frame.desk is desk
    assert somebody.frame.page is None
    assert not desk.rail.lock_now.isVisible()


def test_what_is_destroyed_is_told_on_the_page_that_was_shown(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    desk = somebody.waits_for_desk()
    desk.open_page(CHECK)
    keys = somebody.waits_for_desk().library.keys

    desk.erasing_wanted.emit(lambda library: library.ids(Filter(decisions=frozenset({Decision.DELETE}))), "")

    somebody.qtbot.waitUntil(lambda: somebody.frame.desk not in (None, desk))
    after = somebody.waits_for_desk()
    assert after.pages.place == CHECK
    assert after.notice.isVisible()
    assert "destroyed here" in after.notice.sentence.text()
    assert after.library.keys != keys
    assert after.library.count(Filter(decisions=frozenset({Decision.DELETE}))) == 0


def test_the_window_does_not_close_while_it_destroys(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    desk = somebody.waits_for_desk()
    desk.erasing_wanted.emit(lambda library: library.ids(Filter())[:2], "")
    somebody.qtbot.waitUntil(lambda: somebody.frame.desk is None)

    closed = somebody.frame.close()

    somebody.waits_for_desk()
    assert not closed


def test_after_everything_was_destroyed_the_first_start_comes_again(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    desk = somebody.waits_for_desk()

    desk.everything_wanted.emit()

    somebody.waits_for(PassphrasePage)
    assert not somebody.door.vault.exists
    assert not list(lived_in.glob("*.db*"))


def test_copies_whose_day_has_come_are_destroyed_at_unlocking(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder)
    with Library.open(folder, vault.make(PASSPHRASE)) as library:
        made_up.first_archive(library, 40)
        made_up.mark_children(library)
        plan = made_up.ask(library, Vendors())
        library.asked.keep_copy(plan.id, made_up.FIRST + 343 * made_up.DAY)
        due = len(library.erasing.due(made_up.FIRST + 346 * made_up.DAY))
    somebody = open_window()

    somebody.unlocks()

    desk = somebody.waits_for_desk()
    assert due > 0
    assert desk.notice.sentence.text() == f"{due} recordings whose day had come were destroyed here."


def test_an_older_library_that_was_put_back_is_told(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder, keychain := FakeKeychain())
    keys = vault.make(PASSPHRASE)
    library = keeping.open_library(folder, vault, keys, how="passphrase", by="window")
    older = {file: file.read_bytes() for file in folder.glob("*.db*")}
    made_up.first_archive(library, 10)
    keeping.close_library(library, vault)
    for file in folder.glob("*.db*"):
        file.unlink()
    for file, content in older.items():
        file.write_bytes(content)
    somebody = open_window(keychain)

    somebody.unlocks()

    desk = somebody.waits_for_desk()
    assert desk.notice.isVisible()
    assert "older state" in desk.notice.sentence.text()


def test_only_one_window_is_ever_shown_and_it_is_called_earshot(
    open_window: Open, lived_in: Path, qapp: QApplication
) -> None:
    class Shown(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.names: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.names.append(f"{type(watched).__name__} {watched.windowTitle()}")
            return False

    shown = Shown()
    qapp.installEventFilter(shown)

    somebody = open_window()
    somebody.unlocks()
    somebody.waits_for_desk()
    somebody.frame.lock()
    somebody.waits_until_locked()

    qapp.removeEventFilter(shown)
    assert shown.names == ["Frame Earshot"]


def _as_long_as(reading: list[bool]) -> Callable[[Library], Job[None]]:
    def job(_: Library) -> Job[None]:
        while reading:
            time.sleep(0.005)
            yield Progress(0)

    return job
