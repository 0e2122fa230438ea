from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from app.library import Library
from app.library.adding import household_hour
from app.library.filters import found, words_query
from app.model import Decision, Device, Filter, Kind, Person, Role, Sound, SoundState, Standing, Turn
from tests.library.making import ANNA, EMMA, KIDS, KITCHEN, NOON, bring_in, heard


def _device(library: Library, name: str) -> int:
    return next(speaker.id for speaker in library.household.speakers() if speaker.name == name)


def _person(library: Library, name: str) -> int:
    return next(member.id for member in library.household.members() if member.name == name)


def test_ids_come_newest_first_and_no_more_than_wanted(library: Library) -> None:
    bring_in(library, "first", heard(1), heard(3), heard(2))

    assert library.ids(Filter()) == [2, 3, 1]
    assert library.ids(Filter(), limit=2) == [2, 3]
    assert library.count(Filter()) == 3


def test_of_two_at_the_same_moment_the_later_known_comes_first(library: Library) -> None:
    bring_in(library, "first", heard(1, at_ms=NOON), heard(2, at_ms=NOON), heard(3, at_ms=NOON))

    assert library.ids(Filter()) == library.ids(Filter(words="story")) == [3, 2, 1]


@pytest.mark.parametrize(
    ("person", "device", "childs"),
    [
        (Standing.CHILD, Standing.UNKNOWN, True),
        (Standing.CHILD, Standing.SHARED, True),
        (Standing.ADULT, Standing.CHILD, False),
        (Standing.GUEST, Standing.CHILD, False),
        (Standing.UNKNOWN, Standing.CHILD, True),
        (None, Standing.CHILD, True),
        (None, Standing.SHARED, False),
        (Standing.UNKNOWN, Standing.UNKNOWN, False),
    ],
)
def test_the_childrens_rule(library: Library, person: Standing | None, device: Standing, childs: bool) -> None:
    bring_in(library, "first", heard(1, person=None if person is None else EMMA, device=KIDS))
    library.household.change_speaker(_device(library, "Kids Room"), standing=device)
    if person is not None:
        library.household.change_member(_person(library, "Emma"), standing=person)

    assert library.ids(Filter(children=True)) == ([1] if childs else [])
    assert library.rows([1])[0].childs is childs


def test_the_childrens_rule_holds_in_a_large_household(library: Library) -> None:
    devices = [Device(f"d{number}", f"Room {number}") for number in range(12)]
    people = [None, *(Person(f"p{number}", f"Guest {number}") for number in range(12))]
    pairs = list(product(devices, people))
    bring_in(library, "first", *(heard(n, device=device, person=who) for n, (device, who) in enumerate(pairs)))
    for speaker in library.household.speakers():
        library.household.change_speaker(speaker.id, standing=Standing.CHILD)
    for member in library.household.members()[:10]:
        library.household.change_member(member.id, standing=Standing.GUEST)

    assert library.count(Filter(children=True)) == 12 * 3


def test_people_devices_skills_and_vendors_narrow(library: Library) -> None:
    bring_in(library, "first", heard(1, device=KIDS, person=EMMA, skill="Quiz"), heard(2, person=ANNA), heard(3))
    bring_in(library, "second", heard(4, device=None), provider="google")

    assert library.ids(Filter(devices=frozenset({_device(library, "Kitchen")}))) == [3, 2]
    assert library.ids(Filter(people=frozenset({_person(library, "Emma"), _person(library, "Anna")}))) == [2, 1]
    assert library.ids(Filter(skills=frozenset({"Quiz"}))) == [1]
    assert library.ids(Filter(skills=frozenset({"None such"}))) == []
    assert library.ids(Filter(providers=frozenset({"google"}))) == [4]
    assert library.ids(Filter(ids=frozenset({1, 4, 99}))) == [4, 1]


def test_kinds_are_what_was_said_unless_told_otherwise(library: Library) -> None:
    bring_in(library, "first", heard(1), heard(2, kind=Kind.CONVERSATION), heard(3, kind=Kind.ACTIVITY))

    assert library.ids(Filter()) == [2, 1]
    assert library.ids(Filter(kinds=frozenset({Kind.ACTIVITY}))) == [3]
    assert library.ids(Filter(kinds=frozenset(Kind))) == [3, 2, 1]


def test_since_is_included_and_until_is_not(library: Library) -> None:
    bring_in(library, "first", *(heard(number, at_ms=number) for number in (10, 20, 30)))

    assert library.ids(Filter(since_ms=10, until_ms=30)) == [2, 1]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change its zone for a test")
def test_hours_are_those_of_the_household_and_may_wrap(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kathmandu")  # UTC+05:45
    time.tzset()
    household_hour.cache_clear()
    day = 86_400_000
    quarters = [day + hour * 3_600_000 for hour in (1, 2, 17, 18)]  # 06:45, 07:45, 22:45, 23:45 there

    bring_in(library, "first", *(heard(number, at_ms=at_ms) for number, at_ms in enumerate(quarters)))
    monkeypatch.undo()
    time.tzset()
    household_hour.cache_clear()

    assert library.ids(Filter(hours=(7, 23))) == [3, 2]
    assert library.ids(Filter(hours=(23, 7))) == [4, 1]


def test_sound_accident_and_decision_narrow(library: Library) -> None:
    digest = library.seen.keep_sound(b"sound")
    sound = Sound("1.mp3", SoundState.MATCHED, digest, None)
    missing = Sound("2.mp3", SoundState.MISSING, None, None)
    bring_in(library, "first", heard(1, sounds=[sound]), heard(2, sounds=[missing]), heard(3, accidental=True))
    library.asked.decide([1], Decision.DELETE, 5)
    library.asked.decide([2], Decision.KEEP, 5)

    assert library.ids(Filter(with_sound=True)) == [1]
    assert library.ids(Filter(with_sound=False)) == [3, 2]
    assert library.ids(Filter(accidental=True)) == [3]
    assert library.ids(Filter(accidental=False)) == [2, 1]
    assert library.ids(Filter(decisions=frozenset({Decision.DELETE}))) == [1]
    assert library.ids(Filter(decisions=frozenset({None}))) == [3]
    assert library.ids(Filter(decisions=frozenset({None, Decision.KEEP}))) == [3, 2]


def test_few_and_many_decisions_lead_to_the_same(library: Library) -> None:
    bring_in(library, "first", *(heard(number) for number in range(20)))
    wanted = Filter(decisions=frozenset({Decision.DELETE}))
    library.asked.decide([2, 5], Decision.DELETE, 5)
    assert library.ids(wanted) == [5, 2]

    library.asked.decide(range(3, 21), Decision.DELETE, 6)

    assert library.ids(wanted) == list(range(20, 1, -1))


def test_words_must_all_occur_and_the_last_may_be_a_beginning(library: Library) -> None:
    bring_in(
        library,
        "first",
        heard(1, "alexa what's my teacher's name", "i don't know"),
        heard(2, "alexa name a planet", "Jupiter, größter Planet"),
    )

    assert library.ids(Filter(words="name alexa")) == [2, 1]
    assert library.ids(Filter(words="alexa teach")) == [1]
    assert library.ids(Filter(words="teach alexa")) == []
    assert library.ids(Filter(words="what's know")) == [1]
    assert library.ids(Filter(words="groster jup")) == []
    assert library.ids(Filter(words="großter jup")) == [2]
    assert library.ids(Filter(words="größter jup")) == library.ids(Filter(words="jupiter GRÖ")) == [2]
    assert library.ids(Filter(words="planet", decisions=frozenset({None}))) == [2]


def test_notes_are_not_searched(library: Library) -> None:
    bring_in(library, "first", heard(1, turns=(Turn(Role.NOTE, "zebra"), Turn(Role.REQUEST, "alexa"))))

    assert library.ids(Filter(words="zebra")) == []


@pytest.mark.parametrize(
    "words", ['"', "AND", "request:", "NEAR(", "a*b", "-x", "^y", "\0", '""" OR "', "(", "?!", "*"]
)
def test_no_words_are_a_mistake(library: Library, words: str) -> None:
    bring_in(library, "first", heard(1))

    assert library.ids(Filter(words=words)) in ([], [1])


@given(words=st.text(max_size=20))
def test_no_words_at_all_are_a_mistake(words: str) -> None:
    query = words_query(words.encode("utf-8", "ignore").decode())
    connection = dbapi2.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE said USING fts5 (request, response)")

    rows = connection.execute("SELECT count(*) FROM said WHERE said MATCH ?", (query or "x",)).fetchall()

    assert rows == [(0,)]
    connection.close()


def test_every_small_filter_is_read_from_one_index_in_the_order_of_time(library: Library) -> None:
    bring_in(library, "first", heard(1, device=KIDS, person=EMMA, skill="Quiz"), heard(2, device=KITCHEN))
    wanted = Filter(
        children=True,
        people=frozenset({1}),
        devices=frozenset({1}),
        skills=frozenset({"Quiz"}),
        providers=frozenset({"alexa"}),
        hours=(7, 9),
        with_sound=True,
        accidental=False,
        since_ms=1,
    )
    connection = library._store.connection
    query = found(connection, wanted)

    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query.ids}", query.values)]

    assert plan == ["SEARCH i USING COVERING INDEX interaction_by_time (at_ms>?)"]


def test_the_household_goes_by_the_parents_names(library: Library) -> None:
    bring_in(library, "first", heard(1, device=KIDS, person=EMMA), heard(2, device=KIDS))
    library.household.change_speaker(_device(library, "Kids Room"), name="Nursery")
    library.household.change_member(_person(library, "Emma"), name="Em", standing=Standing.CHILD)

    (row,) = library.rows([1])
    (member,) = library.household.members()

    assert (row.device, row.person) == ("Nursery", "Em")
    assert (member.said_name, member.name, member.confirmed, member.interactions) == ("Emma", "Em", True, 1)
    assert library.household.vendor_types() == {member.id: "CHILD"}


def test_a_row_shows_the_first_thing_said_or_else_the_first_text(library: Library) -> None:
    turns = (Turn(Role.RESPONSE, "who are you?"), Turn(Role.REQUEST, " "), Turn(Role.REQUEST, "emma"))
    bring_in(library, "first", heard(1, turns=turns), heard(2, request=None), heard(3, None, None))

    assert [row.request for row in library.rows([3, 1, 99, 2])] == ["", "emma", "once upon a time"]


def test_facets_say_what_a_filter_can_offer(library: Library) -> None:
    bring_in(library, "first", heard(1, skill="Quiz"), heard(2, skill="Songs"), heard(3, skill="Songs"))

    facets = library.facets()

    assert facets.providers == ("alexa",)
    assert list(facets.skills.items()) == [("Songs", 2), ("Quiz", 1)]
    assert (facets.earliest_ms, facets.latest_ms) == (NOON + 3_600_000, NOON + 3 * 3_600_000)


def test_where_nothing_is_decided_all_is_undecided(library: Library) -> None:
    bring_in(library, "first", heard(1), heard(2, kind=Kind.ACTIVITY), heard(3))

    undecided = [library.ids(Filter(decisions=one)) for one in (frozenset({None}), frozenset({None, Decision.KEEP}))]
    kept = library.ids(Filter(decisions=frozenset({Decision.KEEP})))

    assert undecided == [[3, 1], [3, 1]]
    assert kept == []
