"""Who did what with the household's copy: what the log remembers, without a word that was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Happened(Enum):
    """What the log knows of. Its values stand in the library and never change."""

    OPENED = "opened"
    LOCK_CHANGED = "lock_changed"
    BROUGHT_IN = "brought_in"
    PLAYED = "played"
    EXPORTED = "exported"
    DECIDED = "decided"
    UNDONE = "undone"
    REDONE = "redone"
    PLANNED = "planned"
    ASKED = "asked"
    LOOKED = "looked"
    COPY_KEPT = "copy_kept"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that happened. *details* hold numbers and short names of ours ("interaction", "plan", "count",
    "decision", "how", …), never words, names or files of the household."""

    number: int
    at_ms: int
    what: Happened
    details: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class SealedCopy:
    """What is still here of a plan that was asked: *held* recordings, which go on *until_ms* (None: they stay)."""

    plan: int
    held: int
    until_ms: int | None


@dataclass(frozen=True, slots=True)
class Erased:
    """What was destroyed here: records with their words, and the sounds that nothing else here needs."""

    interactions: int
    sounds: int
