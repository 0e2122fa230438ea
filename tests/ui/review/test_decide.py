"""Deciding by keys and by mouse, on one, many, or everything that the filter shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Decision, Filter
from app.ui.review import marking
from app.ui.review.page import ReviewPage
from tests.ui.review.test_filter import rows


def decided(page: ReviewPage) -> list[Decision | None]:
    return [row.decision for row in rows(page)]


@pytest.mark.parametrize(
    ("key", "decision"),
    [(Qt.Key.Key_K, Decision.KEEP), (Qt.Key.Key_D, Decision.DELETE), (Qt.Key.Key_B, Decision.KEEPSAKE)],
)
def test_a_key_decides_on_a_row_and_moves_on(page: ReviewPage, qtbot: QtBot, key: Qt.Key, decision: Decision) -> None:
    with qtbot.waitSignal(page.decided):
        QTest.keyClick(page.table, key)

    assert decided(page)[:2] == [decision, None]
    assert page.table.currentIndex().row() == 1


def test_u_takes_a_decision_back(page: ReviewPage, library: Library, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.decided):
        QTest.keyClick(page.table, Qt.Key.Key_D)
    page.table.go_to(0)

    with qtbot.waitSignal(page.decided):
        QTest.keyClick(page.table, Qt.Key.Key_U)

    assert decided(page)[0] is None
    assert library.asked.counts()[None] == 30


def test_letters_typed_into_the_search_decide_nothing(page: ReviewPage, library: Library, qtbot: QtBot) -> None:
    page.words.take_focus()
    QTest.keyClicks(page.words, "kdub")

    assert page.words.text() == "kdub"
    assert library.asked.last_undoable() is None


def test_all_that_the_filter_shows_is_one_decision(page: ReviewPage, library: Library, qtbot: QtBot) -> None:
    page.show_children()
    qtbot.waitUntil(lambda: len(rows(page)) == 20)

    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.bulk.isVisible()
    assert page.bulk.said.text() == "All 20 selected"
    with qtbot.waitSignal(page.decided):
        page.bulk.buttons[Decision.DELETE].click()

    change = library.asked.last_undoable()
    assert change is not None
    assert change.changed == 20
    assert library.ids(Filter(decisions=frozenset({Decision.DELETE}))) == library.ids(Filter(children=True))


def test_some_rows_are_decided_together_and_stay_selected(page: ReviewPage, qtbot: QtBot) -> None:
    page.table.go_to(3)
    for _ in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    with qtbot.waitSignal(page.decided):
        QTest.keyClick(page.table, Qt.Key.Key_K)

    assert [place for place, one in enumerate(decided(page)) if one is Decision.KEEP] == [3, 4, 5, 6]
    assert page.table.ranges() == [(3, 6)]


def test_thousands_are_decided_by_their_places(
    page: ReviewPage, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "_FEW", 5)
    page.table.selectAll()

    with qtbot.waitSignal(page.decided):
        QTest.keyClick(page.table, Qt.Key.Key_D)

    assert set(decided(page)) == {Decision.DELETE}
    assert library.asked.counts()[Decision.DELETE] == 30


def test_rows_do_not_move_while_a_decision_by_places_waits(
    page: ReviewPage, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "_FEW", 5)
    page.table.selectAll()

    QTest.keyClick(page.table, Qt.Key.Key_D)
    page.show_children()

    qtbot.waitUntil(lambda: len(rows(page)) == 20)
    assert library.asked.counts()[Decision.DELETE] == 30


def test_the_card_decides_on_what_it_shows(page: ReviewPage, qtbot: QtBot) -> None:
    page.table.go_to(5)

    with qtbot.waitSignal(page.decided):
        page.card.buttons[Decision.KEEP].click()

    assert decided(page)[5] is Decision.KEEP
    assert page.table.currentIndex().row() == 6
    page.table.go_to(5)
    assert page.card.buttons[Decision.KEEP].isChecked()
