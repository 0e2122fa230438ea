"""What a later, complete look allows us to conclude."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from app.model.seen import Layer


class Verdict(Enum):
    GONE = "GONE"
    STILL_HELD = "STILL_HELD"
    REAPPEARED = "REAPPEARED"
    CANNOT_TELL = "CANNOT_TELL"


class Condition(Enum):
    """What must hold before a look may say GONE; the one that is missing is named with every CANNOT_TELL."""

    MADE_KNOWN = "made at an unknown time"
    MADE_AFTER = "made before the deletion was asked"
    ACCOUNT = "another account"
    COMPLETE = "not complete"
    COVERAGE = "does not cover that time"
    LAYER = "does not show this layer"
    CONTROL = "no kept record is there to compare with"
    SOUND = "names the sound but does not hold it"
    WORDS = "lists the record without its words"
    ALIKE = "may show another record of the same words and second"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The verdict on one interaction in one layer by one look. *missing* is set exactly for CANNOT_TELL."""

    interaction: int
    identity: str
    layer: Layer
    verdict: Verdict
    missing: Condition | None
    reason: str


@dataclass(frozen=True, slots=True)
class Look:
    """A later source held against a plan. *made_ms* is None if neither file nor parent says when it was made."""

    id: int
    plan: int
    source: int
    source_name: str
    provider: str
    made_ms: int | None
    made_by_parent: bool
    looked_ms: int
    complete: bool
    why: str
    controls: int
    conclusions: tuple[Conclusion, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The interactions of a plan on whose layer the same look gave the same verdict; *how* says how we know."""

    verdict: Verdict
    missing: Condition | None
    items: tuple[int, ...] = field(repr=False)
    how: str
    source_name: str
    made_ms: int | None
    looked_ms: int


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """What is known now of one layer at one vendor.

    *judged* counts the asked interactions that have this layer; 0 means that no look can judge it, and *knowable* (the
    vendor's sentence on how the layer can be known) is all there is to say. *next_look_ms* is None if none is due.
    """

    provider: str
    layer: Layer
    title: str
    knowable: str
    judged: int
    outcomes: tuple[Outcome, ...]
    next_look_ms: int | None

    @property
    def counts(self) -> dict[Verdict, int]:
        counted: dict[Verdict, int] = {}
        for outcome in self.outcomes:
            counted[outcome.verdict] = counted.get(outcome.verdict, 0) + len(outcome.items)
        return counted

    @property
    def waiting(self) -> int:
        """The judged interactions on which no look has said anything yet."""
        return self.judged - sum(len(outcome.items) for outcome in self.outcomes)
