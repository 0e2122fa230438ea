"""A small family with recordings, for the tests of the review page."""

from __future__ import annotations

from collections.abc import Iterator

from app.audio import as_wav
from app.library import Library
from app.model import (
    Certainty,
    Coverage,
    Device,
    Interaction,
    Kind,
    Moment,
    Person,
    Recording,
    Role,
    Sound,
    SoundState,
    Standing,
    Told,
    Turn,
)
from tests.audio.clips import tone

LAST = 1_773_500_400_000
HOUR = 3_600_000
SAID = ("play baby shark", "what's my teacher's name", "tell me a story", "good night", "set a timer", "sing a song")
EMMA, ANNA = Person("P1", "Emma", "CHILD"), Person("P2", "Anna", "ADULT")
KIDS, KITCHEN = Device("D1", "Kids Room"), Device("D2", "Kitchen")


def move_in(library: Library, number: int = 30) -> None:
    """*number* things said; Emma is a child. The newest has two recordings, the one before it a lost one, the third
    none at all."""
    digests = [library.seen.keep_sound(as_wav(tone(0.6, loudness=loud))) for loud in (8_000, 6_000)]
    source = library.seen.begin_source(fingerprint="f", name="f", provider="alexa", kind="listing", at_ms=LAST)
    library.seen.add(source, list(_said(number, digests)))
    told = Told(("A",), None, Coverage())
    library.seen.end_source(source, told, matched=0, missing=0, unmatched=0, issues=(), unread=())
    for one in library.household.members():
        standing = Standing.CHILD if one.said_name == "Emma" else Standing.ADULT
        library.household.change_member(one.id, standing=standing)


def _said(number: int, digests: list[str]) -> Iterator[tuple[Interaction, tuple[Sound, ...]]]:
    found = [Sound(f"{place}.wav", SoundState.MATCHED, digest, 0.6) for place, digest in enumerate(digests)]
    lost = Sound("lost.wav", SoundState.MISSING, None, None)
    for place in range(number):
        sounds = {0: tuple(found), 1: (lost,), 2: ()}.get(place, (found[0],))
        ms = LAST - place * HOUR
        yield (
            Interaction(
                identity=f"A#{ms}#T#D",
                account="A",
                at=Moment(ms, "", Certainty.EXACT),
                kind=Kind.SAID,
                turns=(
                    Turn(Role.NOTE, "wake word only"),
                    Turn(Role.REQUEST, SAID[place % len(SAID)]),
                    Turn(Role.RESPONSE, "Here you go."),
                ),
                device=KIDS if place % 2 else KITCHEN,
                person=EMMA if place % 3 else ANNA,
                recordings=tuple(Recording(sound.name) for sound in sounds),
                skill="Quiz" if place == 4 else "",
            ),
            sounds,
        )
