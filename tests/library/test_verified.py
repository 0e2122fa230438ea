"""What may be destroyed here because the vendor no longer has it: only what stands as gone after all looks."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.library import Library
from app.model import Conclusion, Condition, Decision, Kind, Layer, Look, Operation, Verdict
from tests.library.making import bring_in, heard

GONE, HELD, BACK, UNSURE = Verdict.GONE, Verdict.STILL_HELD, Verdict.REAPPEARED, Verdict.CANNOT_TELL
ACTION, SOUND, TALK = Layer.ACTION, Layer.AUDIO, Layer.CONVERSATION
Said = tuple[int, Mapping[Layer, Verdict]]
"""When what was looked at was made, and what the look concluded."""


@pytest.fixture
def plan(library: Library) -> int:
    """Record 1, which was asked to go."""
    bring_in(library, "first", heard(1), heard(2))
    return _plan(library)


def _plan(library: Library) -> int:
    operation = Operation(1, "alexa", "single", "words", (1,))
    plan = library.asked.freeze((operation,), made_ms=100, ready_ms=100, copy_until_ms=None).id
    library.asked.attest(plan, [1], 200)
    return plan


def _look(library: Library, plan: int, said: Said) -> None:
    made_ms, verdicts = said
    conclusions = tuple(
        Conclusion(1, "home#1", layer, verdict, Condition.LAYER if verdict is UNSURE else None, "because")
        for layer, verdict in verdicts.items()
    )
    library.concluded.record(Look(0, plan, 1, "a.zip", "alexa", made_ms, False, made_ms, True, "", 1, conclusions))


VERIFIED: Mapping[str, tuple[Said, ...]] = {
    "the record and all of it gone": ((300, {ACTION: GONE, SOUND: GONE}),),
    "a conversation gone": ((300, {TALK: GONE}),),
    "what nobody could tell of the rest": ((300, {ACTION: GONE, SOUND: UNSURE}),),
    "held at first, gone later": ((300, {ACTION: HELD, SOUND: HELD}), (400, {ACTION: GONE, SOUND: GONE})),
    "a later look that cannot tell": ((300, {ACTION: GONE}), (400, {ACTION: UNSURE})),
    "an older archive looked at last": ((400, {ACTION: GONE}), (300, {ACTION: HELD})),
}
NOT_VERIFIED: Mapping[str, tuple[Said, ...]] = {
    "no look": (),
    "nobody could tell": ((300, {ACTION: UNSURE}),),
    "only the sound gone": ((300, {SOUND: GONE}),),
    "still held": ((300, {ACTION: HELD}),),
    "the sound still held": ((300, {ACTION: GONE, SOUND: HELD}),),
    "the sound was held when last anything could be told": (
        (300, {ACTION: GONE, SOUND: HELD}),
        (400, {ACTION: GONE, SOUND: UNSURE}),
    ),
    "back again": ((300, {ACTION: GONE}), (400, {ACTION: BACK})),
    "held in the newer archive, which was looked at first": ((400, {ACTION: HELD}), (300, {ACTION: GONE})),
}


@pytest.mark.parametrize("looks", VERIFIED.values(), ids=VERIFIED.keys())
def test_what_stands_as_gone_is_verified(library: Library, plan: int, looks: tuple[Said, ...]) -> None:
    for said in looks:
        _look(library, plan, said)

    assert library.erasing.verified(plan) == [1]


@pytest.mark.parametrize("looks", NOT_VERIFIED.values(), ids=NOT_VERIFIED.keys())
def test_what_may_still_be_there_is_not_verified(library: Library, plan: int, looks: tuple[Said, ...]) -> None:
    for said in looks:
        _look(library, plan, said)

    assert library.erasing.verified(plan) == []


@pytest.mark.parametrize("decision", [Decision.KEEP, Decision.KEEPSAKE])
def test_what_is_to_be_kept_is_not_verified(library: Library, plan: int, decision: Decision) -> None:
    _look(library, plan, (300, {ACTION: GONE}))

    library.asked.decide([1], decision, 5)

    assert library.erasing.verified(plan) == []


def test_what_is_forgotten_already_is_not_verified(library: Library, plan: int) -> None:
    _look(library, plan, (300, {ACTION: GONE}))

    library.erasing.forget([1])

    assert library.card(1).kind is Kind.FORGOTTEN
    assert library.erasing.verified(plan) == []


def test_the_looks_of_another_plan_verify_nothing(library: Library, plan: int) -> None:
    other = _plan(library)

    _look(library, other, (300, {ACTION: GONE}))

    assert (library.erasing.verified(plan), library.erasing.verified(other)) == ([], [1])
