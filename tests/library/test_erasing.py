"""What is forgotten is gone from everywhere here and stays gone; what a later look needs of it stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from app.library import Library, Results
from app.library.adding import FORGOTTEN_HASH
from app.model import (
    Decision,
    Erased,
    Filter,
    Kind,
    Layer,
    Operation,
    Person,
    Problem,
    Sound,
    SoundState,
    Source,
)
from tests.library.making import (
    ANNA,
    EMMA,
    KIDS,
    SECRETS,
    SONG,
    VOICE,
    bring_in,
    everything_in,
    heard,
    recorded,
    rows_in,
    secret,
    secrets_in,
)

FORGOTTEN = Filter(kinds=frozenset({Kind.FORGOTTEN}))


@pytest.fixture
def home(library: Library) -> Library:
    """A library with the record that says a lot among others, of which number 2 has the same sound and another."""
    both = [recorded(library, data, name) for data, name in ((VOICE, "2.mp3"), (SONG, "3.mp3"))]
    rest = (heard(number, f"alexa story {number}", person=ANNA) for number in range(3, 120))
    bring_in(library, "first", secret(library), heard(2, sounds=both, skill="Quiz"))
    bring_in(library, "others", *rest)
    return library


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_what_was_said_lies_nowhere_once_it_is_forgotten(home: Library) -> None:
    assert secrets_in(home._store) == [*SECRETS]

    erased = home.erasing.forget([1])

    assert erased == Erased(1, 0)
    assert secrets_in(home._store) == []
    assert home.count(Filter(words="zebrafinch")) == home.count(replace(FORGOTTEN, words="quag")) == 0
    assert home.count(Filter(words="alexa story 77")) == 1


def test_of_a_forgotten_record_stays_when_and_where_it_was(home: Library) -> None:
    before = home.card(1)

    home.erasing.forget([1])

    assert home.card(1) == replace(
        before,
        kind=Kind.FORGOTTEN,
        person=None,
        turns=(),
        skill="",
        label="",
        sounds=(Sound("voice.mp3", SoundState.MISSING, None, None),),
    )
    (row,) = home.rows([1])
    assert (row.request, row.person, row.recordings) == ("", "", 0)


def test_raw_records_beside_a_forgotten_one_stay_byte_for_byte(library: Library) -> None:
    source = bring_in(library, "first", *(heard(number, raw=b"\x00 %d \xff" % number) for number in range(1, 8))).id
    later = bring_in(library, "second", heard(2, raw=b"another two"), heard(3, raw=b"another three")).id

    library.erasing.forget([2, 5, 7])

    assert [library.seen.raw(source, id) for id in range(1, 8)] == [
        [b"\x00 1 \xff"], [], [b"\x00 3 \xff"], [b"\x00 4 \xff"], [], [b"\x00 6 \xff"], [],
    ]  # fmt: skip
    assert [library.seen.raw(later, id) for id in (2, 3)] == [[], [b"another three"]]


def test_a_sound_goes_with_the_last_record_that_has_it(home: Library) -> None:
    home.keep_peaks(digest_of(VOICE), b"\x01", 1.0)

    assert home.erasing.forget([1]) == Erased(1, 0)
    assert home.sound(digest_of(VOICE)) == VOICE
    assert home.card(2).sounds[0].digest == digest_of(VOICE)

    assert home.erasing.forget([2]) == Erased(1, 2)
    assert (home.sounds_held(), home.peaks(digest_of(VOICE))) == (0, None)
    for data in (VOICE, SONG):
        with pytest.raises(Problem, match="not in the library"):
            home.sound(digest_of(data))


@pytest.mark.parametrize("ids", [[1, 999], [0, 1], [-1], [2, 1, 3]], ids=["too high", "nought", "negative", "again"])
def test_a_number_that_is_not_here_is_a_problem_and_changes_nothing(home: Library, ids: Sequence[int]) -> None:
    home.erasing.forget([3])
    before, head = everything_in(home._store), home.log.head()

    with pytest.raises(Problem, match="nothing with the number"):
        home.erasing.forget(ids)

    assert (everything_in(home._store), home.log.head()) == (before, head)


def test_everything_at_once_can_be_forgotten(home: Library) -> None:
    erased = home.erasing.forget(home.ids(Filter()))

    assert erased == Erased(119, 2)
    assert rows_in(home)["raw"] == rows_in(home)["turn"] == home.count(Filter()) == 0
    assert home.count(FORGOTTEN) == 119


def test_forgotten_ones_appear_only_where_they_are_asked_for(home: Library) -> None:
    home.erasing.forget([1, 9])

    assert home.ids(FORGOTTEN) == [9, 1]
    assert not {1, 9} & set(home.ids(Filter()))
    assert not {1, 9} & set(home.ids(Filter(kinds=frozenset(Kind) - {Kind.FORGOTTEN})))
    assert home.ids(Filter(ids=frozenset({1, 2}))) == [2]


def test_forgotten_ones_are_counted_nowhere(library: Library) -> None:
    skilled = (heard(number, skill="Quiz", person=EMMA, device=KIDS) for number in (1, 3))
    bring_in(library, "first", *skilled, heard(2, person=ANNA))
    library.asked.decide([1, 2, 3], Decision.KEEP, 5)

    library.erasing.forget([1, 2])

    tally = library.tally(Filter())
    assert (tally.items, tally.people, tally.devices) == (1, {"Anna": 1}, {"Kitchen": 1})
    assert library.asked.counts() == {None: 0, Decision.KEEP: 1, Decision.DELETE: 0, Decision.KEEPSAKE: 0}
    facets, at_ms = library.facets(), library.card(3).at_ms
    assert (facets.skills, facets.earliest_ms, facets.latest_ms) == ({}, at_ms, at_ms)
    assert {one.name: one.interactions for one in library.household.members()} == {"Anna": 1, "Emma": 0}
    assert {one.name: one.interactions for one in library.household.speakers()} == {"Kitchen": 1, "Kids Room": 0}
    assert library.accounts(Filter()) == {"home": 1}
    assert [id for id, *_ in library.outline(Filter())] == [3]


def test_a_skill_that_others_still_name_keeps_its_name(library: Library) -> None:
    bring_in(library, "first", heard(1, skill="Quiz"), heard(2, skill="Quiz"), heard(3, skill="Oracle"))

    library.erasing.forget([1, 3])

    assert library.facets().skills == {"Quiz": 1}
    bring_in(library, "second", heard(4, skill="Oracle"))
    assert library.card(4).skill == "Oracle"


WAYS: Mapping[str, Callable[[Library], object]] = {
    "number": lambda library: library.asked.decide([1], Decision.KEEP, 9),
    "kind": lambda library: library.asked.decide(FORGOTTEN, Decision.KEEP, 9),
    "every kind": lambda library: library.asked.decide(Filter(kinds=frozenset(Kind)), Decision.KEEP, 9),
    "no kind": lambda library: library.asked.decide(Filter(kinds=frozenset()), Decision.KEEP, 9),
    "table": lambda library: _decide_in_a_table(library),
}


def _decide_in_a_table(library: Library) -> None:
    results = Results(library)
    results.show(Filter(kinds=frozenset(Kind)))
    results.swap()
    results.decide([(0, results.count - 1)], Decision.KEEP, 9)
    results.close()


@pytest.mark.parametrize("decide", WAYS.values(), ids=WAYS.keys())
def test_no_decision_touches_what_was_forgotten(home: Library, decide: Callable[[Library], object]) -> None:
    home.asked.decide([1], Decision.DELETE, 5)
    home.erasing.forget([1])

    decide(home)

    assert home.card(1).decision is Decision.DELETE


def test_older_decisions_can_still_be_undone_and_done_again(home: Library) -> None:
    first = home.asked.decide([1, 2], Decision.KEEP, 5)
    second = home.asked.decide([1, 3], Decision.DELETE, 6)
    home.erasing.forget([1])

    undone = [home.asked.undo(second.id), home.asked.undo(first.id)]
    home.asked.redo(first.id)

    assert undone == [2, 2]
    assert [home.card(id).decision for id in (2, 3)] == [Decision.KEEP, None]
    assert home.card(1).turns == ()


def again(library: Library, name: str) -> Source:
    """Record 1 and its neighbour once more, in an archive of this *name*."""
    return bring_in(library, name, secret(library), heard(2))


@pytest.mark.parametrize("name", ["first", "later"], ids=["the same archive", "a later archive"])
def test_no_archive_brings_back_what_was_forgotten(home: Library, name: str) -> None:
    home.erasing.forget([1])
    before = home.card(1)

    source = again(home, name)

    assert secrets_in(home._store) == []
    assert home.card(1) == before
    assert home.seen.raw(source.id, 1) == []
    assert home.count(Filter(words="zebrafinch")) == 0


def test_a_fuller_archive_adds_nothing_to_what_was_forgotten(home: Library) -> None:
    home.erasing.forget([1])
    before, names = home.card(1), home.household.members()
    sounds = [recorded(home, b"RIFF more", "voice.mp3"), recorded(home, b"RIFF most", "more.mp3")]
    fuller = heard(1, "alexa more", "more of it", person=Person("p9", "Zoe"), sounds=sounds, skill="Oracle")

    bring_in(home, "fuller", fuller)

    assert (home.card(1), home.household.members(), home.facets().skills) == (before, names, {"Quiz": 1})
    assert home.sounds_held() == 2
    assert b"Zoe" not in everything_in(home._store)


def test_an_archive_does_not_bring_back_the_sound_of_what_was_forgotten(library: Library) -> None:
    bring_in(library, "first", secret(library))
    library.erasing.forget([1])

    bring_in(library, "later", secret(library))

    assert library.sounds_held() == 0
    with pytest.raises(Problem, match="not in the library"):
        library.sound(digest_of(VOICE))


def test_a_later_archive_that_shows_a_forgotten_record_sights_it(home: Library) -> None:
    plan = _plan(home, [1])
    home.erasing.forget([1])

    later = again(home, "later")

    assert home.concluded.shown(plan, later.id) == {
        1: dict.fromkeys((Layer.ACTION, Layer.REQUEST, Layer.RESPONSE, Layer.AUDIO), True)
    }


@pytest.mark.parametrize("name", ["voice.mp3", "other.mp3"], ids=["by its name", "by its bytes"])
def test_a_sound_of_a_forgotten_record_is_sighted_without_the_record(home: Library, name: str) -> None:
    plan = _plan(home, [1])
    home.erasing.forget([1])
    data = VOICE if name == "other.mp3" else b"RIFF the same in other bytes"

    with home.atomic():
        source = home.seen.begin_source(fingerprint="s", name="s", provider="alexa", kind="listing", at_ms=1)
        home.seen.sight_sounds(source, {name: digest_of(data)})

    assert home.concluded.shown(plan, source) == {1: {Layer.AUDIO: True}}
    assert home.concluded.sounds_alone(source) >= 1


def test_sightings_of_what_was_forgotten_hold_no_hash_of_it(home: Library) -> None:
    run = home._store.connection.execute
    of_it = "SELECT DISTINCT hash FROM sighting WHERE interaction = 1 AND hash IS NOT NULL"
    assert len(run(of_it).fetchall()) == 4

    home.erasing.forget([1])
    again(home, "later")

    assert run(of_it).fetchall() == [(FORGOTTEN_HASH,)]
    assert (FORGOTTEN_HASH,) not in run("SELECT hash FROM sighting WHERE interaction <> 1").fetchall()


def test_a_library_is_final_until_something_is_forgotten(home: Library) -> None:
    assert home.erasing.is_final

    home.erasing.forget([1])

    assert not home.erasing.is_final


def _plan(library: Library, ids: Sequence[int], *, until_ms: int | None = None, asked: bool = True) -> int:
    operation = Operation(1, "alexa", "single", "words", tuple(ids))
    plan = library.asked.freeze((operation,), made_ms=100, ready_ms=100, copy_until_ms=until_ms).id
    if asked:
        library.asked.attest(plan, [1], 200)
    return plan


def test_a_copy_is_due_once_its_day_has_come(home: Library) -> None:
    _plan(home, [1, 2], until_ms=1_000)

    assert [home.erasing.due(now_ms) for now_ms in (999, 1_000, 5_000)] == [[], [1, 2], [1, 2]]


def test_only_what_was_asked_and_is_still_here_is_due(home: Library) -> None:
    _plan(home, [1, 2, 3], until_ms=1_000)
    _plan(home, [4], until_ms=1_000, asked=False)
    _plan(home, [5], until_ms=None)
    home.erasing.forget([3])

    assert home.erasing.due(1_000) == [1, 2]


def test_what_is_to_be_kept_is_never_due(home: Library) -> None:
    _plan(home, [1, 2, 3, 4], until_ms=1_000)
    home.asked.decide([1], Decision.KEEP, 5)
    home.asked.decide([2], Decision.KEEPSAKE, 5)
    home.asked.decide([3], Decision.DELETE, 5)

    assert home.erasing.due(1_000) == [3, 4]


@pytest.mark.parametrize(("until_ms", "asked", "due"), [
    (None, True, []), (2_000, True, []), (500, True, [1]), (2_000, False, [1]), (None, False, [1]),
])  # fmt: skip
def test_what_another_plan_still_holds_is_not_due(
    home: Library, until_ms: int | None, asked: bool, due: list[int]
) -> None:
    _plan(home, [1], until_ms=1_000)
    _plan(home, [1], until_ms=until_ms, asked=asked)

    assert home.erasing.due(1_000) == due


@pytest.mark.parametrize(("until_ms", "due"), [(None, []), (3_000, []), (900, [1, 2])])
def test_a_copy_can_be_told_to_stay_longer_or_for_good(home: Library, until_ms: int | None, due: list[int]) -> None:
    plan = _plan(home, [1, 2], until_ms=1_000)

    home.asked.keep_copy(plan, until_ms)

    assert home.erasing.due(2_000) == due
    assert home.asked.plan(plan).copy_until_ms == until_ms


def test_a_copy_counts_what_is_still_here_of_it(home: Library) -> None:
    first = _plan(home, [1, 2], until_ms=1_000)
    second = _plan(home, [2, 3], until_ms=None)
    _plan(home, [4], until_ms=1_000, asked=False)
    home.erasing.forget([1, 3])

    before = [(one.plan, one.held, one.until_ms) for one in home.asked.copies()]
    home.erasing.forget([2])

    assert before == [(first, 1, 1_000), (second, 1, None)]
    assert home.asked.copies() == []
