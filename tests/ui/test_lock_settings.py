"""The page about the lock: what it says, what it asks for again, and what happened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Decision, Filter, Happened, LogEntry
from app.ui import log_card
from app.ui.happened import told
from app.ui.jobs import JobRunner
from app.ui.lock_settings import CodeQuestion, LockSettingsPage, NewCode, OpeningCard, PassphraseQuestion
from app.vault import Keychain, Vault, WrongPassphrase
from tests.keychain import FakeKeychain
from tests.ui import made_up
from tests.ui.asked import question_of
from tests.ui.locks import PASSPHRASE, vault_of
from tests.ui.test_pages import opened

NEW = "four red balloons"


@pytest.fixture
def page(jobs: JobRunner, vault: Vault, qtbot: QtBot) -> LockSettingsPage:
    made = LockSettingsPage(jobs, vault)
    opened(made, jobs, qtbot)
    return made


def opening(page: LockSettingsPage) -> OpeningCard:
    assert page.opening is not None
    return page.opening


def lines(page: LockSettingsPage) -> list[str]:
    model = page.log.list.model()
    return [model.index(place, 1).data() for place in range(model.rowCount())]


def lock_in(folder: Path, keychain: Keychain | None, passphrase: str | None) -> Vault:
    folder.mkdir()
    vault = vault_of(folder, keychain)
    vault.make(passphrase)
    return vault


@pytest.mark.parametrize(
    ("keychain", "passphrase", "words"),
    [
        (None, PASSPHRASE, "Your passphrase alone."),
        (FakeKeychain(), PASSPHRASE, "Your passphrase together with the keychain"),
        (FakeKeychain(), None, "The keychain of this computer alone"),
    ],
)
def test_it_says_what_opens_the_library(
    jobs: JobRunner, qtbot: QtBot, tmp_path: Path, keychain: Keychain | None, passphrase: str | None, words: str
) -> None:
    page = LockSettingsPage(jobs, lock_in(tmp_path / "other", keychain, passphrase))

    opened(page, jobs, qtbot)

    assert opening(page).opens.text().startswith(words)
    assert opening(page).code.text().startswith("There is no recovery code")


def test_the_passphrase_is_changed_by_who_knows_the_old_one(
    page: LockSettingsPage, library: Library, vault: Vault, jobs: JobRunner, qtbot: QtBot
) -> None:
    opening(page).passphrase.click()
    question = question_of(page, PassphraseQuestion, qtbot)
    for secret, typed in ((question.old, PASSPHRASE), (question.new, NEW), (question.again, NEW)):
        secret.field.setText(typed)
    with qtbot.waitSignal(jobs.idle):
        QTest.keyClick(question.again.field, Qt.Key.Key_Return)

    assert vault.unlock(NEW) == vault.keys
    assert lines(page)[0] == "The passphrase was changed"
    with pytest.raises(WrongPassphrase):
        vault.unlock(PASSPHRASE)


def test_somebody_who_does_not_know_the_old_passphrase_changes_nothing(
    page: LockSettingsPage, library: Library, vault: Vault, jobs: JobRunner, qtbot: QtBot
) -> None:
    opening(page).passphrase.click()
    question = question_of(page, PassphraseQuestion, qtbot)
    for secret, typed in ((question.old, "open sesame"), (question.new, NEW), (question.again, NEW)):
        secret.field.setText(typed)
    with qtbot.waitSignal(jobs.idle):
        question.go_on.click()

    assert question.trouble.text().startswith("This is not the passphrase")
    assert vault.unlock(PASSPHRASE) == vault.keys
    assert library.log.entries() == []
    question.reject()


def test_two_new_passphrases_must_be_the_same(page: LockSettingsPage, vault: Vault, qtbot: QtBot) -> None:
    opening(page).passphrase.click()
    question = question_of(page, PassphraseQuestion, qtbot)
    for secret, typed in ((question.old, PASSPHRASE), (question.new, NEW), (question.again, "four red baloons")):
        secret.field.setText(typed)

    question.go_on.click()

    assert question.trouble.text().startswith("The two are not the same")
    assert vault.unlock(PASSPHRASE) == vault.keys
    question.reject()


def test_a_passphrase_can_be_done_without_where_there_is_a_keychain(
    jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    vault = lock_in(tmp_path / "other", FakeKeychain(), PASSPHRASE)
    page = LockSettingsPage(jobs, vault)
    opened(page, jobs, qtbot)
    opening(page).passphrase.click()
    question = question_of(page, PassphraseQuestion, qtbot)
    question.old.field.setText(PASSPHRASE)

    question.without.setChecked(True)
    with qtbot.waitSignal(jobs.idle):
        question.go_on.click()

    assert vault.unlock(None) == vault.keys
    assert opening(page).passphrase.text() == "Set a passphrase…"


def test_without_a_keychain_a_passphrase_is_needed(page: LockSettingsPage, qtbot: QtBot) -> None:
    opening(page).passphrase.click()
    question = question_of(page, PassphraseQuestion, qtbot)

    assert not question.without.isVisibleTo(question)
    question.reject()


def test_a_new_recovery_code_is_shown_once_and_opens_the_library(
    page: LockSettingsPage, vault: Vault, jobs: JobRunner, qtbot: QtBot
) -> None:
    opening(page).new_code.click()
    question = question_of(page, CodeQuestion, qtbot)
    question.old.field.setText(PASSPHRASE)
    with qtbot.waitSignal(jobs.idle):
        question.go_on.click()
    shown = question_of(page, NewCode, qtbot)

    code = "-".join(group.text() for group in shown.sheet.groups)
    assert vault.recover(code) == vault.keys
    assert not shown.go_on.isEnabled()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert opening(page).code.text().startswith("The recovery code on paper opens it too")
    assert lines(page)[0].startswith("A new recovery code was made")
    shown.on_paper.setChecked(True)
    shown.go_on.click()


def test_the_time_after_which_it_locks_itself_is_kept(page: LockSettingsPage, library: Library, qtbot: QtBot) -> None:
    minutes = page.locking.minutes
    assert minutes.currentText() == "after 5 minutes"

    minutes.setCurrentIndex(minutes.findData(10.0))
    with qtbot.waitSignal(page.lock_time_changed):
        minutes.activated.emit(minutes.currentIndex())
    assert library.setting("lock.minutes") == "10"

    minutes.setCurrentIndex(minutes.findText("never by itself"))
    with qtbot.waitSignal(page.lock_time_changed):
        minutes.activated.emit(minutes.currentIndex())
    assert library.setting("lock.minutes") == "0"


def test_in_a_practice_there_is_no_lock_to_change(jobs: JobRunner, library: Library, qtbot: QtBot) -> None:
    library.log.note(Happened.OPENED, how="passphrase", by="window", account="anna")
    page = LockSettingsPage(jobs, None)

    opened(page, jobs, qtbot)

    assert page.opening is None
    assert not page.locking.isVisibleTo(page)
    assert lines(page) == ["Opened with the passphrase, in the window, by account anna"]


def test_what_happened_is_told_newest_first(
    page: LockSettingsPage, library: Library, jobs: JobRunner, qtbot: QtBot
) -> None:
    made_up.bring_in(library, "a.har", made_up.interactions(12), made_ms=None)
    library.asked.decide(Filter(), Decision.DELETE, made_up.FIRST)

    with qtbot.waitSignal(jobs.idle):
        page.refresh()

    assert lines(page) == ["12 recordings marked delete", "Brought in: 12 records, 12 of them new"]
    assert page.log.whole.text() == "Nothing was changed or taken out."


def test_older_entries_are_shown_when_they_are_wanted(
    page: LockSettingsPage, library: Library, jobs: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_card, "PAGE", 3)
    for number in range(1, 6):
        library.log.note(Happened.PLAYED, interaction=number)
    with qtbot.waitSignal(jobs.idle):
        page.refresh()
    assert lines(page) == [f"Recording {number} played" for number in (5, 4, 3)]

    with qtbot.waitSignal(jobs.idle):
        page.log.more.click()

    assert lines(page) == [f"Recording {number} played" for number in (5, 4, 3, 2, 1)]
    assert not page.log.more.isVisibleTo(page)


def test_a_log_that_was_tampered_with_is_told(
    page: LockSettingsPage, library: Library, vault: Vault, jobs: JobRunner, qtbot: QtBot
) -> None:
    library.log.note(Happened.PLAYED, interaction=1)
    with Library(vault.folder, replace(vault.keys, log=b"what somebody else holds for it")) as forger:
        forger.log.note(Happened.PLAYED, interaction=2)

    with qtbot.waitSignal(jobs.idle):
        page.refresh()

    assert page.log.whole.text().startswith("An entry was changed or taken out")


@pytest.mark.parametrize(
    ("what", "details", "words"),
    [
        (Happened.OPENED, {"how": "recovery", "by": "terminal"}, "Opened with the recovery code, at the terminal"),
        (Happened.DECIDED, {"decision": "undecided", "count": 1}, "1 recording set back to undecided"),
        (Happened.UNDONE, {"count": 3}, "Undone: the decision on 3 recordings"),
        (Happened.ASKED, {"plan": 2, "steps": 4, "items": 312}, "Plan 2: 312 recordings asked for"),
        (Happened.COPY_KEPT, {"plan": 2, "until_ms": 0}, "Plan 2: the copy here stays"),
        (Happened.EXPORTED, {"what": "keepsakes", "count": 2}, "2 keepsakes saved as files"),
        (Happened.EXPORTED, {"what": "pdf"}, "The report was saved as a file"),
        (Happened.ERASED, {"interactions": 3, "sounds": 2}, "3 recordings and 2 sounds destroyed here"),
    ],
)
def test_what_happened_is_said_in_plain_words(what: Happened, details: dict[str, int | str], words: str) -> None:
    assert told(LogEntry(1, made_up.FIRST, what, details)) == words


def test_everything_that_can_happen_has_words() -> None:
    assert all(told(LogEntry(1, made_up.FIRST, what, {})) for what in Happened)
