"""What each page does with a real library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Decision, Filter, Happened, Issue, Standing, Verdict
from app.providers.provider import Provider
from app.ui.bring_in import BringInPage
from app.ui.check import CheckPage
from app.ui.delete import DeletePage
from app.ui.erasing import ErasingQuestion
from app.ui.household import HouseholdPage
from app.ui.jobs import JobRunner
from app.ui.pages import Page
from tests.ui import made_up
from tests.ui.asked import question_of
from tests.ui.takeout import takeout

Vendors = Mapping[str, Provider]


def opened(page: QWidget, jobs: JobRunner, qtbot: QtBot) -> None:
    """Show *page* and wait until it is up to date."""
    qtbot.addWidget(page)
    with qtbot.waitSignal(jobs.idle):
        cast(Page, page).refresh()
        page.show()


def test_what_is_dropped_is_read_and_summed_up(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot, tmp_path: Path
) -> None:
    page = BringInPage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(takeout(tmp_path, "play baby shark", "good night")))])
    where, copy = QPointF(50, 50), Qt.DropAction.CopyAction
    drop = QDropEvent(where, copy, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)

    with qtbot.waitSignal(page.brought_in) as told, qtbot.waitSignal(jobs.idle):
        page.drop.dropEvent(drop)

    assert [source.new for source in told.args[0]] == [2]
    assert [card.summary.text()[:13] for card in page.cards] == ["2 things said"]
    assert library.count(Filter()) == 2


def test_everything_that_was_not_read_is_listed(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "shopping.txt").write_text("milk", encoding="utf-8")
    page = BringInPage(library, jobs, vendors)
    opened(page, jobs, qtbot)

    with qtbot.waitSignal(jobs.idle):
        page.bring_in([takeout(tmp_path, "hello"), tmp_path / "shopping.txt"])

    assert page.unread.list is not None
    page.unread.list.toggle.click()
    lines = page.unread.list.list
    assert lines.isVisibleTo(page)
    assert "shopping.txt" in str(lines.model().index(0, 0).data())


def test_rows_that_could_not_be_read_are_listed_with_their_place(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    issue = Issue("records/page-7.json", 3, "damaged-row", "This row has no time.")
    made_up.bring_in(library, "history.har", made_up.interactions(5), made_ms=None, issues=(issue,))
    page = BringInPage(library, jobs, vendors)

    opened(page, jobs, qtbot)

    unread = page.cards[0].unread
    assert unread is not None
    assert unread.list.model().index(0, 0).data() == "records/page-7.json, row 3: This row has no time."


def test_something_that_is_no_archive_is_answered_with_what_to_do(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "shopping.txt").write_text("milk", encoding="utf-8")
    page = BringInPage(library, jobs, vendors)
    opened(page, jobs, qtbot)

    with qtbot.waitSignal(page.problem) as told:
        page.bring_in([tmp_path / "shopping.txt"])

    assert told.args[0].advice
    qtbot.waitUntil(lambda: not jobs.busy)


def test_a_suggestion_is_confirmed_with_one_click(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 40)
    page = HouseholdPage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    kids_room = next(one for one in page.devices if one.name.text() == "Kids Room")
    assert kids_room.state.text() == "Suggested by the archive"

    with qtbot.waitSignal(page.changed):
        kids_room.confirm.click()

    (now,) = (one for one in library.household.speakers() if one.name == "Kids Room")
    assert (now.standing, now.confirmed) == (Standing.CHILD, True)


def test_a_person_is_renamed_and_said_to_be_a_child(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 40)
    page = HouseholdPage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    row = next(one for one in page.people if one.name.text() == "Anna")

    row.name.setText("Annie")
    row.whose.setCurrentIndex(row.whose.findData(Standing.CHILD))
    with qtbot.waitSignal(page.changed):
        row.whose.activated.emit(row.whose.currentIndex())

    (now,) = (one for one in library.household.members() if one.said_name == "Anna")
    assert (now.name, now.standing, now.confirmed) == ("Annie", Standing.CHILD, True)


def test_the_plan_can_only_be_made_once_both_questions_are_answered(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 60)
    made_up.mark_children(library)
    page = DeletePage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    marked = page.marked
    assert marked is not None
    assert not marked.freeze.isEnabled()

    marked.court.setChecked(True)
    marked.others.setChecked(True)
    with qtbot.waitSignal(page.changed), qtbot.waitSignal(jobs.idle):
        marked.freeze.click()

    (plan,) = library.asked.plans()
    assert len(plan.items) == library.count(Filter(decisions=frozenset({Decision.DELETE})))
    assert page.marked is None
    assert [card.all_done.isEnabled() for card in page.plans] == [False]
    assert page.plans[0].state.text().startswith("Time to think until")


@pytest.mark.parametrize(("chosen", "days"), [("destroys itself in 90 days", 90), ("stays here", None)])
def test_the_plan_says_how_long_the_copy_here_stays(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot, chosen: str, days: int | None
) -> None:
    made_up.first_archive(library, 60)
    made_up.mark_children(library)
    page = DeletePage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    marked = page.marked
    assert marked is not None
    assert marked.copy.currentText() == "destroys itself in 30 days"
    for box in (marked.court, marked.others):
        box.setChecked(True)

    marked.copy.setCurrentIndex(marked.copy.findText(chosen))
    with qtbot.waitSignal(page.changed), qtbot.waitSignal(jobs.idle):
        marked.freeze.click()

    (plan,) = library.asked.plans()
    assert plan.copy_until_ms == (None if days is None else plan.made_ms + days * made_up.DAY)


def test_the_confirmation_says_how_many_whose_and_what_stays(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 90)
    made_up.mark_children(library)
    counts = library.asked.counts()
    page = DeletePage(library, jobs, vendors)

    opened(page, jobs, qtbot)

    assert page.marked is not None
    question = page.marked.question.text()
    assert question.startswith(f"Ask Amazon Alexa to delete {counts[Decision.DELETE]} recordings?\n")
    assert "Emma" in question and "Kids Room" in question
    assert f"{counts[Decision.KEEP]} that you keep stay." in question


def test_a_tick_notes_that_a_step_was_asked(library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot) -> None:
    made_up.first_archive(library, 60)
    made_up.mark_children(library)
    plan = made_up.ask(library, vendors, all_steps=False)
    page = DeletePage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    step = next(one for one in page.plans[0].steps if not one.tick.isChecked())

    with qtbot.waitSignal(page.changed), qtbot.waitSignal(jobs.idle):
        step.tick.click()

    asked = {item.step for item in library.asked.items(plan.id) if item.asked_ms is not None}
    assert step.operation.step in asked
    assert len(asked) == len(plan.operations) // 2 + 1


def test_the_checklist_says_each_verdict_in_a_word(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    made_up.whole_journey(library, vendors, 120)
    page = CheckPage(library, jobs, vendors)

    opened(page, jobs, qtbot)

    words = {child.accessibleName().split(".")[0] for child in page.checklists[0].findChildren(QWidget)}
    assert {"gone", "still held", "cannot tell"} <= {word.split(" ", 1)[-1] for word in words}


def test_the_recordings_behind_a_number_are_shown(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    plan = made_up.whole_journey(library, vendors, 120)
    page = CheckPage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    show = next(one for one in page.checklists[0].shows if "still held" in one.accessibleName())

    with qtbot.waitSignal(jobs.idle):
        show.click()

    (look,) = library.concluded.looks(plan.id)
    held = {one.interaction for one in look.conclusions if one.verdict is Verdict.STILL_HELD}
    assert page.behind.isVisibleTo(page)
    assert page.behind.list is not None
    assert page.behind.list.model().rowCount() == len(held)


def test_a_later_archive_that_does_not_say_when_it_was_made_is_asked_about(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 60)
    made_up.mark_children(library)
    plan = made_up.ask(library, vendors)
    made_up.bring_in(library, "saved.har", made_up.interactions(60), made_ms=None, now_ms=plan.made_ms + made_up.DAY)
    page = CheckPage(library, jobs, vendors)
    opened(page, jobs, qtbot)

    page.look_at_unlooked()
    (question,) = page.questions
    with qtbot.waitSignal(page.changed), qtbot.waitSignal(jobs.idle):
        question.look.click()

    (look,) = library.concluded.looks(plan.id)
    assert look.made_by_parent
    assert Verdict.STILL_HELD in {one.verdict for one in look.conclusions}


def test_a_later_archive_is_brought_in_and_held_against_the_plan(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot, tmp_path: Path
) -> None:
    page = BringInPage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    with qtbot.waitSignal(jobs.idle):
        page.bring_in([takeout(tmp_path, "one", "two", "three")])
    library.asked.decide(library.ids(Filter())[:2], Decision.DELETE, made_up.FIRST)
    plan = made_up.ask(library, vendors)
    check = CheckPage(library, jobs, vendors)
    opened(check, jobs, qtbot)

    with qtbot.waitSignal(check.changed):
        check.bring_in([takeout(tmp_path, "one", name="later.zip")])
    qtbot.waitUntil(lambda: bool(check.questions))
    with qtbot.waitSignal(jobs.idle):
        check.questions[0].unknown.click()

    (look,) = library.concluded.looks(plan.id)
    assert look.source_name.startswith("later")
    assert {one.verdict for one in look.conclusions} == {Verdict.CANNOT_TELL}


def test_what_was_found_gone_can_be_destroyed_here(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    plan = made_up.whole_journey(library, vendors, 120)
    gone = library.erasing.verified(plan.id)
    page = CheckPage(library, jobs, vendors)
    opened(page, jobs, qtbot)
    assert page.copy.about.text().startswith(f"{len(gone)} of these were found gone. Their copy is still here until ")

    page.copy.destroy_now.click()
    question = question_of(page, ErasingQuestion, qtbot)
    with qtbot.waitSignal(page.erasing_wanted) as told:
        question.go_on.click()

    assert sorted(told.args[0](library)) == sorted(gone)


def test_before_anything_was_found_gone_nothing_is_offered_to_be_destroyed(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot
) -> None:
    made_up.first_archive(library, 60)
    made_up.mark_children(library)
    made_up.ask(library, vendors)
    page = CheckPage(library, jobs, vendors)

    opened(page, jobs, qtbot)

    assert not page.copy.isVisibleTo(page)


@pytest.mark.parametrize("name", ["report.html", "report.pdf"])
def test_the_report_is_saved(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    made_up.whole_journey(library, vendors, 30)
    page = CheckPage(library, jobs, vendors)
    opened(page, jobs, qtbot)

    with qtbot.waitSignal(jobs.idle):
        page.save_report(tmp_path / name)

    head = (tmp_path / name).read_bytes()[:200].lower()
    assert head.startswith(b"%pdf" if name.endswith("pdf") else b"<!doctype html")
    assert (tmp_path / name).stat().st_size > 3_000
    assert library.log.entries()[0].what is Happened.EXPORTED


def test_a_report_that_cannot_be_saved_is_a_problem(
    library: Library, jobs: JobRunner, vendors: Vendors, qtbot: QtBot, tmp_path: Path
) -> None:
    made_up.whole_journey(library, vendors, 30)
    page = CheckPage(library, jobs, vendors)
    opened(page, jobs, qtbot)

    with qtbot.waitSignal(jobs.problem) as told:
        page.save_report(tmp_path / "nowhere" / "report.pdf")

    assert "report.pdf" in told.args[0].message
