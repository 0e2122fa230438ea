"""The page about what stays here, and the questions before anything of it is destroyed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Decision, Filter, Plan
from app.providers.provider import Provider
from app.ui.copies import DAY_MS, copy_of, countdown, now_ms
from app.ui.erasing import ErasingQuestion, EverythingQuestion
from app.ui.jobs import JobRunner
from app.ui.kept import KeptPage
from app.ui.question import Question
from app.vault import Vault
from tests.ui import made_up
from tests.ui.asked import question_of
from tests.ui.locks import PASSPHRASE
from tests.ui.test_pages import Vendors, opened

Which = Callable[[Library], Sequence[int]]


@pytest.fixture
def plan(library: Library, vendors: Mapping[str, Provider]) -> Plan:
    """A plan that was asked, in a household that also has keepsakes."""
    made_up.first_archive(library, 90)
    made_up.mark_children(library)
    library.asked.decide(library.ids(Filter(decisions=frozenset({None})))[:3], Decision.KEEPSAKE, made_up.FIRST)
    return made_up.ask(library, vendors)


@pytest.fixture
def page(jobs: JobRunner, vendors: Vendors, plan: Plan, vault: Vault, qtbot: QtBot) -> Iterator[KeptPage]:
    made = KeptPage(jobs, vendors, vault)
    opened(made, jobs, qtbot)
    yield made
    qtbot.waitUntil(lambda: not jobs.busy)


def test_an_empty_library_leads_to_bringing_in(jobs: JobRunner, vendors: Vendors, qtbot: QtBot) -> None:
    page = KeptPage(jobs, vendors, None)
    opened(page, jobs, qtbot)

    with qtbot.waitSignal(page.bring_in_wanted):
        page.empty.button.click()


def test_the_keepsakes_are_listed_with_what_was_said(page: KeptPage) -> None:
    assert page.box.title.text() == "Keepsake box · 3 keepsakes"
    assert page.box.list is not None
    lines = [page.box.list.model().index(place, 0).data() for place in range(3)]
    assert all("“" in line for line in lines)


def test_keepsakes_are_saved_after_it_is_said_that_the_files_are_not_sealed(
    page: KeptPage, library: Library, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    page.ask_to_save(tmp_path)
    question = question_of(page, Question, qtbot)

    assert "not sealed" in question.sentence.text()
    assert not list(tmp_path.glob("Keepsakes*"))
    with qtbot.waitSignal(jobs.idle):
        question.go_on.click()

    (folder,) = tmp_path.glob("Keepsakes*")
    assert len(list(folder.glob("*.txt"))) == 3
    assert page.box.saved.text() == f"3 keepsakes saved in “{folder.name}”"


def test_what_hinders_the_saving_is_said_in_the_question(
    page: KeptPage, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.touch()
    page.ask_to_save(in_the_way)
    question = question_of(page, Question, qtbot)

    with qtbot.waitSignal(jobs.idle):
        question.go_on.click()

    assert question.isVisible()
    assert question.trouble.text().startswith("The keepsakes could not be saved")


def test_a_copy_says_how_much_is_there_and_when_it_destroys_itself(page: KeptPage, plan: Plan) -> None:
    (row,) = page.copies.rows

    assert f"{len(plan.items)} recordings still here" in row.about.text()
    assert row.state.text().startswith("Destroys itself in ")


def test_a_copy_is_kept_here_and_nothing_is_put_back(
    page: KeptPage, library: Library, jobs: JobRunner, plan: Plan, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(jobs.idle):
        page.copies.rows[0].keep.click()

    assert library.asked.plan(plan.id).copy_until_ms is None
    (row,) = page.copies.rows
    assert "nothing is put back" in row.state.text()
    assert not row.keep.isVisibleTo(page)


def test_a_copy_gets_another_date(page: KeptPage, library: Library, jobs: JobRunner, plan: Plan, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.idle):
        page.copies.rows[0].menu.actions()[2].trigger()

    until_ms = library.asked.plan(plan.id).copy_until_ms
    assert until_ms is not None
    assert round((until_ms - now_ms()) / DAY_MS) == 90


def test_the_question_says_whose_how_many_what_stays_and_what_it_does_not_reach(
    page: KeptPage, plan: Plan, qtbot: QtBot
) -> None:
    page.copies.rows[0].destroy_now.click()
    question = question_of(page, ErasingQuestion, qtbot)

    said = "\n".join(label.text() for label in question.findChildren(type(question.sentence)))
    number = len(plan.items)
    assert question.title.text() == f"Destroy the copy here of {number} recordings?"
    assert question.go_on.text() == f"Destroy {number} here"
    assert "Emma" in said and "Ben" in said and "Kids Room" in said
    assert "When and where something was said stays without a word" in said
    assert "Amazon Alexa" in said and "alexa-history.har" in said
    question.reject()


def test_enter_alone_destroys_nothing(page: KeptPage, qtbot: QtBot) -> None:
    page.copies.rows[0].destroy_now.click()
    question = question_of(page, ErasingQuestion, qtbot)

    with qtbot.assertNotEmitted(page.erasing_wanted), qtbot.waitSignal(question.finished):
        QTest.keyClick(question, Qt.Key.Key_Return)


def test_exactly_what_was_counted_is_destroyed(page: KeptPage, library: Library, plan: Plan, qtbot: QtBot) -> None:
    page.copies.rows[0].destroy_now.click()
    question = question_of(page, ErasingQuestion, qtbot)

    with qtbot.waitSignal(page.erasing_wanted) as told:
        question.go_on.click()

    which, title = told.args
    assert sorted(which(library)) == sorted(plan.items)
    assert title == f"Destroying the copy here of {len(plan.items)} recordings…"


def test_what_is_to_be_kept_is_spared(library: Library, plan: Plan) -> None:
    spared = plan.items[:4]
    library.asked.decide(spared[:2], Decision.KEEP, made_up.FIRST)
    library.asked.decide(spared[2:], Decision.KEEPSAKE, made_up.FIRST)

    assert sorted(copy_of(library, plan.id)) == sorted(set(plan.items) - set(spared))


def test_of_a_plan_that_was_never_asked_nothing_is_destroyed(library: Library, vendors: Mapping[str, Provider]) -> None:
    from app import deletion

    made_up.first_archive(library, 30)
    made_up.mark_children(library)
    plan = deletion.freeze(library, vendors, Filter(), now_ms=made_up.FIRST)

    assert copy_of(library, plan.id) == []


def test_what_another_plan_holds_is_spared(library: Library, vendors: Mapping[str, Provider], plan: Plan) -> None:
    again = made_up.ask(library, vendors)
    library.asked.keep_copy(again.id, None)

    assert copy_of(library, plan.id) == []


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (24, "Destroys itself in 24 days"),
        (1, "Destroys itself tomorrow"),
        (0, "Destroys itself when Earshot is next opened"),
        (-3, "Destroys itself when Earshot is next opened"),
    ],
)
def test_the_countdown_is_said_in_days(days: int, words: str) -> None:
    noon = made_up.FIRST + 12 * made_up.HOUR

    assert countdown(noon + days * DAY_MS, noon).startswith(words)


def test_the_last_day_is_today() -> None:
    noon = made_up.FIRST + 12 * made_up.HOUR

    assert countdown(noon + 1, noon).startswith("Destroys itself today")


def test_everything_is_destroyed_only_with_the_tick_and_the_passphrase(
    page: KeptPage, library: Library, jobs: JobRunner, qtbot: QtBot
) -> None:
    page.everything.destroy_all.click()
    question = question_of(page, EverythingQuestion, qtbot)
    assert question.go_on.text() == f"Destroy all {library.count(Filter())}"
    assert not question.go_on.isEnabled()

    question.sure.setChecked(True)
    assert not question.go_on.isEnabled()
    question.secret.field.setText("three small dogs")
    with qtbot.assertNotEmitted(page.everything_wanted), qtbot.waitSignal(jobs.idle):
        question.go_on.click()
    assert question.trouble.text().startswith("This is not the passphrase")

    question.secret.field.setText(PASSPHRASE)
    with qtbot.waitSignal(page.everything_wanted):
        question.go_on.click()


def test_enter_in_the_field_of_the_passphrase_destroys_nothing(page: KeptPage, qtbot: QtBot) -> None:
    page.everything.destroy_all.click()
    question = question_of(page, EverythingQuestion, qtbot)
    question.sure.setChecked(True)
    question.secret.field.setFocus()
    QTest.keyClicks(question.secret.field, PASSPHRASE)

    with qtbot.assertNotEmitted(question.agreed):
        QTest.keyClick(question.secret.field, Qt.Key.Key_Return)

    assert question.isVisible()
    assert question.go_on.isEnabled()
    question.reject()
