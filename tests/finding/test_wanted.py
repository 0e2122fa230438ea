"""The names a parent types become a filter, or a sentence that says what names there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.finding import wanted
from app.library import Library
from app.model import Decision, Filter, Kind, Person, Problem
from tests.keys import KEYS
from tests.vendors import FakeVendor

START = 1_772_400_000_000


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    vendor = FakeVendor()
    first = vendor.hears("hello", at_ms=START, device="Kids Room", person=Person("1", "Emma"))
    vendor.held[first] = replace(vendor.held[first], skill="Quiz Kids")
    vendor.hears("hello", at_ms=START, device="Kitchen")
    with Library.open(tmp_path / "library", KEYS) as library:
        vendor.lists(library, "first.zip", made_ms=START)
        yield library


def test_nothing_wanted_is_everything_that_was_said(library: Library) -> None:
    assert wanted(library) == Filter()


@pytest.mark.parametrize("name", ["Emma", "EMMA", " emma "])
def test_a_person_is_found_whatever_the_case(library: Library, name: str) -> None:
    (member,) = library.household.members()

    assert wanted(library, person=[name]).people == {member.id}
    assert wanted(library, person=[str(member.id)]).people == {member.id}


def test_a_speaker_is_found_by_the_parents_and_by_the_vendors_name(library: Library) -> None:
    room = next(one for one in library.household.speakers() if one.name == "Kids Room")
    library.household.change_speaker(room.id, name="Upstairs")

    assert wanted(library, device=["upstairs"]).devices == {room.id}
    assert wanted(library, device=["kids room"]).devices == {room.id}


def test_speakers_of_the_same_name_are_all_meant(library: Library) -> None:
    for speaker in library.household.speakers():
        library.household.change_speaker(speaker.id, name="Echo")

    assert len(wanted(library, device=["echo"]).devices) == 2


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({"person": ["Ben"]}, "Emma"),
        ({"device": ["Bedroom"]}, "Kids Room, Kitchen"),
        ({"provider": ["siri"]}, "fake"),
        ({"skill": ["chess"]}, "Quiz Kids"),
        ({"kind": ["sung"]}, "activity, conversation, forgotten, said"),
        ({"decision": ["perhaps"]}, "delete, keep, keepsake, undecided"),
    ],
)
def test_an_unknown_name_is_a_problem_that_lists_the_known_ones(
    library: Library, asked: dict[str, Any], known: str
) -> None:
    with pytest.raises(Problem) as problem:
        wanted(library, **asked)

    assert problem.value.advice == f"Known are: {known}."


def test_decisions_kinds_and_the_rest_narrow_the_filter(library: Library) -> None:
    found = wanted(
        library,
        children=True,
        provider=["FAKE"],
        skill=["quiz kids"],
        since=1,
        until=2,
        hours=(22, 6),
        words="name",
        decision=["undecided", "delete"],
        kind=["activity"],
        accidental=False,
        ids=[3],
    )

    assert found == Filter(
        children=True,
        providers=frozenset({"fake"}),
        skills=frozenset({"Quiz Kids"}),
        kinds=frozenset({Kind.ACTIVITY}),
        since_ms=1,
        until_ms=2,
        hours=(22, 6),
        words="name",
        accidental=False,
        decisions=frozenset({None, Decision.DELETE}),
        ids=frozenset({3}),
    )


def test_an_hour_that_no_day_has_is_a_problem(library: Library) -> None:
    with pytest.raises(Problem, match="between 0 and 24"):
        wanted(library, hours=(7, 25))
