from __future__ import annotations

import pytest

from app.library import Change, Library
from app.model import AttemptState, Decision, Filter, Kind, Operation, Problem
from tests.keys import KEYS
from tests.library.making import KIDS, NOON, bring_in, heard


def _decisions(library: Library) -> list[Decision | None]:
    return [card.decision for card in library.cards([1, 2, 3])]


@pytest.fixture
def three(library: Library) -> Library:
    bring_in(library, "first", heard(1, device=KIDS), heard(2), heard(3))
    return library


def test_a_decision_over_a_filter_is_one_change(three: Library) -> None:
    kids = [speaker.id for speaker in three.household.speakers() if speaker.name == "Kids Room"]

    change = three.asked.decide(Filter(devices=frozenset(kids)), Decision.DELETE, 5)

    assert change.changed == 1
    assert _decisions(three) == [Decision.DELETE, None, None]


def test_undo_and_redo_walk_back_and_forth(three: Library) -> None:
    first = three.asked.decide([1, 2], Decision.KEEP, 5)
    second = three.asked.decide([2, 3], Decision.DELETE, 6)
    third = three.asked.decide([1], None, 7)

    assert three.asked.undo(third.id) == 1
    assert three.asked.undo(second.id) == 2
    assert _decisions(three) == [Decision.KEEP, Decision.KEEP, None]
    assert three.asked.last_undoable() == first
    assert three.asked.last_redoable() == second
    assert three.asked.redo(second.id) == 2
    assert three.asked.redo(third.id) == 1
    assert _decisions(three) == [None, Decision.DELETE, Decision.DELETE]
    assert three.asked.last_redoable() is None


def test_deciding_anew_clears_what_could_be_done_again(three: Library) -> None:
    undone = three.asked.decide([1], Decision.DELETE, 5)
    three.asked.undo(undone.id)

    three.asked.decide([2], Decision.KEEP, 6)

    assert three.asked.last_redoable() is None
    with pytest.raises(Problem):
        three.asked.redo(undone.id)


def test_only_the_last_change_can_be_undone(three: Library) -> None:
    first = three.asked.decide([1], Decision.DELETE, 5)
    three.asked.decide([1], Decision.KEEP, 6)

    with pytest.raises(Problem):
        three.asked.undo(first.id)

    assert _decisions(three)[0] is Decision.KEEP


def test_what_changes_nothing_is_no_change_and_spoils_no_redo(three: Library) -> None:
    undone = three.asked.decide([1], Decision.DELETE, 5)
    three.asked.undo(undone.id)

    change = three.asked.decide([2, 99], None, 6)

    assert change == Change(0, 0)
    assert three.asked.last_redoable() == undone


def test_changes_outlive_the_window(three: Library) -> None:
    change = three.asked.decide([1], Decision.DELETE, 5)

    with Library.open(three.folder, KEYS) as later:
        later.asked.undo(change.id)

    assert _decisions(three)[0] is None


def test_counts_are_of_what_was_said(three: Library) -> None:
    bring_in(three, "second", heard(4, kind=Kind.ACTIVITY), heard(5, kind=Kind.CONVERSATION))

    three.asked.decide([1, 4], Decision.DELETE, 5)

    assert three.asked.counts() == {None: 3, Decision.DELETE: 1, Decision.KEEP: 0, Decision.KEEPSAKE: 0}


def test_a_plan_comes_back_as_it_was_frozen(three: Library) -> None:
    operations = (Operation(1, "alexa", "range", "Kitchen", (2, 3), (1,)), Operation(2, "alexa", "single", "x", (1,)))

    plan = three.asked.freeze(operations, made_ms=5, ready_ms=6, copy_until_ms=None)

    assert plan.operations == operations
    assert plan.items == (1, 2, 3)
    assert (plan.made_ms, plan.ready_ms) == (5, 6)
    assert three.asked.plans() == [plan]


def test_a_plan_that_is_not_there_is_a_problem(three: Library) -> None:
    with pytest.raises(Problem, match="no plan number 7"):
        three.asked.plan(7)


def test_asking_twice_is_one_row_and_keeps_the_first_time(three: Library) -> None:
    operations = (Operation(1, "alexa", "range", "a", (1, 2), (3,)), Operation(2, "alexa", "single", "b", (2,)))
    plan = three.asked.freeze(operations, made_ms=5, ready_ms=6, copy_until_ms=None).id

    newly = [three.asked.attest(plan, steps, at_ms) for steps, at_ms in (([1], 10), ([1, 2], 20), ([9], 30))]

    assert newly == [2, 0, 0]
    assert [(item.interaction, item.state, item.asked_ms) for item in three.asked.items(plan)] == [
        (1, AttemptState.ATTESTED, 10),
        (2, AttemptState.ATTESTED, 10),
    ]


def test_what_was_not_asked_yet_is_planned(three: Library) -> None:
    plan = three.asked.freeze(
        (Operation(4, "alexa", "single", "a", (2,)),), made_ms=5, ready_ms=6, copy_until_ms=None
    ).id

    (item,) = three.asked.items(plan)

    assert (item.state, item.asked_ms, item.step) == (AttemptState.PLANNED, None, 4)
    assert (item.identity, item.provider, item.account, item.at_ms) == ("home#2", "alexa", "home", NOON + 7_200_000)
