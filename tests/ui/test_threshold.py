"""The pages in front of the library: their words, their keys, and what goes onto paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.model import Problem, Progress
from app.ui.erasing_page import ErasingPage
from app.ui.lock_page import LockPage
from app.ui.passphrase_page import PassphrasePage
from app.ui.recovery_page import RecoveryPage, paint_code, sheet
from app.ui.threshold import Stopped, Threshold
from tests.ui.reader import unnamed

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard

CODE = "7K3M-QX2P-9RTA-0VHW-5BND-ZE84"

PAGES: dict[str, Callable[[], Threshold]] = {
    "first start": PassphrasePage,
    "new passphrase": lambda: PassphrasePage(again=True),
    "code": lambda: RecoveryPage(CODE),
    "lock": lambda: LockPage(passphrase=True, code=True),
    "lock without a passphrase": lambda: LockPage(passphrase=False, code=True),
    "erasing": ErasingPage,
    "stopped": lambda: Stopped(Problem("The lock is damaged.", advice="Put a copy back.")),
}


def shown(page: Threshold, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(900, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()


def visited(page: QWidget) -> list[QWidget]:
    """What the Tab key comes to, in its order."""
    found: list[QWidget] = []
    while (focused := page.focusWidget()) not in found:
        found.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return found


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_every_control_has_a_name_and_no_words_are_markup(make: Callable[[], Threshold], qtbot: QtBot) -> None:
    page = make()
    if isinstance(page, PassphrasePage):
        page.offer_keychain(True)

    shown(page, qtbot)

    assert unnamed(page) == []
    assert {label.textFormat() for label in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("make", [*PAGES.values()][:4], ids=[*PAGES][:4])
def test_the_tab_key_follows_the_eye(make: Callable[[], Threshold], qtbot: QtBot) -> None:
    page = make()
    if isinstance(page, RecoveryPage):
        page.on_paper.setChecked(True)
    shown(page, qtbot)

    order = visited(page)

    places = [(one.mapTo(page, QPoint(0, 0)).y() // 12, one.mapTo(page, QPoint(0, 0)).x()) for one in order]
    start = places.index(min(places))
    assert len(order) >= 4
    assert places[start:] + places[:start] == sorted(places)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", ""), ("secret", "Short"), ("three kites", "Fair"), ("three blue kites", "Long"), ("x" * 2_000, "Long")],
)
def test_the_hint_counts_letters(typed: str, said: str, qtbot: QtBot) -> None:
    page = PassphrasePage()
    qtbot.addWidget(page)

    page.passphrase.setText(typed)

    assert page.strength.text().startswith(said)
    assert bool(page.strength.text()) is bool(typed)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("", "", "Type a passphrase"), ("   ", "   ", "Type a passphrase"), ("one", "two", "not the same")],
)
def test_two_that_do_not_fit_are_told_in_place(first: str, second: str, said: str, qtbot: QtBot) -> None:
    page = PassphrasePage()
    shown(page, qtbot)
    page.passphrase.setText(first)
    page.repeated.setText(second)

    with qtbot.assertNotEmitted(page.chosen):
        page.go_on.click()

    assert page.trouble.isVisible()
    assert said in page.trouble.text()
    assert page.go_on.isEnabled()


def test_what_is_typed_is_hidden_until_it_is_asked_for(qtbot: QtBot) -> None:
    page = PassphrasePage()
    qtbot.addWidget(page)
    before = (page.passphrase.echoMode(), page.repeated.echoMode())

    page.reveal.click()

    assert before == (QLineEdit.EchoMode.Password,) * 2
    assert page.passphrase.echoMode() is QLineEdit.EchoMode.Normal


def test_a_choice_is_taken_once(qtbot: QtBot) -> None:
    page = PassphrasePage()
    shown(page, qtbot)
    page.passphrase.setText("three blue kites")
    page.repeated.setText("three blue kites")
    chosen: list[object] = []
    page.chosen.connect(chosen.append)

    page.go_on.click()
    page.go_on.click()

    assert chosen == ["three blue kites"]


def test_the_code_is_left_when_it_is_on_paper_or_later(qtbot: QtBot) -> None:
    page = RecoveryPage(CODE)
    shown(page, qtbot)
    done: list[bool] = []
    page.done.connect(done.append)

    page.go_on.click()
    before = list(done)
    page.on_paper.click()
    page.go_on.click()
    page.later.click()

    assert before == []
    assert done == [True]


def test_a_screen_reader_spells_the_code(qtbot: QtBot) -> None:
    page = RecoveryPage(CODE)
    qtbot.addWidget(page)

    assert [group.accessibleName() for group in page.sheet.groups[:2]] == ["7 K 3 M", "Q X 2 P"]


def test_the_code_cannot_be_copied(qtbot: QtBot) -> None:
    page = RecoveryPage(CODE)
    qtbot.addWidget(page)

    selectable = [label for label in page.findChildren(QLabel) if label.textInteractionFlags() & _SELECTABLE]

    assert selectable == []


def test_the_paper_holds_the_code_the_day_and_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    day = QDate(2026, 11, 25)

    sentence, *groups, date = sheet(CODE, day).toPlainText().splitlines()
    paint_code(CODE, day, QPdfWriter(str(tmp_path / "paper.pdf")))

    assert sentence.count(".") == 1
    assert " ".join(groups).split() == CODE.split("-")
    assert date == QLocale().toString(day, QLocale.FormatType.LongFormat)
    assert (tmp_path / "paper.pdf").stat().st_size > 1_000


def test_the_lock_waits_as_long_as_it_says(qtbot: QtBot) -> None:
    page = LockPage(passphrase=True, code=True)
    shown(page, qtbot)
    page.field.setText("two blue kites")

    page.show_problem(Problem("This is not the passphrase of this library."), 1.2)

    assert page.unlock.text() == "Wait 2 s"
    with qtbot.assertNotEmitted(page.unlock_wanted):
        QTest.keyClick(page.field, Qt.Key.Key_Return)
    page.other_way.click()
    assert page.unlock.isEnabled()  # the code cannot be guessed
    page.other_way.click()
    qtbot.waitUntil(page.unlock.isEnabled, timeout=3_000)
    assert page.unlock.text() == "Unlock"


def test_nobody_is_offered_a_recovery_code_that_there_is_not(qtbot: QtBot) -> None:
    page = LockPage(passphrase=True, code=False)

    shown(page, qtbot)

    assert not page.other_way.isVisible()


def test_how_far_the_destroying_is_can_be_seen(qtbot: QtBot) -> None:
    page = ErasingPage("Destroying 12 recordings here…")
    shown(page, qtbot)

    page.show_progress(Progress(1, 3, "Writing the library anew under another key…"))

    assert page.title.text() == "Destroying 12 recordings here…"
    assert (page.bar.value(), page.bar.maximum()) == (1, 3)
    assert page.doing.text() == "Writing the library anew under another key…"
