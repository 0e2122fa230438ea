"""What was destroyed here still counts where the vendor would be asked, and is never asked for again."""

from __future__ import annotations

import pytest

from app import deletion
from app.library import Library
from app.model import Decision, Filter, Kind, Problem
from tests.deletion.test_plan import NOW, Home, at
from tests.vendors import FakeVendor

DAY = 86_400_000


@pytest.fixture
def home(library: Library) -> Home:
    return Home(library, FakeVendor())


def brought_in(home: Home, *days: int) -> list[int]:
    """The numbers of one record on each of *days*, and of one much later that is kept."""
    said = [home.vendor.hears(f"story {place}", at_ms=at(day, 8 + place)) for place, day in enumerate(days)]
    last = home.vendor.hears("good night", at_ms=at(90))
    home.brought_in()
    home.mark(last, decision=Decision.KEEP)
    return home.ids(*said)


def steps(home: Home) -> list[tuple[str, tuple[int, ...]]]:
    return [(step.kind, step.covers) for step in home.dry_run().operations]


@pytest.mark.parametrize("decision", [None, Decision.KEEP, Decision.KEEPSAKE])
def test_a_forgotten_record_that_nobody_gave_up_spares_its_day(home: Home, decision: Decision | None) -> None:
    story, beside, between, later = brought_in(home, 1, 1, 3, 5)
    deletion.decide(home.library, [story, later], Decision.DELETE, NOW)
    deletion.decide(home.library, [beside, between], decision, NOW)

    home.library.erasing.forget([beside, between])

    assert steps(home) == [("range", (later,)), ("single", (story,))]


def test_a_forgotten_record_that_was_marked_spares_nothing_and_is_not_planned_again(home: Home) -> None:
    story, beside, between, later = brought_in(home, 1, 1, 3, 5)
    deletion.decide(home.library, [story, beside, between, later], Decision.DELETE, NOW)
    assert steps(home) == [("range", (story, beside, between, later))]

    home.library.erasing.forget([beside, between])

    (step,) = home.dry_run().operations
    assert (step.kind, step.covers, step.collateral) == ("range", (story, later), ())


@pytest.mark.parametrize("kinds", [frozenset(Kind), frozenset()], ids=["every kind", "no kind"])
def test_no_filter_plans_what_was_forgotten(home: Home, kinds: frozenset[Kind]) -> None:
    story, other = brought_in(home, 1, 3)
    deletion.decide(home.library, [story, other], Decision.DELETE, NOW)
    home.library.erasing.forget([other])

    dry = home.dry_run(Filter(kinds=kinds))

    assert (dry.items, [step.covers for step in dry.operations]) == (1, [(story,)])


def test_a_filter_of_nothing_but_what_was_forgotten_cannot_be_planned(home: Home) -> None:
    story, other = brought_in(home, 1, 3)
    deletion.decide(home.library, [story, other], Decision.DELETE, NOW)
    home.library.erasing.forget([other])
    forgotten = Filter(kinds=frozenset({Kind.FORGOTTEN}))

    with pytest.raises(Problem, match="can no longer be planned"):
        deletion.freeze(home.library, home.providers, forgotten, now_ms=NOW)

    assert home.library.asked.plans() == []


def test_a_dry_run_counts_only_what_is_still_here(home: Home) -> None:
    ids = brought_in(home, 1, 3, 5)
    deletion.decide(home.library, ids[:2], Decision.DELETE, NOW)

    home.library.erasing.forget(ids[1:])

    dry = home.dry_run()
    assert (dry.items, dry.first_ms, dry.last_ms, dry.undecided, dry.kept) == (1, at(1, 8), at(1, 8), 0, 1)


@pytest.mark.parametrize(("decision", "warned"), [(None, 0), (Decision.KEEP, 0), (Decision.DELETE, 1)])
def test_a_forgotten_record_that_stays_at_the_vendor_can_prove_that_others_are_gone(
    home: Home, decision: Decision | None, warned: int
) -> None:
    story, other = home.vendor.hears("a story", at_ms=at(1)), home.vendor.hears("good night", at_ms=at(3))
    home.brought_in()
    deletion.decide(home.library, home.ids(other), decision, NOW)
    home.mark(story)

    home.library.erasing.forget(home.ids(other))

    assert len([warning for warning in home.dry_run().warnings if "Nothing would be left" in warning]) == warned


def test_an_asked_plan_stays_as_it_was_when_some_of_it_is_forgotten(home: Home) -> None:
    ids = brought_in(home, 1, 3)
    deletion.decide(home.library, ids, Decision.DELETE, NOW)
    plan = deletion.freeze(home.library, home.providers, Filter(), now_ms=NOW, wait=False)
    deletion.attest(home.library, plan.id, None, NOW)
    before = home.library.asked.items(plan.id)

    home.library.erasing.forget(ids)

    assert home.library.asked.plan(plan.id) == plan
    assert home.library.asked.items(plan.id) == before


def test_the_sealed_copy_of_a_plan_stays_thirty_days_unless_told_otherwise(home: Home) -> None:
    deletion.decide(home.library, brought_in(home, 1), Decision.DELETE, NOW)

    usual = deletion.freeze(home.library, home.providers, Filter(), now_ms=NOW)
    others = [deletion.freeze(home.library, home.providers, Filter(), now_ms=NOW, copy_days=days) for days in (7, None)]

    assert usual.copy_until_ms == NOW + 30 * DAY
    assert [plan.copy_until_ms for plan in others] == [NOW + 7 * DAY, None]
