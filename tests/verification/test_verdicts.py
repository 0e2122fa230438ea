"""The rule of a verdict, every condition by itself, and that none can be left out."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import AttemptState, Conclusion, Condition, Coverage, Layer, PlanItem, Verdict
from app.verification.verdicts import Showing, judge

ASKED = 1_773_600_000_000
HOUR = 3_600_000
DAY = 24 * HOUR
AT = ASKED - 30 * DAY

ITEM = PlanItem(
    interaction=1,
    identity="fake-1",
    provider="fake",
    account="home",
    shelf="",
    at_ms=AT,
    step=1,
    state=AttemptState.ATTESTED,
    asked_ms=ASKED,
)

WHOLE = Showing(
    name="fresh.zip",
    made_ms=ASKED + DAY,
    looked_ms=ASKED + 2 * DAY,
    shelves=frozenset({""}),
    accounts=frozenset({"home"}),
    coverage=Coverage(),
    layers=frozenset({Layer.AUDIO, Layer.REQUEST, Layer.RESPONSE, Layer.ACTION}),
    shown={},
    controls={"home": 1},
)
"""A source that fulfils every condition and no longer shows the item."""


def verdict(showing: Showing, layer: Layer = Layer.REQUEST, item: PlanItem = ITEM) -> Conclusion:
    (one,) = judge([item], {item.interaction: [layer]}, showing)
    return one


def test_what_a_whole_later_look_no_longer_lists_is_gone() -> None:
    one = verdict(WHOLE)

    assert (one.verdict, one.missing) == (Verdict.GONE, None)
    assert one.reason.startswith("No longer listed in fresh.zip, looked at on ")


def test_a_record_that_is_listed_in_a_form_without_words_says_nothing_of_its_words() -> None:
    listed = replace(WHOLE, shown={1: {Layer.ACTION: True, Layer.RESPONSE: False}})

    one = verdict(listed, Layer.RESPONSE)

    assert (one.verdict, one.missing) == (Verdict.CANNOT_TELL, Condition.WORDS)
    assert one.reason == "fresh.zip lists the record, but not its words."
    assert verdict(listed, Layer.ACTION).verdict is Verdict.STILL_HELD


def test_an_archive_without_that_part_of_the_history_says_nothing_of_it() -> None:
    one = verdict(replace(WHOLE, shelves=frozenset({"Gemini Apps"})), item=replace(ITEM, shelf="Assistant"))

    assert (one.verdict, one.missing) == (Verdict.CANNOT_TELL, Condition.LAYER)
    assert one.reason == "fresh.zip holds nothing of this part of the history: Assistant."


def test_a_time_whose_zone_is_not_certain_must_be_later_in_every_zone() -> None:
    one = verdict(replace(WHOLE, made_ms=ASKED + HOUR, zone_doubt_ms=14 * HOUR))

    assert (one.verdict, one.missing) == (Verdict.CANNOT_TELL, Condition.MADE_AFTER)
    assert "which time zone is not certain" in one.reason


def test_one_of_two_alike_records_is_not_taken_for_the_other() -> None:
    shown, gone = (
        verdict(replace(WHOLE, mistakable=frozenset({1}), shown=there)) for there in ({1: {Layer.REQUEST: True}}, {})
    )

    assert (shown.verdict, shown.missing) == (Verdict.CANNOT_TELL, Condition.ALIKE)
    assert (gone.verdict, gone.missing) == (Verdict.CANNOT_TELL, Condition.ALIKE)


def test_what_is_listed_after_the_deletion_is_still_held() -> None:
    one = verdict(replace(WHOLE, shown={1: {Layer.REQUEST: True}}))

    assert (one.verdict, one.missing) == (Verdict.STILL_HELD, None)
    assert one.reason.startswith("Listed in fresh.zip, made ")


def test_what_an_earlier_look_missed_and_this_one_lists_has_reappeared() -> None:
    one = verdict(replace(WHOLE, shown={1: {Layer.REQUEST: True}}, gone_before=frozenset({(1, Layer.REQUEST)})))

    assert (one.verdict, one.missing) == (Verdict.REAPPEARED, None)


def test_another_layer_that_was_gone_does_not_make_this_one_reappear() -> None:
    one = verdict(replace(WHOLE, shown={1: {Layer.REQUEST: True}}, gone_before=frozenset({(1, Layer.AUDIO)})))

    assert one.verdict is Verdict.STILL_HELD


def test_each_layer_has_its_own_verdict() -> None:
    showing = replace(WHOLE, shown={1: {Layer.RESPONSE: True, Layer.REQUEST: True, Layer.ACTION: True}})

    told = {one.layer: one.verdict for one in judge([ITEM], {1: [Layer.AUDIO, Layer.RESPONSE]}, showing)}

    assert told == {Layer.AUDIO: Verdict.GONE, Layer.RESPONSE: Verdict.STILL_HELD}


def test_what_was_never_asked_is_not_judged() -> None:
    planned = replace(ITEM, state=AttemptState.PLANNED, asked_ms=None)

    assert list(judge([planned], {1: [Layer.REQUEST]}, WHOLE)) == []


def test_only_the_layers_that_were_seen_are_judged() -> None:
    assert list(judge([ITEM], {}, WHOLE)) == []


MISSING: list[tuple[Condition, Mapping[str, object]]] = [
    (Condition.MADE_KNOWN, {"made_ms": None}),
    (Condition.MADE_AFTER, {"made_ms": ASKED - 1}),
    (Condition.MADE_AFTER, {"made_ms": ASKED}),
    (Condition.ACCOUNT, {"accounts": frozenset({"another"})}),
    (Condition.ACCOUNT, {"accounts": frozenset()}),
    (Condition.COMPLETE, {"coverage": Coverage(complete=False, why="Its last page is missing.")}),
    (Condition.COVERAGE, {"coverage": Coverage(from_ms=AT + 1)}),
    (Condition.COVERAGE, {"coverage": Coverage(to_ms=AT - 1)}),
    (Condition.LAYER, {"layers": frozenset({Layer.AUDIO, Layer.RESPONSE, Layer.ACTION})}),
    (Condition.WORDS, {"shown": {1: {Layer.REQUEST: False}}}),
    (Condition.CONTROL, {"controls": {}}),
    (Condition.CONTROL, {"controls": {"home": 0}}),
    (Condition.CONTROL, {"controls": {"another": 5}}),
]


def without(*wrongs: Mapping[str, object]) -> Showing:
    fields: dict[str, Any] = {name: value for wrong in wrongs for name, value in wrong.items()}
    return replace(WHOLE, **fields)


@pytest.mark.parametrize(("condition", "wrong"), MISSING)
def test_a_missing_condition_is_named_and_nothing_is_called_gone(
    condition: Condition, wrong: Mapping[str, object]
) -> None:
    one = verdict(without(wrong))

    assert (one.verdict, one.missing) == (Verdict.CANNOT_TELL, condition)
    assert "fresh.zip" in one.reason


def test_the_first_condition_that_is_missing_is_the_one_named() -> None:
    order = [MISSING[place] for place in range(len(MISSING) - 1, -1, -1)]
    wrongs: list[Mapping[str, object]] = []

    named = []
    for _, wrong in order:
        wrongs.append(wrong)
        named.append(verdict(without(*wrongs)).missing)

    assert named == [condition for condition, _ in order]


@pytest.mark.parametrize(
    ("condition", "wrong"),
    [one for one in MISSING if one[0] in (Condition.MADE_KNOWN, Condition.MADE_AFTER, Condition.ACCOUNT)],
)
def test_a_look_of_the_wrong_time_or_account_cannot_tell_even_by_what_it_shows(
    condition: Condition, wrong: Mapping[str, object]
) -> None:
    one = verdict(without(wrong, {"shown": {1: {Layer.REQUEST: True}}}))

    assert (one.verdict, one.missing) == (Verdict.CANNOT_TELL, condition)


def test_an_incomplete_look_still_proves_what_it_shows() -> None:
    showing = without({"coverage": Coverage(complete=False)}, {"controls": {}}, {"shown": {1: {Layer.REQUEST: True}}})

    assert verdict(showing).verdict is Verdict.STILL_HELD


def test_an_unknown_account_is_the_same_only_as_an_unknown_account() -> None:
    item = replace(ITEM, account="")
    unknown = replace(WHOLE, accounts=frozenset(), controls={"": 3})

    assert verdict(unknown, item=item).verdict is Verdict.GONE
    assert verdict(replace(WHOLE, controls={"": 3}), item=item).missing is Condition.ACCOUNT


def test_a_sound_that_no_record_names_may_be_the_one_in_question() -> None:
    showing = replace(WHOLE, loose_sounds=2)

    assert verdict(showing, Layer.AUDIO).missing is Condition.COMPLETE
    assert "holds sounds that no record names (2)" in verdict(showing, Layer.AUDIO).reason
    assert verdict(showing, Layer.REQUEST).verdict is Verdict.GONE


def test_where_named_sounds_are_lacking_no_sound_is_gone() -> None:
    showing = replace(WHOLE, lost_sounds=3)

    assert verdict(showing, Layer.AUDIO).missing is Condition.COMPLETE
    assert "lacks sounds that its records name (3)" in verdict(showing, Layer.AUDIO).reason
    assert verdict(showing, Layer.REQUEST).verdict is Verdict.GONE


def test_the_ends_of_the_coverage_belong_to_it() -> None:
    showing = replace(WHOLE, coverage=Coverage(from_ms=AT, to_ms=AT))

    assert verdict(showing).verdict is Verdict.GONE


ONE_OF: Mapping[str, list[object]] = {
    "made_ms": [None, ASKED - 1, ASKED, ASKED + 1],
    "accounts": [frozenset(), frozenset({"home"}), frozenset({"another"}), frozenset({"home", "another"})],
    "coverage": [
        Coverage(),
        Coverage(complete=False),
        Coverage(from_ms=AT + 1),
        Coverage(AT, AT),
        Coverage(to_ms=AT - 1),
    ],
    "layers": [frozenset(), frozenset({Layer.REQUEST}), frozenset({Layer.AUDIO})],
    "shown": [{}, {1: {}}, {1: {Layer.REQUEST: True}}, {1: {Layer.REQUEST: False}}, {2: {Layer.REQUEST: True}}],
    "controls": [{}, {"home": 0}, {"home": 2}, {"another": 2}],
    "gone_before": [frozenset(), frozenset({(1, Layer.REQUEST)})],
}


@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in ONE_OF.items()}))
def test_gone_needs_every_condition(facts: dict[str, object]) -> None:
    showing = without(facts)

    one = verdict(showing)

    everything = (
        showing.made_ms is not None
        and showing.made_ms > ASKED
        and "home" in showing.accounts
        and showing.coverage.complete
        and showing.coverage.contains(AT)
        and Layer.REQUEST in showing.layers
        and Layer.REQUEST not in showing.shown.get(1, {})
        and showing.controls.get("home", 0) > 0
    )
    assert (one.verdict is Verdict.GONE) == everything
    assert (one.verdict is Verdict.CANNOT_TELL) == (one.missing is not None)


@given(st.sets(st.sampled_from(list(Layer))), st.dictionaries(st.sampled_from(list(Layer)), st.booleans()))
def test_every_layer_is_judged_once(layers: Set[Layer], there: Mapping[Layer, bool]) -> None:
    told = list(judge([ITEM], {1: layers}, replace(WHOLE, shown={1: there})))

    assert sorted(one.layer.value for one in told) == sorted(layer.value for layer in layers)
    assert all("eras" not in one.reason for one in told)


@pytest.mark.parametrize(
    "showing",
    [
        WHOLE,
        replace(WHOLE, shelves=frozenset({"Assistant"})),
        replace(WHOLE, layers=frozenset({Layer.AUDIO})),
        replace(WHOLE, coverage=Coverage(AT - HOUR, AT + HOUR)),
        replace(WHOLE, accounts=frozenset()),
        replace(WHOLE, accounts=frozenset({"other"})),
        replace(WHOLE, made_ms=None),
        replace(WHOLE, made_ms=ASKED + HOUR, zone_doubt_ms=2 * HOUR),
        replace(WHOLE, mistakable=frozenset({2, 3})),
        replace(WHOLE, shown={2: {Layer.REQUEST: True}, 3: {Layer.AUDIO: False}}),
        replace(WHOLE, loose_sounds=2),
    ],
)
def test_each_of_many_has_the_verdict_and_the_reason_that_it_has_alone(showing: Showing) -> None:
    different = (
        ITEM,
        replace(ITEM, shelf="Gemini Apps"),
        replace(ITEM, shelf="Assistant"),
        replace(ITEM, at_ms=AT - 3 * DAY),
        replace(ITEM, at_ms=AT - 5 * DAY),
        replace(ITEM, account="other"),
        replace(ITEM, account=""),
        replace(ITEM, asked_ms=ASKED + 3 * DAY),
        replace(ITEM, asked_ms=ASKED - DAY),
    )
    items = [replace(item, interaction=number) for number, item in enumerate(different, start=1)]
    layers = {item.interaction: [Layer.REQUEST, Layer.AUDIO] for item in items}

    together = list(judge(items, layers, showing))

    alone = [one for item in items for one in judge([item], layers, showing)]
    assert together == alone
