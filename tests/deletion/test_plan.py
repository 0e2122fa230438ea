"""From decisions to a plan that rests an hour, and to what was asked; nothing that is kept is ever taken along."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app import deletion
from app.library import Library
from app.model import AttemptState, Decision, Device, Filter, Kind, Person, Problem, day_start_ms
from app.providers.provider import Provider
from tests.vendors import FakeVendor

HOUR = 3_600_000
NOW = day_start_ms(date(2026, 4, 1))


def at(day: int, hour: int = 12) -> int:
    return day_start_ms(date(2026, 3, 1) + timedelta(days=day)) + hour * HOUR


class Home:
    """A household with one vendor, whose records are marked by identity."""

    def __init__(self, library: Library, vendor: FakeVendor) -> None:
        self.library = library
        self.vendor = vendor
        self.providers: dict[str, Provider] = {vendor.key: vendor}

    def brought_in(self) -> None:
        self.vendor.lists(self.library, "first.zip", made_ms=NOW)

    def ids(self, *identities: str) -> list[int]:
        numbers = {
            card.identity: card.id for card in self.library.cards(self.library.ids(Filter(kinds=frozenset(Kind))))
        }
        return [numbers[identity] for identity in identities]

    def mark(self, *identities: str, decision: Decision = Decision.DELETE) -> None:
        deletion.decide(self.library, self.ids(*identities), decision, NOW)

    def dry_run(self, wanted: Filter | None = None) -> deletion.DryRun:
        return deletion.dry_run(self.library, self.providers, wanted or Filter())


def _used(home: Home, at_ms: int, device: str = "Kids Room") -> str:
    """A row of the vendor's history that nobody said."""
    return home.vendor.hears("Used Assistant", at_ms=at_ms, device=device, kind=Kind.ACTIVITY)


@pytest.fixture
def home(library: Library) -> Home:
    return Home(library, FakeVendor())


def test_ranges_come_first_and_each_device_has_its_own(home: Home) -> None:
    kids = [home.vendor.hears("a story", at_ms=at(day)) for day in range(3)]
    shared = home.vendor.hears("my name", at_ms=at(0), device="Kitchen")
    home.vendor.hears("the news", at_ms=at(0, 20), device="Kitchen")
    home.brought_in()
    home.mark(shared, *kids)

    steps = home.dry_run().operations

    assert [(one.step, one.kind, list(one.covers), one.collateral) for one in steps] == [
        (1, "range", home.ids(*kids), ()),
        (2, "single", home.ids(shared), ()),
    ]
    assert steps[0].words == "Delete range of Kids Room: 3."


def test_a_vendor_without_devices_deletes_days_on_which_nothing_else_was_said(library: Library) -> None:
    home = Home(library, FakeVendor(by_device=False))
    first = home.vendor.hears("a story", at_ms=at(0))
    second = home.vendor.hears("my name", at_ms=at(1))
    home.vendor.hears("the news", at_ms=at(1, 20), device="Kitchen")
    home.brought_in()
    home.mark(first, second)

    steps = home.dry_run().operations

    assert [(one.kind, list(one.covers)) for one in steps] == [
        ("range", home.ids(first)),
        ("single", home.ids(second)),
    ]


def test_a_range_runs_over_what_nobody_said_and_names_it_as_taken_along(library: Library) -> None:
    home = Home(library, FakeVendor(by_device=False))
    said = [home.vendor.hears("a story", at_ms=at(day)) for day in (1, 3)]
    on_the_day, between = (_used(home, at(1, 20)), _used(home, at(2)))
    _used(home, at(0, 23))
    _used(home, at(4, 0))
    home.vendor.hears("the news", at_ms=at(9))
    home.brought_in()
    home.mark(*said)

    dry = home.dry_run()

    (step,) = dry.operations
    assert (step.kind, list(step.covers)) == ("range", home.ids(*said))
    assert list(step.collateral) == home.ids(on_the_day, between)
    assert (dry.items, dry.collateral) == (2, 2)
    assert dry.warnings == (
        "2 entries that nobody said, such as “Used Assistant”, lie in the same days and would go too.",
    )


def test_one_row_that_goes_along_is_spoken_of_as_one(home: Home) -> None:
    story = home.vendor.hears("a story", at_ms=at(1))
    _used(home, at(1, 20))
    home.vendor.hears("the news", at_ms=at(9))
    home.brought_in()
    home.mark(story)

    (warning,) = home.dry_run().warnings

    assert warning == "1 entry that nobody said, such as “Used Assistant”, lies in the same days and would go too."


def test_a_row_of_another_device_is_not_taken_along(home: Home) -> None:
    story = home.vendor.hears("a story", at_ms=at(1))
    _used(home, at(1, 20), device="Kitchen")
    home.brought_in()
    home.mark(story)

    (step,) = home.dry_run().operations

    assert (step.kind, step.collateral) == ("range", ())


@pytest.mark.parametrize("decision", [Decision.KEEP, Decision.KEEPSAKE])
def test_a_row_that_nobody_said_but_the_parent_keeps_cuts_a_range(home: Home, decision: Decision) -> None:
    story = home.vendor.hears("a story", at_ms=at(1))
    used = _used(home, at(1, 20))
    home.brought_in()
    home.mark(story)
    home.mark(used, decision=decision)

    (step,) = home.dry_run().operations

    assert (step.kind, step.collateral) == ("single", ())


def test_what_a_range_takes_along_does_not_stay_to_prove_anything(home: Home) -> None:
    story = home.vendor.hears("a story", at_ms=at(1))
    _used(home, at(1, 20))
    home.brought_in()
    home.mark(story)

    warnings = home.dry_run().warnings

    assert "Nothing would be left at Fake Home." in warnings[0]


def test_speakers_of_one_name_are_only_deleted_together(home: Home) -> None:
    upstairs, downstairs = Device("serial 1", "Echo Dot"), Device("serial 2", "Echo Dot")
    marked = home.vendor.hears("a story", at_ms=at(0), device=upstairs)
    home.vendor.hears("the news", at_ms=at(0, 20), device=downstairs)
    both = [home.vendor.hears("hello", at_ms=at(1), device=one) for one in (upstairs, downstairs)]
    home.brought_in()
    home.mark(marked, *both)

    steps = home.dry_run().operations

    assert [(one.kind, list(one.covers)) for one in steps] == [
        ("range", home.ids(*both)),
        ("single", home.ids(marked)),
    ]


def test_records_without_a_device_are_done_one_by_one(home: Home) -> None:
    lone = home.vendor.hears("a story", at_ms=at(0), device="")
    home.brought_in()
    home.mark(lone)

    (step,) = home.dry_run().operations

    assert (step.kind, list(step.covers)) == ("single", home.ids(lone))


def test_the_filter_narrows_the_plan_and_what_it_leaves_out_is_not_taken_along(home: Home) -> None:
    kids, emma = home.vendor.hears("a story", at_ms=at(0)), Person("1", "Emma")
    hers = home.vendor.hears("my name", at_ms=at(0, 13), person=emma)
    home.brought_in()
    home.mark(kids, hers)
    (member,) = home.library.household.members()

    steps = home.dry_run(Filter(people=frozenset({member.id}))).operations

    assert [(one.kind, list(one.covers), one.collateral) for one in steps] == [("single", home.ids(hers), ())]


def test_a_dry_run_says_how_many_whose_when_and_what_stays(home: Home) -> None:
    emma = Person("1", "Emma")
    first = home.vendor.hears("a story", at_ms=at(0), person=emma)
    second = home.vendor.hears("another", at_ms=at(2), person=emma)
    third = home.vendor.hears("my name", at_ms=at(1), device="Kitchen")
    kept = home.vendor.hears("good night", at_ms=at(9))
    sake = home.vendor.hears("i love you", at_ms=at(9))
    home.vendor.hears("the news", at_ms=at(9))
    home.brought_in()
    home.mark(first, second, third)
    home.mark(kept, decision=Decision.KEEP)
    home.mark(sake, decision=Decision.KEEPSAKE)

    dry = home.dry_run()

    assert (dry.items, dry.first_ms, dry.last_ms) == (3, at(0), at(2))
    assert [(one.name, one.count) for one in dry.people] == [("Emma", 2), ("", 1)]
    assert [(one.name, one.count) for one in dry.devices] == [("Kids Room", 2), ("Kitchen", 1)]
    assert [(one.name, one.count) for one in dry.providers] == [("Fake Home", 3)]
    assert (dry.kept, dry.keepsakes, dry.undecided, dry.collateral) == (1, 1, 1, 0)
    assert dry.warnings == ()


def test_where_nothing_would_stay_the_parent_is_warned(home: Home) -> None:
    only = home.vendor.hears("a story", at_ms=at(0))
    home.brought_in()
    home.mark(only)

    (warning,) = home.dry_run().warnings

    assert "Keep at least one recording, or no later look can say that the others are gone." in warning


def test_each_account_needs_something_that_stays(home: Home) -> None:
    mine = home.vendor.hears("a story", at_ms=at(0), account="mine")
    home.vendor.hears("the news", at_ms=at(1), account="mine")
    yours = home.vendor.hears("a song", at_ms=at(2), account="yours")
    home.vendor.lists(home.library, "first.zip", made_ms=NOW, accounts=("mine", "yours"))
    home.mark(mine, yours)

    (warning,) = home.dry_run().warnings

    assert "account yours" in warning


def test_a_range_on_the_day_of_the_archive_may_take_along_what_came_later(home: Home) -> None:
    home.vendor.hears("kept", at_ms=at(0))
    last = home.vendor.hears("a story", at_ms=at(3))
    home.vendor.lists(home.library, "first.zip", made_ms=at(3, 13))
    home.mark(last)

    (warning,) = home.dry_run().warnings

    assert warning == "Step 1 takes the whole of 4 March 2026, also what was said that day after the archive was made."


def test_a_plan_rests_for_an_hour_before_anything_can_be_asked(home: Home) -> None:
    one = home.vendor.hears("a story", at_ms=at(0))
    home.brought_in()
    home.mark(one)
    plan = deletion.freeze(home.library, home.providers, Filter(), now_ms=NOW)

    with pytest.raises(Problem, match="cooling off until 1 April 2026, 01:00"):
        deletion.attest(home.library, plan.id, None, NOW + HOUR - 1)

    assert plan.ready_ms == NOW + HOUR
    assert home.library.asked.items(plan.id)[0].state is AttemptState.PLANNED
    assert deletion.attest(home.library, plan.id, None, NOW + HOUR) == 1


def test_asking_twice_is_asking_once_and_the_first_time_counts(home: Home) -> None:
    one = home.vendor.hears("a story", at_ms=at(0))
    home.brought_in()
    home.mark(one)
    plan = deletion.freeze(home.library, home.providers, Filter(), now_ms=NOW, wait=False)

    assert deletion.attest(home.library, plan.id, [1], NOW) == 1
    assert deletion.attest(home.library, plan.id, None, NOW + HOUR) == 0
    assert [item.asked_ms for item in home.library.asked.items(plan.id)] == [NOW]


def test_only_the_steps_that_were_done_are_asked(home: Home) -> None:
    first = home.vendor.hears("a story", at_ms=at(0))
    second = home.vendor.hears("my name", at_ms=at(0), device="Kitchen")
    home.brought_in()
    home.mark(first, second)
    plan = deletion.freeze(home.library, home.providers, Filter(), now_ms=NOW, wait=False)

    deletion.attest(home.library, plan.id, [2], NOW)

    asked = {item.identity: item.asked_ms for item in home.library.asked.items(plan.id)}
    assert asked == {first: None, second: NOW}


def test_a_step_that_the_plan_does_not_have_is_a_problem(home: Home) -> None:
    one = home.vendor.hears("a story", at_ms=at(0))
    home.brought_in()
    home.mark(one)
    plan = deletion.freeze(home.library, home.providers, Filter(), now_ms=NOW, wait=False)

    with pytest.raises(Problem, match="no step 7"):
        deletion.attest(home.library, plan.id, [1, 7], NOW)

    assert home.library.asked.items(plan.id)[0].asked_ms is None


@pytest.mark.parametrize("wanted", [Filter(), Filter(decisions=frozenset({Decision.KEEP}))])
def test_a_plan_needs_something_that_is_marked_delete(home: Home, wanted: Filter) -> None:
    home.vendor.hears("a story", at_ms=at(0))
    home.brought_in()

    with pytest.raises(Problem, match="marked delete"):
        deletion.freeze(home.library, home.providers, wanted, now_ms=NOW)

    assert home.library.asked.plans() == []


def test_a_plan_does_not_change_with_later_decisions(home: Home) -> None:
    one = home.vendor.hears("a story", at_ms=at(0))
    home.brought_in()
    home.mark(one)
    plan = deletion.freeze(home.library, home.providers, Filter(), now_ms=NOW)

    home.mark(one, decision=Decision.KEEP)

    assert home.library.asked.plan(plan.id) == plan
