"""The commands that look through the library and mark what is in it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from app import deletion
from app.cli.parser import UNDECIDED
from app.cli.printing import print_json, say
from app.cli.session import Session
from app.cli.shown import card_shape
from app.finding import wanted, why_childs
from app.model import Card, Decision, Filter, Role, clock_words

_FILTERS = (
    "children", "person", "device", "provider", "skill", "since", "until", "hours", "words", "accidental", "decision",
    "kind",
)  # fmt: skip


def names_a_filter(options: argparse.Namespace) -> bool:
    return any(getattr(options, name) not in (None, False, []) for name in _FILTERS)


def filter_of(session: Session, options: argparse.Namespace, ids: Sequence[int] = ()) -> Filter:
    return wanted(
        session.library,
        children=options.children,
        person=options.person,
        device=options.device,
        provider=options.provider,
        skill=options.skill,
        since=options.since,
        until=options.until,
        hours=options.hours,
        words=options.words or "",
        decision=options.decision,
        kind=options.kind,
        accidental=options.accidental or None,
        ids=ids,
    )


def find(session: Session, options: argparse.Namespace) -> None:
    """`earshot find`."""
    ids = session.library.ids(filter_of(session, options), options.limit)
    for card in session.library.cards(ids):
        if session.as_json:
            print_json(card_shape(card))
        else:
            say(_line(card))


def decide(session: Session, options: argparse.Namespace) -> None:
    """`earshot decide`."""
    decision = None if options.as_what == UNDECIDED else Decision(options.as_what)
    ids: Sequence[int] = options.ids or ()
    which = filter_of(session, options, ids) if names_a_filter(options) else ids
    change = deletion.decide(session.library, which, decision, session.now_ms)
    if session.as_json:
        print_json({"changed": change.changed})
    else:
        say(f"{change.changed:,} now marked {options.as_what}.")


def _line(card: Card) -> str:
    score, _ = why_childs(card)
    where = card.device.name if card.device else ""
    who = card.person.name if card.person else ""
    words = " / ".join(turn.text for turn in card.turns if turn.text and turn.role in (Role.REQUEST, Role.RESPONSE))
    marks = [f"[{card.decision.value}]" if card.decision else "", "[child]" if score else ""]
    return "  ".join(part for part in (str(card.id), clock_words(card.at_ms), where, who, *marks, words) if part)
