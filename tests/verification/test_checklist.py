"""What stands now of a plan over all its looks, and when the next one is due."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import verification
from app.library import Library
from app.model import ChecklistRow, Condition, Coverage, Layer, Verdict
from app.verification.checklist import next_look_ms
from tests.keys import KEYS
from tests.vendors import FakeVendor
from tests.verification.test_look import ASKED, DAY, FRESH, NOW, Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(Library.open(tmp_path / "library", KEYS), FakeVendor())


def rows(home: Home) -> dict[Layer, ChecklistRow]:
    return {row.layer: row for row in verification.checklist(home.library, home.providers, home.plan)}


def test_before_any_look_everything_waits_and_a_look_is_due_at_once(home: Home) -> None:
    row = rows(home)[Layer.REQUEST]

    assert (row.judged, row.waiting, row.counts, row.next_look_ms) == (2, 2, {}, ASKED)


def test_a_layer_that_no_record_ever_showed_says_how_it_could_be_known(home: Home) -> None:
    row = rows(home)[Layer.THIRD_PARTY]

    assert (row.judged, row.outcomes, row.next_look_ms) == (0, (), None)
    assert row.knowable == "Only the makers of skills can say."


def test_each_outcome_says_how_many_which_and_how_we_know(home: Home) -> None:
    home.vendor.forgets(home.gone[:1])
    home.vendor.forgets(home.gone[1:], keeping=[Layer.RESPONSE])
    home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH))

    row = rows(home)[Layer.RESPONSE]

    assert [(one.verdict, one.items) for one in row.outcomes] == [
        (Verdict.GONE, (home.ids[home.gone[0]],)),
        (Verdict.STILL_HELD, (home.ids[home.gone[1]],)),
    ]
    assert row.outcomes[0].how.startswith("no longer listed in fresh.zip, made ")
    assert row.outcomes[1].how.startswith("listed in fresh.zip, made ")
    assert row.counts == {Verdict.GONE: 1, Verdict.STILL_HELD: 1}
    assert row.waiting == 0


def test_a_later_look_that_cannot_tell_does_not_hide_what_an_earlier_one_could(home: Home) -> None:
    home.vendor.forgets(home.gone)
    home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH))
    home.look(home.vendor.lists(home.library, "page.json", made_ms=None))

    (outcome,) = rows(home)[Layer.REQUEST].outcomes

    assert (outcome.verdict, outcome.source_name) == (Verdict.GONE, "fresh.zip")


def test_what_nobody_could_tell_says_why(home: Home) -> None:
    home.look(home.vendor.lists(home.library, "page.json", made_ms=None))

    (outcome,) = rows(home)[Layer.REQUEST].outcomes

    assert (outcome.verdict, outcome.missing) == (Verdict.CANNOT_TELL, Condition.MADE_KNOWN)
    assert outcome.how == "It is not known when page.json was made."
    assert rows(home)[Layer.REQUEST].next_look_ms == ASKED


def test_the_archive_made_last_counts_not_the_one_looked_at_last(home: Home) -> None:
    older = home.vendor.lists(home.library, "older.zip", made_ms=FRESH)
    home.vendor.forgets(home.gone)
    home.look(home.vendor.lists(home.library, "newer.zip", made_ms=FRESH + DAY))
    home.look(older)

    (outcome,) = rows(home)[Layer.REQUEST].outcomes

    assert (outcome.verdict, outcome.source_name) == (Verdict.GONE, "newer.zip")


def test_after_a_look_the_next_one_is_due_later(home: Home) -> None:
    home.vendor.forgets(home.gone)
    home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=ASKED + 2 * DAY - 1))

    assert rows(home)[Layer.REQUEST].next_look_ms == ASKED + 7 * DAY
    assert NOW < ASKED + 7 * DAY


def test_a_later_source_that_shows_only_a_part_does_not_put_off_the_rest(home: Home) -> None:
    home.vendor.forgets(home.gone[:1])
    home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=ASKED + 1))
    cut = Coverage(complete=False, why="It is cut off.")
    home.look(home.vendor.lists(home.library, "cut.zip", made_ms=ASKED + 8 * DAY, coverage=cut))

    row = rows(home)[Layer.REQUEST]

    assert [one.source_name for one in row.outcomes] == ["fresh.zip", "cut.zip"]
    assert row.next_look_ms == ASKED + DAY


@pytest.mark.parametrize(
    ("looked_after", "due_after"),
    [(None, 0), (0, 1), (1, 7), (6, 7), (7, 30), (30, 180), (179, 180), (180, None), (500, None)],
)
def test_looks_are_due_at_once_and_after_1_7_30_and_180_days(looked_after: int | None, due_after: int | None) -> None:
    looked = None if looked_after is None else ASKED + looked_after * DAY + 1

    due = next_look_ms(ASKED, looked)

    assert due == (None if due_after is None else ASKED + due_after * DAY)


def test_nothing_asked_needs_no_look() -> None:
    assert next_look_ms(None, None) is None
