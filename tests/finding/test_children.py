"""Which recordings are a child's, why, and what the archives suggest; what the parent confirmed is never touched."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.finding import suggest, why_childs
from app.library import Library
from app.model import Card, Filter, Kind, Member, Person, Speaker, Standing
from tests.vendors import FakeVendor

START = 1_772_400_000_000

EMMA = Member(1, "fake", "Emma", "Emma", Standing.CHILD, confirmed=False)
KIDS_ROOM = Speaker(1, "fake", "Kids Room", "Kids Room", Standing.CHILD, confirmed=False)
CARD = Card(
    id=1,
    identity="fake-1",
    provider="fake",
    account="home",
    at_ms=START,
    at_raw="",
    certainty="exact",
    kind=Kind.SAID,
    device=None,
    person=None,
    turns=(),
    sounds=(),
    skill="",
    label="",
    accidental=False,
    decision=None,
)


def test_the_surer_the_source_the_higher_the_score() -> None:
    scores = [
        why_childs(replace(CARD, person=replace(EMMA, confirmed=True)))[0],
        why_childs(replace(CARD, person=EMMA))[0],
        why_childs(replace(CARD, device=replace(KIDS_ROOM, confirmed=True)))[0],
        why_childs(replace(CARD, device=KIDS_ROOM))[0],
        why_childs(CARD)[0],
    ]

    assert scores == [0.99, 0.9, 0.9, 0.7, 0.0]


def test_the_reason_names_the_profile_or_the_speaker() -> None:
    assert why_childs(replace(CARD, person=EMMA))[1] == ("profile Emma, as the archive suggests",)
    assert why_childs(replace(CARD, device=replace(KIDS_ROOM, confirmed=True)))[1] == (
        "Kids Room speaker, as you said",
    )


def test_a_known_adult_at_the_childrens_speaker_is_no_child() -> None:
    adult = replace(EMMA, standing=Standing.ADULT)

    assert why_childs(replace(CARD, person=adult, device=KIDS_ROOM)) == (0.0, ())


def test_somebody_unknown_at_the_childrens_speaker_may_be_a_child() -> None:
    unknown = replace(EMMA, standing=Standing.UNKNOWN)

    assert why_childs(replace(CARD, person=unknown, device=KIDS_ROOM))[0] == 0.7


def test_the_reasons_and_the_filter_agree_on_every_pair_of_standings(library: Library) -> None:
    vendor = FakeVendor()
    for person, device in product([None, *Standing], [None, *Standing]):
        vendor.hears(
            "hello",
            at_ms=START,
            person=person and Person(person.value, person.value),
            device=device.value if device else "",
        )
    vendor.lists(library, "first.zip", made_ms=START)
    for member in library.household.members():
        library.household.change_member(member.id, standing=Standing(member.said_name))
    for speaker in library.household.speakers():
        library.household.change_speaker(speaker.id, standing=Standing(speaker.said_name))

    found = set(library.ids(Filter(children=True)))

    explained = {card.id for card in library.cards(library.ids(Filter())) if why_childs(card)[0] > 0}
    assert explained == found
    assert 0 < len(found) < len(vendor.held)


@pytest.mark.parametrize(
    "name",
    [
        "Kids Room", "Echo Dot Kids Edition", "KIDS' ROOM", "Nursery", "Kinderzimmer", "Emmas Kinder-Echo",
        "Chambre des enfants", "Habitación de los niños", "Cameretta", "Camera dei bambini", "キッズルーム",
    ],
)  # fmt: skip
def test_a_speaker_named_for_children_is_suggested_as_theirs(library: Library, name: str) -> None:
    vendor = FakeVendor()
    vendor.hears("hello", at_ms=START, device=name)
    vendor.lists(library, "first.zip", made_ms=START)

    suggest(library)

    (speaker,) = library.household.speakers()
    assert (speaker.standing, speaker.confirmed) == (Standing.CHILD, False)


@pytest.mark.parametrize("name", ["Kitchen", "Kindle Fire", "Living Room", "Kidderminster", "Echo Show 8", "Barn"])
def test_another_speaker_is_left_unknown(library: Library, name: str) -> None:
    vendor = FakeVendor()
    vendor.hears("hello", at_ms=START, device=name)
    vendor.lists(library, "first.zip", made_ms=START)

    suggest(library)

    (speaker,) = library.household.speakers()
    assert (speaker.standing, speaker.confirmed) == (Standing.UNKNOWN, False)


def test_people_are_suggested_as_what_the_vendor_says(library: Library) -> None:
    vendor = FakeVendor()
    for name, vendor_type in (("Emma", "CHILD"), ("Mum", "ADULT"), ("Somebody", "")):
        vendor.hears("hello", at_ms=START, person=Person(name, name, vendor_type))
    vendor.lists(library, "first.zip", made_ms=START)

    suggest(library)

    assert {member.name: (member.standing, member.confirmed) for member in library.household.members()} == {
        "Emma": (Standing.CHILD, False),
        "Mum": (Standing.ADULT, False),
        "Somebody": (Standing.UNKNOWN, False),
    }


def test_what_the_parent_confirmed_stays(library: Library) -> None:
    vendor = FakeVendor()
    vendor.hears("hello", at_ms=START, person=Person("1", "Emma", "CHILD"))
    vendor.lists(library, "first.zip", made_ms=START)
    (member,), (speaker,) = library.household.members(), library.household.speakers()
    library.household.change_member(member.id, standing=Standing.GUEST)
    library.household.change_speaker(speaker.id, standing=Standing.UNKNOWN)

    suggest(library)

    assert library.household.members()[0].standing is Standing.GUEST
    assert library.household.speakers()[0].standing is Standing.UNKNOWN
