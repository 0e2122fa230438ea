"""The way in: the first start, the passphrase, and the recovery code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.library import Library
from app.model import Happened
from app.ui.lock_page import LockPage
from app.ui.passphrase_page import PassphrasePage
from app.ui.recovery_page import RecoveryPage
from app.ui.threshold import Stopped
from tests.keychain import FakeKeychain
from tests.ui.locks import PASSPHRASE, vault_of
from tests.ui.somebody import Open


def test_the_first_start_ends_on_the_desk_of_a_locked_library(open_window: Open, folder: Path) -> None:
    somebody = open_window()
    page = somebody.waits_for(PassphrasePage)
    somebody.qtbot.waitUntil(page.passphrase.hasFocus)
    QTest.keyClicks(page.passphrase, PASSPHRASE)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    QTest.keyClicks(page.repeated, PASSPHRASE)
    QTest.keyClick(page.repeated, Qt.Key.Key_Return)
    code = somebody.waits_for(RecoveryPage)
    shown = "-".join(group.text() for group in code.sheet.groups)
    code.on_paper.click()
    code.go_on.click()

    desk = somebody.waits_for_desk()

    assert somebody.door.vault.needs_passphrase
    assert vault_of(folder).recover(shown) == desk.library.keys
    (entry,) = desk.library.log.entries()
    assert (entry.what, entry.details["how"], entry.details["by"]) == (Happened.OPENED, "passphrase", "window")


def test_without_a_keychain_there_is_no_way_without_a_passphrase(open_window: Open) -> None:
    somebody = open_window()

    page = somebody.waits_for(PassphrasePage)

    somebody.qtbot.waitUntil(page.about_without.isVisible)
    assert not page.without.isVisible()


def test_with_a_keychain_a_library_without_a_passphrase_opens_by_itself(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder, keychain := FakeKeychain())
    Library.open(folder, vault.make(None)).close()

    somebody = open_window(keychain)

    desk = somebody.waits_for_desk()
    assert desk.library.log.entries()[0].details["how"] == "keychain"
    somebody.frame.lock()
    page = somebody.waits_until_locked()
    assert not page.field.isVisible()
    page.unlock.click()
    somebody.waits_for_desk()


def test_going_without_a_passphrase_is_possible_with_a_keychain(open_window: Open) -> None:
    somebody = open_window(FakeKeychain())
    page = somebody.waits_for(PassphrasePage)
    somebody.qtbot.waitUntil(page.without.isVisible)

    page.without.click()
    somebody.waits_for(RecoveryPage).later.click()

    somebody.waits_for_desk()
    assert not somebody.door.vault.needs_passphrase
    assert not somebody.door.vault.has_recovery_code  # it is on nobody's paper


def test_a_wrong_passphrase_is_told_in_place_and_the_third_slows_down(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    page = somebody.waits_for(LockPage)

    for _ in range(3):
        page.field.setText("two blue kites")
        page.unlock.click()
        somebody.qtbot.waitUntil(lambda: not page.field.isReadOnly())

    assert page.trouble.isVisible()
    assert "not the passphrase" in page.trouble.text()
    assert page.field.hasFocus()
    assert page.unlock.text() == "Wait 1 s"
    assert not page.unlock.isEnabled()
    somebody.qtbot.waitUntil(page.unlock.isEnabled)
    page.field.clear()
    somebody.unlocks()
    somebody.waits_for_desk()


def test_after_the_recovery_code_a_new_passphrase_is_chosen(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder)
    keys = vault.make("forgotten")
    Library.open(folder, keys).close()
    code = vault.new_recovery_code()
    somebody = open_window()
    page = somebody.waits_for(LockPage)

    page.other_way.click()
    QTest.keyClicks(page.field, code.lower())
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    choice = somebody.waits_for(PassphrasePage)
    choice.passphrase.setText(PASSPHRASE)
    choice.repeated.setText(PASSPHRASE)
    choice.go_on.click()

    desk = somebody.waits_for_desk()
    assert vault_of(folder).unlock(PASSPHRASE) == keys
    changed, opened = desk.library.log.entries()
    assert (changed.what, changed.details) == (Happened.LOCK_CHANGED, {"what": "passphrase"})
    assert opened.details["how"] == "recovery"


def test_a_wrong_recovery_code_is_told_in_place(open_window: Open, folder: Path) -> None:
    vault = vault_of(folder)
    Library.open(folder, vault.make(PASSPHRASE)).close()
    vault.new_recovery_code()
    somebody = open_window()
    page = somebody.waits_for(LockPage)
    page.other_way.click()

    page.field.setText("0000-1111-2222-3333-4444-5555")
    page.unlock.click()

    somebody.qtbot.waitUntil(page.trouble.isVisible)
    assert page.unlock.isEnabled()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.label.text() == "Passphrase"


def test_a_lock_that_cannot_be_read_is_told_and_tried_again(open_window: Open, lived_in: Path) -> None:
    lock = lived_in / "vault.json"
    whole = lock.read_bytes()
    lock.write_bytes(b"{")
    somebody = open_window()
    stopped = somebody.waits_for(Stopped)

    lock.write_bytes(whole)
    stopped.again.click()

    somebody.unlocks()
    somebody.waits_for_desk()
