"""What a file or a session showed us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import BinaryIO, Protocol


class Layer(Enum):
    """The places in which a vendor can keep a trace of one interaction, or of the household."""

    AUDIO = "audio"
    REQUEST = "request"
    RESPONSE = "response"
    ACTION = "action"
    REMEMBERED = "remembered"
    SCHEDULED = "scheduled"
    CONVERSATION = "conversation"
    VOICE_PROFILE = "voice_profile"
    PURCHASES = "purchases"
    SMART_HOME = "smart_home"
    THIRD_PARTY = "third_party"
    HOME_COPY = "home_copy"


class Role(Enum):
    """Whose a turn is: words of the household, of the assistant, a placeholder of the vendor's, or who spoke."""

    REQUEST = "request"
    RESPONSE = "response"
    NOTE = "note"
    PROFILE = "profile"


class Kind(Enum):
    """SAID: something said to an assistant. CONVERSATION: a dialogue kept as one record. ACTIVITY: a row of a
    vendor's activity that nobody said ("Used Assistant"). FORGOTTEN: a record whose copy here was destroyed; when and
    where it was is left, so that later archives can be held against it."""

    SAID = "said"
    CONVERSATION = "conversation"
    ACTIVITY = "activity"
    FORGOTTEN = "forgotten"


class Certainty(Enum):
    """How sure the UTC time of a record is."""

    EXACT = "exact"
    """UTC, or a numeric offset stood beside it."""
    ZONE_NAME = "zone name"
    """A zone's abbreviation stood beside it; some abbreviations mean more than one zone."""
    ASSUMED = "assumed"
    """No zone stood beside it; UTC was assumed."""
    FILE_TIME = "file time"
    """Only the file's own time is known."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a file gave it: UTC milliseconds, the raw text, and how sure we are."""

    ms: int
    raw: str = ""
    certainty: Certainty = Certainty.EXACT

    @property
    def utc(self) -> datetime:
        return datetime.fromtimestamp(self.ms / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Turn:
    """One item of an interaction: its words (None or empty where the vendor kept none) and the vendor's name for it."""

    role: Role
    text: str | None = field(repr=False)
    vendor_type: str = ""
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A speaker or app: *key* is the vendor's (its serial number), *name* what the family called it."""

    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the household as the vendor names them; *vendor_type* is the vendor's own word ("ADULT")."""

    key: str
    name: str = field(default="", repr=False)
    vendor_type: str = ""


class Sort(Enum):
    """What a file is by its first bytes (a sound of a large folder: by its ending until it is opened)."""

    JSON = "json"
    HTML = "html"
    CSV = "csv"
    ZIP = "zip"
    SOUND = "sound"
    SQLITE = "sqlite"
    EMPTY = "empty"
    OTHER = "other"


class Entry(Protocol):
    """One file of what was dropped, wherever it lies (in a zip, a folder, or on its own)."""

    @property
    def path(self) -> str:
        """Its untrusted name inside the parcel: "/" between the parts, NFC."""

    @property
    def size(self) -> int:
        """Bytes, as claimed; what is really read is counted and limited by `open`."""

    @property
    def sort(self) -> Sort: ...

    def head(self) -> bytes:
        """At most its first 64 KiB."""

    def open(self) -> BinaryIO:
        """Its bytes from the start; raises `Problem` where they are damaged or more than the limits allow."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing that was dropped: a zip, a folder or a file, with everything inside it."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound that a record names; *entry* is None where the sound itself is not in the archive."""

    name: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Interaction:
    """One record of a vendor's history, with every turn it holds.

    *identity* is the same in every file that shows the record. *account* is the vendor's name for the account ("" if
    the file does not say). *label* is the vendor's own word for the record (utterance type, localised verb, title of a
    conversation). *accidental*: the vendor itself says that nobody meant to speak to it. *shelf* is the part of the
    vendor's history in which the record stands, by the vendor's name for it ("Gemini Apps"); an export may hold some
    shelves and not others. *unshown* are layers of which this form of the record never says anything, although the
    vendor may hold them. *raw* is the record as it stood in the file.
    """

    identity: str
    account: str
    at: Moment
    kind: Kind
    turns: tuple[Turn, ...]
    device: Device | None = None
    person: Person | None = None
    recordings: tuple[Recording, ...] = ()
    skill: str = ""
    label: str = ""
    accidental: bool = False
    raw: bytes = field(default=b"", repr=False)
    shelf: str = ""
    unshown: frozenset[Layer] = frozenset()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers in which this record shows something (itself, its words, its sound even if only named), and those
        that it leaves open."""
        request = response = False
        for turn in self.turns:
            if (text := turn.text) and not text.isspace():
                if turn.role is Role.REQUEST:
                    request = True
                elif turn.role is Role.RESPONSE:
                    response = True
        shown = [Layer.CONVERSATION if self.kind is Kind.CONVERSATION else Layer.ACTION]
        if request:
            shown.append(Layer.REQUEST)
        if response:
            shown.append(Layer.RESPONSE)
        if self.recordings:
            shown.append(Layer.AUDIO)
        if self.unshown:
            shown += sorted(self.unshown.difference(shown), key=lambda layer: layer.value)
        return tuple(shown)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The time that a source speaks for (UTC milliseconds, both ends included; None: open), and whether it is whole.

    *why* says in a parent's words why it is not complete; empty if it is.
    """

    from_ms: int | None = None
    to_ms: int | None = None
    complete: bool = True
    why: str = ""

    def contains(self, ms: int) -> bool:
        return (self.from_ms is None or self.from_ms <= ms) and (self.to_ms is None or ms <= self.to_ms)


@dataclass(frozen=True, slots=True)
class Export:
    """What a provider recognised among the parcels of one drop, before it is read: one source of the library.

    *kind* says what it is in plain words for the parent and the JSON ("takeout", "listing", "har", …). *records* are
    the entries it will read, *sounds* the recordings that belong to it, *others* the entries it knows and needs no
    more than a look at (an index, a read-me), so that they are not listed as unread.
    """

    provider: str
    kind: str
    name: str
    records: tuple[Entry, ...]
    sounds: tuple[Entry, ...] = ()
    others: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What an export said about itself, known once it was read to its end.

    *made* is when the vendor made it, None if the file itself does not say. *shelves* are the parts of the vendor's
    history that it holds, even if nothing stands on them. *activities* counts the rows that are not something said, by
    what they are called.
    """

    accounts: tuple[str, ...]
    made: Moment | None
    coverage: Coverage
    activities: Mapping[str, int] = field(default_factory=dict)
    shelves: frozenset[str] = frozenset({""})
