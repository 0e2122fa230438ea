"""The window from its first start on: locked, open, and locked again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app import keeping
from app.library import Library
from app.model import Decision, Filter, Happened, Job, Progress
from app.ui.desk import Desk
from app.ui.frame import Frame
from app.ui.lock_page import LockPage
from app.ui.pages import CHECK, HOUSEHOLD
from app.ui.passphrase_page import PassphrasePage
from app.ui.recovery_page import RecoveryPage
from app.ui.threshold import Stopped
from app.ui.vendors import Vendors
from app.vault import Keychain
from tests.ui import made_up
from tests.ui.locks import PASSPHRASE, FakeKeychain, door_of, vault_of

P = TypeVar("P", bound=QWidget)

Open = Callable[..., "Household"]


class Household:
    """Somebody in front of the one window."""

    def __init__(self, folder: Path, qtbot: QtBot, keychain: Keychain | None = None, *, practice: bool = False) -> None:
        self.folder = folder
        self.qtbot = qtbot
        self.door = door_of(folder, keychain)
        self.frame = Frame(self.door, Vendors(), practice=practice)
        self.frame.begin()
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "library"
    made.mkdir()
    return made


@pytest.fixture
def open_window(folder: Path, qtbot: QtBot) -> Iterator[Open]:
    opened: list[Household] = []

    def open_it(keychain: Keychain | None = None, *, practice: bool = False) -> Household:
        opened.append(Household(folder, qtbot, keychain, practice=practice))
        return opened[-1]

    yield open_it
    for one in opened:
        one.qtbot.waitUntil(one.frame.close)


@pytest.fixture
def lived_in(folder: Path) -> Path:
    """A locked library with forty things said."""
    vault = vault_of(folder)
    with Library.open(folder, vault.make(PASSPHRASE)) as library:
        made_up.first_archive(library, 40)
        made_up.mark_children(library)
    return folder


def test_the_first_start_ends_on_the_desk_of_a_locked_library(open_window: Open, folder: Path) -> None:
    household = open_window()
    page = household.waits_for(PassphrasePage)
    household.qtbot.waitUntil(page.passphrase.hasFocus)
    QTest.keyClicks(page.passphrase, PASSPHRASE)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    QTest.keyClicks(page.repeated, PASSPHRASE)
    QTest.keyClick(page.repeated, Qt.Key.Key_Return)
    code = household.waits_for(RecoveryPage)
    shown = "-".join(group.text() for group in code.sheet.groups)
    code.on_paper.click()
    code.go_on.click()

    desk = household.waits_for_desk()

    assert household.door.vault.needs_passphrase
    assert vault_of(folder).recover(shown) == desk.library.keys
    (entry,) = desk.library.log.entries()
    assert (entry.what, entry.details["how"], entry.details["by"]) == (Happened.OPENED, "passphrase", "window")


def test_without_a_keychain_there_is_no_way_without_a_passphrase(open_window: Open) -> None:
    household = open_window()

    page = household.waits_for(PassphrasePage)

    household.qtbot.waitUntil(page.about_without.isVisible)
    assert not page.without.isVisible()


def test_with_a_keychain_a_library_without_a_passphrase_opens_by_itself(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder, keychain := FakeKeychain())
    Library.open(folder, vault.make(None)).close()

    household = open_window(keychain)

    desk = household.waits_for_desk()
    assert desk.library.log.entries()[0].details["how"] == "keychain"
    household.frame.lock()
    page = household.waits_until_locked()
    assert not page.field.isVisible()
    page.unlock.click()
    household.waits_for_desk()


def test_going_without_a_passphrase_is_possible_with_a_keychain(open_window: Open) -> None:
    household = open_window(FakeKeychain())
    page = household.waits_for(PassphrasePage)
    household.qtbot.waitUntil(page.without.isVisible)

    page.without.click()
    household.waits_for(RecoveryPage).later.click()

    household.waits_for_desk()
    assert not household.door.vault.needs_passphrase


def test_a_wrong_passphrase_is_told_in_place_and_the_third_slows_down(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    page = household.waits_for(LockPage)

    for _ in range(3):
        page.field.setText("two blue kites")
        page.unlock.click()
        household.qtbot.waitUntil(lambda: not page.field.isReadOnly())

    assert page.trouble.isVisible()
    assert "not the passphrase" in page.trouble.text()
    assert page.field.hasFocus()
    assert page.unlock.text() == "Wait 1 s"
    assert not page.unlock.isEnabled()
    household.qtbot.waitUntil(page.unlock.isEnabled)
    page.field.clear()
    household.unlocks()
    household.waits_for_desk()


def test_after_the_recovery_code_a_new_passphrase_is_chosen(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder)
    keys = vault.make("forgotten")
    Library.open(folder, keys).close()
    code = vault.new_recovery_code()
    household = open_window()
    page = household.waits_for(LockPage)

    page.other_way.click()
    QTest.keyClicks(page.field, code.lower())
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    choice = household.waits_for(PassphrasePage)
    choice.passphrase.setText(PASSPHRASE)
    choice.repeated.setText(PASSPHRASE)
    choice.go_on.click()

    desk = household.waits_for_desk()
    assert vault_of(folder).unlock(PASSPHRASE) == keys
    changed, opened = desk.library.log.entries()
    assert (changed.what, changed.details) == (Happened.LOCK_CHANGED, {"what": "passphrase"})
    assert opened.details["how"] == "recovery"


def test_a_wrong_recovery_code_is_told_in_place(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder)
    Library.open(folder, vault.make(PASSPHRASE)).close()
    vault.new_recovery_code()
    household = open_window()
    page = household.waits_for(LockPage)
    page.other_way.click()

    page.field.setText("0000-1111-2222-3333-4444-5555")
    page.unlock.click()

    household.qtbot.waitUntil(page.trouble.isVisible)
    assert page.unlock.isEnabled()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.label.text() == "Passphrase"


def test_a_lock_that_cannot_be_read_is_told_and_tried_again(open_window: Open, lived_in: Path) -> None:
    lock = lived_in / "vault.json"
    whole = lock.read_bytes()
    lock.write_bytes(b"{")
    household = open_window()
    stopped = household.waits_for(Stopped)

    lock.write_bytes(whole)
    stopped.again.click()

    household.unlocks()
    household.waits_for_desk()


def test_unlocking_shows_the_page_that_was_shown_before(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    household.waits_for_desk().open_page(HOUSEHOLD)
    household.waits_for_desk().rail.lock_now.click()
    household.waits_until_locked()

    household.unlocks()

    desk = household.waits_for_desk()
    assert desk.pages.place == HOUSEHOLD
    assert desk.rail.buttons[HOUSEHOLD].isChecked()


def test_ctrl_l_locks(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    desk = household.waits_for_desk()

    QTest.keyClick(desk, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    page = household.waits_until_locked()
    assert page.field.hasFocus()
    assert page.field.echoMode() is QLineEdit.EchoMode.Password


def test_while_something_is_read_the_lock_waits_behind_the_page(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    desk = household.waits_for_desk()
    reading = [True]
    desk.jobs.start("Reading…", _as_long_as(reading), lambda _: None)

    household.frame.lock()
    page = household.waits_for(LockPage)
    household.qtbot.waitUntil(lambda: "still being read" in page.purpose.text())
    assert not desk.isVisible()
    assert household.frame.desk is desk
    reading.clear()

    household.waits_until_locked()
    assert "still being read" not in page.purpose.text()


def test_while_something_is_read_the_passphrase_brings_the_same_desk_back(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    desk = household.waits_for_desk()
    reading = [True]
    desk.jobs.start("Reading…", _as_long_as(reading), lambda _: None)
    household.frame.lock()

    household.unlocks("two blue kites")
    page = household.waits_for(LockPage)
    household.qtbot.waitUntil(page.trouble.isVisible)
    page.field.clear()
    household.unlocks()

    household.qtbot.waitUntil(lambda: household.frame.page is None)
    assert household.frame.desk is desk
    assert desk.isVisible()
    reading.clear()
    assert household.waits_for_desk() is desk


def test_an_open_question_is_closed_before_the_desk_goes(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    desk = household.waits_for_desk()
    answers: list[int] = []

    def ask() -> None:
        answers.append(QDialog(desk).exec())
        answers.append(desk.pages.place)

    QTimer.singleShot(0, ask)
    QTimer.singleShot(100, household.frame.lock)

    household.waits_until_locked()
    assert answers[0] == QDialog.DialogCode.Rejected
    assert len(answers) == 2


def test_a_week_of_nothing_locks_after_the_time_that_was_set(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    desk = household.waits_for_desk()

    desk.library.set_setting("lock.minutes", "0.002")
    desk.lock_time_changed.emit()

    household.waits_until_locked()


def test_the_practice_household_is_never_locked(open_window: Open) -> None:
    household = open_window(practice=True)
    desk = household.waits_for_desk()
    desk.library.set_setting("lock.minutes", "0.0001")
    desk.lock_time_changed.emit()

    household.frame.lock()
    household.qtbot.wait(50)

    assert household.frame.desk is desk
    assert household.frame.page is None
    assert not desk.rail.lock_now.isVisible()


def test_what_is_destroyed_is_told_on_the_page_that_was_shown(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    desk = household.waits_for_desk()
    desk.open_page(CHECK)
    keys = household.waits_for_desk().library.keys

    desk.erasing_wanted.emit(lambda library: library.ids(Filter(decisions=frozenset({Decision.DELETE}))), "")

    household.qtbot.waitUntil(lambda: household.frame.desk not in (None, desk))
    after = household.waits_for_desk()
    assert after.pages.place == CHECK
    assert after.notice.isVisible()
    assert "destroyed here" in after.notice.sentence.text()
    assert after.library.keys != keys
    assert after.library.count(Filter(decisions=frozenset({Decision.DELETE}))) == 0


def test_the_window_does_not_close_while_it_destroys(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    desk = household.waits_for_desk()
    desk.erasing_wanted.emit(lambda library: library.ids(Filter())[:2], "")
    household.qtbot.waitUntil(lambda: household.frame.desk is None)

    closed = household.frame.close()

    household.waits_for_desk()
    assert not closed


def test_after_everything_was_destroyed_the_first_start_comes_again(open_window: Open, lived_in: Path) -> None:
    household = open_window()
    household.unlocks()
    desk = household.waits_for_desk()

    desk.everything_wanted.emit()

    household.waits_for(PassphrasePage)
    assert not household.door.vault.exists
    assert not list(lived_in.glob("*.db*"))


def test_copies_whose_day_has_come_are_destroyed_at_unlocking(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder)
    with Library.open(folder, vault.make(PASSPHRASE)) as library:
        made_up.first_archive(library, 40)
        made_up.mark_children(library)
        plan = made_up.ask(library, Vendors())
        library.asked.keep_copy(plan.id, made_up.FIRST + 343 * made_up.DAY)
        due = len(library.erasing.due(made_up.FIRST + 346 * made_up.DAY))
    household = open_window()

    household.unlocks()

    desk = household.waits_for_desk()
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
    household = open_window(keychain)

    household.unlocks()

    desk = household.waits_for_desk()
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

    household = open_window()
    household.unlocks()
    household.waits_for_desk()
    household.frame.lock()
    household.waits_until_locked()

    qapp.removeEventFilter(shown)
    assert shown.names == ["Frame Earshot"]


def _as_long_as(reading: list[bool]) -> Callable[[Library], Job[None]]:
    def job(_: Library) -> Job[None]:
        while reading:
            time.sleep(0.005)
            yield Progress(0)

    return job
