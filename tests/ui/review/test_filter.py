"""What the parent asks to see is what the list shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Decision, Filter, Row, Standing
from app.ui.jobs import JobRunner
from app.ui.review.model import ROW
from app.ui.review.page import ReviewPage
from tests.ui.review.family import HOUR, LAST, SAID


def rows(page: ReviewPage) -> list[Row]:
    model = page.table.model()
    return [model.index(place, 0).data(ROW) for place in range(model.rowCount())]


def shows(page: ReviewPage, count: int) -> Callable[[], bool]:
    return lambda: page.table.model().rowCount() == count


def choose(page: ReviewPage, chip: str, words: str) -> None:
    menu = getattr(page.filters, chip).menu()
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_everything_said_is_shown_newest_first(page: ReviewPage) -> None:
    times = [row.at_ms for row in rows(page)]

    assert times == [LAST - place * HOUR for place in range(30)]


def test_typing_narrows_after_a_pause_and_leaving_returns_to_the_list(page: ReviewPage, qtbot: QtBot) -> None:
    QTest.keyClick(page, Qt.Key.Key_Slash)
    QTest.keyClicks(page.words, "teach")
    qtbot.waitUntil(shows(page, 5))
    QTest.keyClick(page.words, Qt.Key.Key_Return)

    assert {row.request for row in rows(page)} == {SAID[1]}
    assert page.table.hasFocus()


@pytest.mark.parametrize(
    ("chip", "words", "count"),
    [
        ("device", "Kitchen", 15),
        ("person", "Anna", 10),
        ("sound", "Without sound", 2),
        ("skill", "Quiz", 1),
        ("decision", "Undecided", 30),
        ("decision", "Keep", 0),
        ("kind", "Conversations", 0),
        ("dates", "2026", 30),
    ],
)
def test_each_chip_narrows(page: ReviewPage, qtbot: QtBot, chip: str, words: str, count: int) -> None:
    qtbot.waitUntil(lambda: bool(page.filters.device.menu().actions()[2:]))
    choose(page, chip, words)

    qtbot.waitUntil(shows(page, count))
    assert words in getattr(page.filters, chip).accessibleName()


def test_several_devices_are_chosen_together_and_named(page: ReviewPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(page.filters.device.menu().actions()[2:]))

    choose(page, "device", "Kitchen")
    choose(page, "device", "Kids Room")

    qtbot.waitUntil(shows(page, 30))
    assert page.filters.device.text() == "Kitchen +1"
    assert page.filters.device.accessibleName() == "Device: Kitchen, Kids Room"


def test_the_childrens_are_shown_and_counted(page: ReviewPage, qtbot: QtBot) -> None:
    page.show_children()

    qtbot.waitUntil(lambda: page.count.text() == "20 of 30")
    assert all(row.childs for row in rows(page))


def test_clear_all_shows_everything_again(page: ReviewPage, qtbot: QtBot) -> None:
    page.show_children()
    page.filters.hours.choose([((6, 9), "6 to 9")])
    page.filters.clear_all.click()

    qtbot.waitUntil(lambda: page.count.text() == "30 of 30")
    assert page.wanted == Filter()
    assert not page.filters.clear_all.isVisibleTo(page)


def test_when_nothing_matches_it_says_so_and_offers_the_way_back(page: ReviewPage, qtbot: QtBot) -> None:
    page.words.setText("xylophone")
    qtbot.waitUntil(page.no_match.isVisible)

    page.no_match.button.click()

    qtbot.waitUntil(shows(page, 30))
    assert page.table.isVisible()


def test_the_row_the_parent_is_at_stays_theirs_when_the_filter_changes(page: ReviewPage, qtbot: QtBot) -> None:
    page.table.go_to(7)
    before = rows(page)[7]

    page.show_children()

    qtbot.waitUntil(shows(page, 20))
    assert page.table.currentIndex().data(ROW).id == before.id


def test_a_newer_filter_overtakes_an_older_one(page: ReviewPage, qtbot: QtBot) -> None:
    for words in ("p", "pl", "pla", "g", "go", "good"):
        page.words.setText(words)
        page.words.searched.emit()

    qtbot.waitUntil(shows(page, 5))
    qtbot.wait(200)
    assert {row.request for row in rows(page)} == {"good night"}


def test_what_changed_elsewhere_is_shown_after_a_refresh(page: ReviewPage, library: Library, qtbot: QtBot) -> None:
    library.asked.decide(Filter(), Decision.KEEP, LAST)
    emma = next(one for one in library.household.members() if one.name == "Emma")
    library.household.change_member(emma.id, standing=Standing.ADULT)

    page.refresh()

    qtbot.waitUntil(lambda: all(row.decision is Decision.KEEP for row in rows(page)))
    assert not any(row.childs for row in rows(page))


def test_the_widths_of_list_and_card_are_kept(
    page: ReviewPage, library: Library, jobs: JobRunner, qtbot: QtBot
) -> None:
    page.halves.setSizes([420, 500])
    left = page.halves.sizes()
    page.halves.splitterMoved.emit(left[0], 1)
    qtbot.waitUntil(lambda: library.setting("review.widths") is not None)

    again = ReviewPage(library, jobs)
    qtbot.addWidget(again)
    again.resize(page.size())
    again.show()

    assert again.halves.sizes() == left
    again.shut()
