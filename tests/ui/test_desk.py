"""The desk as a whole: its keys, its numbers, its names for those who cannot see it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Decision, Filter, Job, Problem, Progress
from app.providers.provider import Provider
from app.ui import mistakes
from app.ui.desk import Desk
from app.ui.erasing import EverythingQuestion
from app.ui.household import HouseholdPage
from app.ui.jobs import JobRunner
from app.ui.kept import KeptPage
from app.ui.pages import BRING_IN, CHECK, DELETE, HOUSEHOLD, KEPT, PAGES, REVIEW
from tests.ui import made_up
from tests.ui.asked import question_of
from tests.ui.reader import unnamed

Vendors = Mapping[str, Provider]


def settled(window: Desk, jobs: JobRunner, qtbot: QtBot) -> None:
    """Show *window* and wait until its numbers are in."""
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: window.status.counts.text() != "")
    qtbot.waitUntil(lambda: not jobs.busy)


@pytest.mark.parametrize("place", range(len(PAGES)), ids=[name for name, _ in PAGES])
@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
def test_every_control_has_a_name(
    library: Library, vendors: Vendors, jobs: JobRunner, window: Desk, qtbot: QtBot, place: int, full: bool
) -> None:
    if full:
        made_up.whole_journey(library, vendors, 40)
    settled(window, jobs, qtbot)

    page = window.open_page(place)
    qtbot.waitUntil(lambda: not jobs.busy)

    assert page.isVisible()
    assert unnamed(window) == []


def test_a_control_without_a_name_is_found(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    QPushButton(around)
    with qtbot.waitExposed(around):
        around.show()

    assert unnamed(around) == ["QPushButton"]


def test_what_vendors_and_people_wrote_is_never_taken_for_markup(
    library: Library, vendors: Vendors, jobs: JobRunner, window: Desk, qtbot: QtBot
) -> None:
    made_up.whole_journey(library, vendors, 40)
    settled(window, jobs, qtbot)

    for place in range(len(PAGES)):
        window.open_page(place)
        qtbot.waitUntil(lambda: not jobs.busy)

    labels = window.findChildren(QLabel)
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_nothing_but_the_window_ever_shows_as_a_window(
    library: Library, vendors: Vendors, jobs: JobRunner, window: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    class Shown(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.names: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.names.append(type(watched).__name__)
            return False

    made_up.whole_journey(library, vendors, 40)
    shown = Shown()
    qapp.installEventFilter(shown)

    settled(window, jobs, qtbot)
    for place in range(len(PAGES)):
        window.open_page(place)
        qtbot.waitUntil(lambda: not jobs.busy)

    qapp.removeEventFilter(shown)
    assert shown.names == ["Desk"]


def test_an_empty_library_opens_where_archives_come_in(window: Desk, jobs: JobRunner, qtbot: QtBot) -> None:
    settled(window, jobs, qtbot)

    assert window.pages.place == BRING_IN
    assert window.status.counts.text() == "Nothing brought in yet"


def test_the_status_line_and_the_rail_say_what_is_left(
    library: Library, vendors: Vendors, jobs: JobRunner, window: Desk, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 60)
    made_up.mark_children(library)
    counts = library.asked.counts()

    settled(window, jobs, qtbot)

    said = f"{counts[Decision.DELETE]} marked delete · {counts[Decision.KEEP]} keep · {counts[None]} undecided"
    assert window.status.counts.text() == said
    assert window.rail.buttons[DELETE].accessibleName() == f"Delete, {counts[Decision.DELETE]} left"
    assert window.rail.buttons[HOUSEHOLD].accessibleName() == "Household, 2 left"


def test_a_look_that_is_due_is_work_left(
    library: Library, vendors: Vendors, jobs: JobRunner, window: Desk, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 60)
    made_up.mark_children(library)
    made_up.ask(library, vendors)

    settled(window, jobs, qtbot)

    assert window.rail.buttons[CHECK].accessibleName() == "Check, 1 left"
    assert window.rail.buttons[DELETE].accessibleName() == "Delete"


def test_undo_and_redo_go_through_the_keys_and_say_what_they_would_do(
    library: Library, jobs: JobRunner, window: Desk, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 20)
    library.asked.decide(library.ids(Filter())[:12], Decision.DELETE, made_up.FIRST)
    settled(window, jobs, qtbot)
    assert window.status.undo.text() == "Undo: 12 decisions"

    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not jobs.busy)
    undone = library.asked.counts().get(Decision.DELETE, 0)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Z, both)
    qtbot.waitUntil(lambda: not jobs.busy)

    assert undone == 0
    assert library.asked.counts()[Decision.DELETE] == 12


def test_f9_hides_everything_at_once_and_shows_it_again(window: Desk, jobs: JobRunner, qtbot: QtBot) -> None:
    settled(window, jobs, qtbot)

    QTest.keyClick(window, Qt.Key.Key_F9)
    hidden = [window.pages.isVisible(), window.status.isVisible(), window.rail.isVisible()]
    QTest.keyClick(window, Qt.Key.Key_F9)

    assert hidden == [False, False, False]
    assert window.pages.isVisible()


def test_f9_in_an_open_question_closes_it_and_hides_everything_at_once(
    window: Desk, jobs: JobRunner, qtbot: QtBot
) -> None:
    settled(window, jobs, qtbot)
    page = cast(KeptPage, window.open_page(KEPT))
    qtbot.waitUntil(lambda: not jobs.busy)
    page.everything.destroy_all.click()
    question = question_of(page, EverythingQuestion, qtbot)

    with qtbot.waitSignal(question.rejected):
        QTest.keyClick(question, Qt.Key.Key_F9)

    assert window.curtain.isVisible()
    assert not window.pages.isVisible()


def test_a_question_mark_shows_all_keys(window: Desk, jobs: JobRunner, qtbot: QtBot) -> None:
    settled(window, jobs, qtbot)

    QTest.keyClick(window, Qt.Key.Key_Question)

    assert window.keys is not None
    assert window.keys.isVisible()
    window.keys.reject()


def test_escape_stops_what_runs(window: Desk, jobs: JobRunner, qtbot: QtBot) -> None:
    def endless(_: Library) -> Job[int]:
        while True:
            yield Progress(3, 9, "Reading page 3")

    settled(window, jobs, qtbot)
    jobs.start("Reading…", endless, lambda _: None)
    qtbot.waitUntil(lambda: window.status.cancel.isVisible())
    shown = (window.status.doing.text(), window.status.bar.value(), window.status.bar.maximum())

    with qtbot.waitSignal(jobs.idle):
        QTest.keyClick(window, Qt.Key.Key_Escape)

    assert shown == ("Reading page 3", 3, 9)
    assert not window.status.cancel.isVisible()


def test_a_problem_is_shown_with_what_can_be_done(window: Desk, jobs: JobRunner, qtbot: QtBot) -> None:
    settled(window, jobs, qtbot)

    jobs.problem.emit(Problem("This zip is cut off at the end.", advice="Download it again."))

    assert window.notice.isVisible()
    assert window.notice.accessibleName() == "This zip is cut off at the end. Download it again."


def test_a_mistake_of_ours_is_noted_without_a_word_that_anyone_said(
    window: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    mistakes.watch(tmp_path / "mistakes.log", window.show_mistake)
    try:
        raise ValueError("play baby shark")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    noted = (tmp_path / "mistakes.log").read_text(encoding="utf-8")
    assert "shark" not in noted
    assert window.notice.sentence.text() == "Earshot made a mistake."


def test_tab_follows_the_eye(window: Desk, jobs: JobRunner, qtbot: QtBot) -> None:
    settled(window, jobs, qtbot)
    window.rail.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []

    while (focused := window.focusWidget()) not in visited:
        visited.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    page = window.pages
    inside = [one for one in visited if page.isAncestorOf(one)]
    tops = [(one.mapTo(page, QPoint(0, 0)).y(), one.mapTo(page, QPoint(0, 0)).x()) for one in inside]
    assert len(inside) >= 4
    assert tops == sorted(tops)
    rail = [one for one in visited if window.rail.isAncestorOf(one)]
    assert visited.index(rail[0]) < visited.index(inside[0])


def test_the_pages_open_by_their_numbers(window: Desk, jobs: JobRunner, qtbot: QtBot) -> None:
    settled(window, jobs, qtbot)

    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not jobs.busy)

    assert window.pages.place == CHECK
    assert window.rail.buttons[CHECK].isChecked()


def test_the_childrens_lead_to_review(library: Library, jobs: JobRunner, window: Desk, qtbot: QtBot) -> None:
    made_up.first_archive(library, 20)
    settled(window, jobs, qtbot)
    page = cast(HouseholdPage, window.open_page(HOUSEHOLD))
    qtbot.waitUntil(lambda: not jobs.busy)

    page.show_children.click()
    qtbot.waitUntil(lambda: not jobs.busy)

    assert window.pages.place == REVIEW
