"""A small household that nobody ever lived in, for the tests and pictures of the window."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping

from app import deletion, finding, verification
from app.library import Library
from app.model import (
    Certainty,
    Coverage,
    Decision,
    Device,
    Filter,
    Interaction,
    Issue,
    Kind,
    Moment,
    Person,
    Plan,
    Recording,
    Role,
    Sound,
    SoundState,
    Source,
    Standing,
    Told,
    Turn,
)
from app.providers.provider import Provider

HOUR = 3_600_000
DAY = 24 * HOUR
FIRST = round(time.time() * 1000) // DAY * DAY - 346 * DAY
"""Almost a year ago, so that the later archive was made yesterday."""

ASKED = (
    "play baby shark",
    "what is my teacher's name",
    "tell me a story about a dragon",
    "set a timer for ten minutes",
    "how far away is the moon",
    "what's the weather tomorrow",
    "good night",
    "do my homework",
)
SPEAKERS = (Device("G1", "Kids Room"), Device("G2", "Kitchen"), Device("G3", "Living Room"))
PEOPLE = (
    Person("P1", "Emma", "CHILD"),
    Person("P2", "Ben", "CHILD"),
    Person("P3", "Anna", "ADULT"),
)


def interactions(number: int) -> Iterator[Interaction]:
    """*number* things said, the same ones every time."""
    dice = random.Random(7)
    for place in range(number):
        device = dice.choice(SPEAKERS)
        person = dice.choice(PEOPLE[:2] if device.key == "G1" else (*PEOPLE, None))
        ms = FIRST + place * 9 * HOUR + dice.randrange(HOUR)
        said, answered = dice.choice(ASKED), "Here is what I found."
        yield Interaction(
            identity=f"A1#{ms}#T#{device.key}",
            account="A1",
            at=Moment(ms, "", Certainty.EXACT),
            kind=Kind.SAID,
            turns=(Turn(Role.REQUEST, said), Turn(Role.RESPONSE, answered)),
            device=device,
            person=person,
            recordings=(Recording(f"{ms}.wav"),) if place % 3 else (),
        )


def bring_in(
    library: Library,
    name: str,
    items: Iterable[Interaction],
    *,
    made_ms: int | None,
    issues: tuple[Issue, ...] = (),
    unread: tuple[str, ...] = (),
    now_ms: int = FIRST,
) -> Source:
    """A source of *library* that shows *items*."""
    source = library.seen.begin_source(fingerprint=name, name=name, provider="alexa", kind="listing", at_ms=now_ms)
    batch = [
        (item, tuple(Sound(one.name, SoundState.MISSING, None, None) for one in item.recordings)) for item in items
    ]
    library.seen.add(source, batch)
    times = [item.at.ms for item, _ in batch]
    told = Told(("A1",), Moment(made_ms) if made_ms else None, Coverage(min(times), (made_ms or max(times))))
    missing = sum(len(sounds) for _, sounds in batch)
    return library.seen.end_source(source, told, matched=0, missing=missing, unmatched=0, issues=issues, unread=unread)


def first_archive(library: Library, number: int = 900) -> Source:
    """The first archive of the made-up family, with its people and devices suggested."""
    source = bring_in(
        library,
        "alexa-history.har",
        interactions(number),
        made_ms=None,
        issues=tuple(Issue("records/page-7.json", row, "damaged-row", "This row has no time.") for row in range(3, 17)),
        unread=("manual.pdf",),
        now_ms=FIRST + 340 * DAY,
    )
    finding.suggest(library)
    return source


def mark_children(library: Library) -> None:
    """What the children said is marked delete, a few of it kept."""
    for one in library.household.members():
        if one.name in ("Emma", "Ben"):
            library.household.change_member(one.id, standing=Standing.CHILD)
    now_ms = FIRST + 341 * DAY
    library.asked.decide(Filter(children=True), Decision.DELETE, now_ms)
    library.asked.decide(library.ids(Filter(children=True))[::9], Decision.KEEP, now_ms + 1)


def ask(library: Library, providers: Mapping[str, Provider], *, all_steps: bool = True) -> Plan:
    """A plan of what is marked, asked for."""
    now_ms = FIRST + 342 * DAY
    plan = deletion.freeze(library, providers, Filter(), now_ms=now_ms, wait=False)
    steps = None if all_steps else [one.step for one in plan.operations[: len(plan.operations) // 2]]
    deletion.attest(library, plan.id, steps, now_ms + HOUR)
    return plan


def later_archive(library: Library, plan: Plan, number: int = 900) -> Source:
    """A later archive in which most of *plan* is gone, some answers are still held, and what is kept still stands."""
    planned = {card.identity for card in library.cards(plan.items)}
    left = []
    for place, item in enumerate(interactions(number)):
        if item.identity not in planned:
            left.append(item)
        elif place % 17 == 0:
            left.append(_only_answer(item))
    return bring_in(
        library, "alexa-history-later.har", left, made_ms=FIRST + 345 * DAY, now_ms=FIRST + 345 * DAY + HOUR
    )


def _only_answer(item: Interaction) -> Interaction:
    answers = tuple(turn for turn in item.turns if turn.role is Role.RESPONSE)
    return Interaction(item.identity, item.account, item.at, item.kind, answers, item.device, item.person)


def whole_journey(library: Library, providers: Mapping[str, Provider], number: int = 900) -> Plan:
    """The made-up family after its first look."""
    first_archive(library, number)
    mark_children(library)
    plan = ask(library, providers)
    later = later_archive(library, plan, number)
    verification.look(library, providers, plan.id, later.id, now_ms=FIRST + 345 * DAY + 2 * HOUR)
    return plan
