"""The household's copy as values: what was brought in, who is who, and what a filter asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.model.asked import Decision
from app.model.problem import Issue
from app.model.seen import Certainty, Coverage, Kind, Turn


class Standing(Enum):
    """Of a person, who they are; of a device, who mostly speaks to it (ADULT and GUEST fit people only)."""

    CHILD = "child"
    ADULT = "adult"
    GUEST = "guest"
    SHARED = "shared"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the household; *said_name* is the vendor's, *name* the parent's (at first the vendor's)."""

    id: int
    provider: str
    said_name: str = field(repr=False)
    name: str = field(repr=False)
    standing: Standing
    confirmed: bool
    interactions: int = 0


@dataclass(frozen=True, slots=True)
class Speaker:
    """A device of the household, named and marked like a `Member`."""

    id: int
    provider: str
    said_name: str
    name: str
    standing: Standing
    confirmed: bool
    interactions: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """Which interactions; every field narrows, an empty one does not. Times: UTC ms, since included, until excluded.

    *hours* are (from, to) of the household's local day, from included, to excluded, and may wrap past midnight.
    *words* are searched in requests and responses; all of them must occur, the last one may be a beginning.
    *decisions* may hold None for "undecided". *kinds* are what was said unless told otherwise.
    """

    children: bool = False
    people: frozenset[int] = frozenset()
    devices: frozenset[int] = frozenset()
    providers: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset({Kind.SAID, Kind.CONVERSATION})
    since_ms: int | None = None
    until_ms: int | None = None
    hours: tuple[int, int] | None = None
    words: str = field(default="", repr=False)
    with_sound: bool | None = None
    accidental: bool | None = None
    decisions: frozenset[Decision | None] = frozenset()
    ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """What the table shows of one interaction. *request* is the first thing said, or else the first text there is."""

    id: int
    at_ms: int
    provider: str
    kind: Kind
    device: str
    person: str = field(repr=False)
    childs: bool
    request: str = field(repr=False)
    recordings: int
    decision: Decision | None


class SoundState(Enum):
    MATCHED = "matched"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording of an interaction: *name* as the vendor named it, *digest* finds its bytes (None if missing)."""

    name: str
    state: SoundState
    digest: str | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything known of one interaction."""

    id: int
    identity: str
    provider: str
    account: str
    at_ms: int
    at_raw: str
    certainty: str
    kind: Kind
    device: Speaker | None
    person: Member | None
    turns: tuple[Turn, ...]
    sounds: tuple[Sound, ...]
    skill: str
    label: str
    accidental: bool
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Source:
    """One archive, listing or file that was brought in, with what it said of itself and what came out of it."""

    id: int
    name: str
    provider: str
    kind: str
    accounts: tuple[str, ...]
    shelves: frozenset[str]
    made_ms: int | None
    made_certainty: Certainty
    coverage: Coverage
    brought_in_ms: int
    interactions: int
    new: int
    matched: int
    missing: int
    unmatched: int
    kinds: Mapping[str, int]
    activities: Mapping[str, int]
    issues: tuple[Issue, ...]
    unread: tuple[str, ...]

    @property
    def known(self) -> int:
        return self.interactions - self.new
