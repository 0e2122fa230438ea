"""Tables whose columns nobody described: what a column can mean, and what to ask where that is not sure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Column(Enum):
    """What a column of a table says. Its values stand in remembered layouts and never change."""

    TIME = "time"
    REQUEST = "request"
    RESPONSE = "response"
    DEVICE = "device"
    SERIAL = "serial"
    SOUND = "sound"
    PERSON = "person"
    ACCOUNT = "account"
    SKILL = "skill"
    LABEL = "label"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a table say what, by their names in the header; a column that is not named says nothing to us.
    *fingerprint* is the same for every table with the same header, whatever the order of its columns."""

    fingerprint: str
    columns: tuple[tuple[str, Column], ...]


@dataclass(frozen=True, slots=True)
class UnsureTable:
    """A table that was not read because its columns could not be told for sure: its *header*, at most five *rows*, and
    the *guess*. Once the parent's layout is remembered under its fingerprint, bringing the file in again reads it."""

    path: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    guess: Layout
