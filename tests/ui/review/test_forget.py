"""Forgetting one recording, and how what is forgotten shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Decision, Filter, Kind
from app.ui.erasing import ErasingQuestion
from app.ui.jobs import JobRunner
from app.ui.review import marking
from app.ui.review.page import ReviewPage
from app.ui.review.words import sentence
from tests.ui.asked import question_of
from tests.ui.review.test_filter import choose, rows, shows


def said_by(question: ErasingQuestion) -> str:
    return "\n".join(label.text() for label in question.findChildren(QLabel))


def test_the_shown_recording_and_no_other_is_forgotten(page: ReviewPage, library: Library, qtbot: QtBot) -> None:
    page.table.go_to(4)
    page.card.forget.click()
    question = question_of(page, ErasingQuestion, qtbot)
    assert question.title.text() == "Destroy the copy here of this recording?"
    assert "this asks nobody to delete anything" in said_by(question)

    with qtbot.waitSignal(page.erasing_wanted) as told:
        question.go_on.click()

    assert list(told.args[0](library)) == [rows(page)[4].id]


def test_what_is_marked_delete_and_in_no_plan_needs_the_plan_first(
    page: ReviewPage, library: Library, qtbot: QtBot
) -> None:
    library.asked.decide([rows(page)[4].id], Decision.DELETE, 1)
    page.table.go_to(4)

    page.card.forget.click()
    question = question_of(page, ErasingQuestion, qtbot)

    assert "Make the plan first" in said_by(question)
    question.reject()


def test_what_is_undecided_needs_no_plan(page: ReviewPage, qtbot: QtBot) -> None:
    page.card.forget.click()
    question = question_of(page, ErasingQuestion, qtbot)

    assert "Make the plan first" not in said_by(question)
    question.reject()


def test_what_was_destroyed_here_shows_only_when_it_is_chosen(page: ReviewPage, library: Library, qtbot: QtBot) -> None:
    forgotten = [row.id for row in rows(page)[:2]]
    library.erasing.forget(forgotten)
    choose(page, "kind", "Everything")
    qtbot.waitUntil(shows(page, 28))

    choose(page, "kind", "Destroyed here")

    qtbot.waitUntil(shows(page, 2))
    assert [row.id for row in rows(page)] == forgotten
    assert {row.kind for row in rows(page)} == {Kind.FORGOTTEN}
    assert all("destroyed here" in sentence(row) for row in rows(page))
    assert page.card.person.text() == "Destroyed here"
    assert not page.card.forget.isVisible()


def test_nothing_is_decided_on_what_was_destroyed_here(
    page: ReviewPage, library: Library, jobs: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "_FEW", 0)  # by their places, where nothing else would refuse it
    library.erasing.forget([row.id for row in rows(page)[:2]])
    choose(page, "kind", "Destroyed here")
    qtbot.waitUntil(shows(page, 2))

    QTest.keyClick(page.table, Qt.Key.Key_K)

    qtbot.waitUntil(lambda: not jobs.busy)
    assert library.asked.last_undoable() is None
    assert library.count(Filter(kinds=frozenset({Kind.FORGOTTEN}), decisions=frozenset({Decision.KEEP}))) == 0
