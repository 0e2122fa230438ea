from __future__ import annotations

from dataclasses import replace

import pytest

from app.library import Library
from app.model import Conclusion, Condition, Layer, Look, Operation, Sound, SoundState, Verdict
from tests.library.making import bring_in, heard

NAMED = Sound("1.mp3", SoundState.MISSING, None, None)


def _plan(library: Library, *ids: int, collateral: tuple[int, ...] = ()) -> int:
    operation = Operation(1, "alexa", "range", "words", ids, collateral)
    return library.asked.freeze((operation,), made_ms=100, ready_ms=100, copy_until_ms=None).id


def _look(plan: int, source: int, made_ms: int | None, *conclusions: Conclusion) -> Look:
    return Look(0, plan, source, "a.zip", "alexa", made_ms, False, 999, True, "", 3, conclusions)


def _verdict(verdict: Verdict, layer: Layer = Layer.REQUEST) -> Conclusion:
    missing = Condition.CONTROL if verdict is Verdict.CANNOT_TELL else None
    return Conclusion(1, "home#1", layer, verdict, missing, "because")


@pytest.fixture
def asked(library: Library) -> tuple[Library, int]:
    """Records 1 and 2 are asked to go, 3 would go along, 4 and 5 (of another account) stay."""
    bring_in(library, "first", heard(1, sounds=[NAMED]), heard(2), heard(3), heard(4), heard(5, account="other"))
    plan = _plan(library, 1, 2, collateral=(3,))
    library.asked.attest(plan, [1], 200)
    return library, plan


def test_the_layers_seen_are_those_of_sources_from_before_the_plan(asked: tuple[Library, int]) -> None:
    library, plan = asked
    bring_in(library, "later", heard(2, sounds=[NAMED]))

    seen = library.concluded.layers_seen(plan)

    assert seen == {
        1: {Layer.ACTION, Layer.REQUEST, Layer.RESPONSE, Layer.AUDIO},
        2: {Layer.ACTION, Layer.REQUEST, Layer.RESPONSE},
    }


def test_layers_seen_gathers_all_the_sources_from_before(library: Library) -> None:
    bring_in(library, "first", heard(1, response=None))
    bring_in(library, "second", heard(1, request=None))
    plan = _plan(library, 1)

    assert library.concluded.layers_seen(plan) == {1: {Layer.ACTION, Layer.REQUEST, Layer.RESPONSE}}


def test_a_source_that_only_names_sounds_does_not_show_them(library: Library) -> None:
    digest = library.seen.keep_sound(b"sound")
    named = bring_in(library, "named", heard(1, sounds=[NAMED]))
    there = bring_in(library, "there", heard(1, sounds=[Sound("1.mp3", SoundState.MATCHED, digest, None)]))

    assert Layer.AUDIO not in library.concluded.layers_shown(named.id)
    assert Layer.AUDIO in library.concluded.layers_shown(there.id)


def test_a_sound_named_first_and_found_later_in_the_same_source_is_shown(library: Library) -> None:
    digest = library.seen.keep_sound(b"sound")
    there = Sound("1.mp3", SoundState.MATCHED, digest, None)

    source = bring_in(library, "first", heard(1, sounds=[NAMED]), heard(1, sounds=[there]), heard(1, sounds=[NAMED]))

    assert Layer.AUDIO in library.concluded.layers_shown(source.id)


def test_shown_are_the_items_of_the_plan_that_a_source_still_holds(asked: tuple[Library, int]) -> None:
    library, plan = asked
    later = bring_in(library, "later", heard(1, response=None, sounds=[NAMED]), heard(4))

    shown = library.concluded.shown(plan, later.id)

    assert shown == {1: {Layer.ACTION: True, Layer.REQUEST: True, Layer.AUDIO: False}}


def test_controls_are_counted_by_account_without_anything_asked(asked: tuple[Library, int]) -> None:
    library, plan = asked
    items = [heard(number) for number in (1, 2, 3, 4)]
    later = bring_in(library, "later", *items, heard(5, account="other"))

    assert library.concluded.controls(plan, later.id) == {"home": 1, "other": 1}


def test_what_was_first_seen_after_the_plan_is_no_control(asked: tuple[Library, int]) -> None:
    library, plan = asked
    later = bring_in(library, "later", heard(6), heard(7))

    assert library.concluded.controls(plan, later.id) == {}


def test_what_another_plan_asked_is_no_control_but_what_it_only_planned_is(asked: tuple[Library, int]) -> None:
    library, plan = asked
    other = _plan(library, 4)
    later = bring_in(library, "later", heard(4), heard(5, account="other"))

    before = library.concluded.controls(plan, later.id)
    library.asked.attest(other, [1], 300)

    assert before == {"home": 1, "other": 1}
    assert library.concluded.controls(plan, later.id) == {"other": 1}


def test_the_same_archive_again_after_the_plan_teaches_nothing_new(asked: tuple[Library, int]) -> None:
    library, plan = asked
    before = library.concluded.layers_seen(plan)

    again = bring_in(library, "first", heard(1), heard(8), at_ms=10**15)

    assert library.concluded.layers_seen(plan) == before
    assert again.id == 1


def test_a_look_comes_back_with_its_conclusions(asked: tuple[Library, int]) -> None:
    library, plan = asked
    look = _look(plan, 1, None, _verdict(Verdict.CANNOT_TELL), _verdict(Verdict.STILL_HELD, Layer.RESPONSE))

    recorded = library.concluded.record(look)

    assert recorded == replace(look, id=recorded.id)
    assert library.concluded.looks(plan) == [recorded]


def test_gone_before_are_the_verdicts_of_looks_at_sources_made_earlier(asked: tuple[Library, int]) -> None:
    library, plan = asked
    other = _plan(library, 1)
    for look in (
        _look(plan, 1, 500, _verdict(Verdict.GONE), _verdict(Verdict.STILL_HELD, Layer.RESPONSE)),
        _look(plan, 1, 700, _verdict(Verdict.GONE, Layer.ACTION)),
        _look(plan, 1, None, _verdict(Verdict.GONE, Layer.AUDIO)),
        _look(other, 1, 500, _verdict(Verdict.GONE, Layer.AUDIO)),
    ):
        library.concluded.record(look)

    assert library.concluded.gone_before(plan, 700) == {(1, Layer.REQUEST)}
