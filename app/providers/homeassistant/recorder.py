"""The recorder's database: which of its rows hold what was said to Alexa, and what they tell together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.model import Device, Entry, Interaction, Issue, Kind, Moment, Person, Problem, Turn
from app.providers.homeassistant.database import MOST_ROWS, Foreign, opened
from app.providers.homeassistant.words import MARKS, Heard, clean, device_name, heard_in, parsed

FILE_NAME = "home-assistant_v2.db"
_AT_ONCE = 5_000
_NEEDED = {
    "states": {"state_id", "metadata_id", "attributes_id", "state", "last_updated_ts"},
    "state_attributes": {"attributes_id", "shared_attrs"},
    "states_meta": {"metadata_id", "entity_id"},
}
_EVENTS = {
    "events": {"event_id", "event_type_id", "data_id", "time_fired_ts"},
    "event_data": {"data_id", "shared_data"},
    "event_types": {"event_type_id", "event_type"},
}
_HOLDS_WORDS = " OR ".join(f"instr(shared_attrs, '{mark}')" for mark in MARKS)
_ATTRIBUTES = (
    f"SELECT attributes_id, CASE WHEN {_HOLDS_WORDS} THEN shared_attrs END FROM state_attributes"
    f" WHERE attributes_id > ? ORDER BY attributes_id LIMIT {_AT_ONCE}"
)
_ROWS = (
    "SELECT s.state_id, m.entity_id, s.state, s.last_updated_ts FROM states s"
    " LEFT JOIN states_meta m ON m.metadata_id = s.metadata_id WHERE s.attributes_id = ?"
)
_CALLED_EVENT = "alexa_media_last_called_event"
_CALLED_EVENTS = (
    "SELECT e.event_id, e.data_id, e.time_fired_ts, d.shared_data FROM events e"
    " JOIN event_data d ON d.data_id = e.data_id WHERE e.event_id > ? AND e.event_type_id IN"
    f" (SELECT event_type_id FROM event_types WHERE event_type = '{_CALLED_EVENT}')"
    f" ORDER BY e.event_id LIMIT {_AT_ONCE}"
)
NO_ENTITY = "alexa_media"
"""In the identity of what only an event tells of, which names no entity."""


@dataclass(frozen=True, slots=True)
class Row:
    """One state as it was written down."""

    number: int
    entity: str
    state: object
    updated_ms: int


@dataclass(frozen=True, slots=True)
class Carrier:
    """One text of attributes that holds words, and the states that have it; none has one that was left over."""

    number: int
    attributes: dict[str, Any] = field(repr=False)
    rows: tuple[Row, ...]

    def heard(self, row: Row) -> tuple[Heard, ...]:
        return tuple(heard_in(row.entity, row.state, row.updated_ms, self.attributes))


@dataclass(frozen=True, slots=True)
class CalledEvent:
    """An event by which the one integration told everything in the house what was said."""

    number: int
    data: int
    heard: tuple[Heard, ...]


def is_recorder(entry: Entry) -> bool:
    """Whether *entry*, a database, is a recorder's. One that cannot be opened is, if it looks like one."""
    try:
        with opened(entry) as db:
            return db.tables().keys() >= {"states", "schema_changes"}
    except Problem:
        return entry.path.rpartition("/")[2] == FILE_NAME or b"CREATE TABLE states_meta" in entry.head()


def read_recorder(entry: Entry, shelf: str) -> tuple[list[Interaction], list[Issue]]:
    """Everything said to Alexa that the recorder wrote down; a `Problem` if it cannot be read to its end."""
    issues: list[Issue] = []

    def note(number: int) -> None:
        issues.append(Issue(entry.path, number, "damaged-row", "What this row says cannot be read."))

    with opened(entry) as db:
        require_tables(db, entry.path)
        told: dict[str, _Told] = {}
        for carrier in carriers(db, note):
            for row in carrier.rows:
                for heard in carrier.heard(row):
                    _fold(told, heard, Device(row.entity, device_name(carrier.attributes)))
        moments = {one.at.ms: identity for identity, one in told.items()}
        for event in called_events(db, note):
            for heard in event.heard:
                identity = moments.get(heard.at.ms)
                _fold(told, heard, None, identity)
    return [one.interaction(identity, shelf) for identity, one in sorted(told.items())], issues


def require_tables(db: Foreign, name: str) -> None:
    """A `Problem` unless the tables are those of a Home Assistant that we know."""
    tables = db.tables()
    if not all(columns <= tables.get(table, frozenset()) for table, columns in _NEEDED.items()):
        raise Problem(
            f"{name} was written by a version of Home Assistant that Earshot does not know.",
            advice="Home Assistant since April 2023 is known. Start a newer one once, then bring it in again.",
        )


def carriers(db: Foreign, note: Callable[[int], None]) -> Iterator[Carrier]:
    """Every text of attributes with words in it; *note* hears the number of one that cannot be read."""
    last = -(1 << 63)
    while found := db.rows(_ATTRIBUTES, (last,)):
        for number, text in found:
            if text is None:
                continue
            attributes = parsed(text)
            if attributes is None:
                note(number)
                continue
            rows = db.rows(_ROWS, (number,))
            if len(rows) == MOST_ROWS:
                note(number)
            yield Carrier(number, attributes, tuple(_row(*row) for row in rows))
        last = found[-1][0]


def called_events(db: Foreign, note: Callable[[int], None]) -> Iterator[CalledEvent]:
    """The events that hold words, where this Home Assistant keeps events in the way we know."""
    tables = db.tables()
    if not all(columns <= tables.get(table, frozenset()) for table, columns in _EVENTS.items()):
        return
    last = -(1 << 63)
    while found := db.rows(_CALLED_EVENTS, (last,)):
        for number, data, fired_ts, text in found:
            said = parsed(text)
            if said is None:
                note(number)
                continue
            called = {"last_called_summary": said.get("summary"), "last_called_timestamp": said.get("timestamp")}
            yield CalledEvent(number, data, tuple(heard_in(NO_ENTITY, None, _ms(fired_ts), called)))
        last = found[-1][0]


@dataclass(slots=True)
class _Told:
    """What the rows seen so far tell of one thing said."""

    at: Moment
    device: Device | None
    turns: dict[Turn, None]
    label: str
    person: Person | None
    raw: bytes

    def interaction(self, identity: str, shelf: str) -> Interaction:
        return Interaction(
            identity=identity,
            account="",
            at=self.at,
            kind=Kind.SAID,
            turns=tuple(sorted(self.turns, key=lambda turn: turn.role.value)),
            device=self.device,
            person=self.person,
            label=self.label,
            raw=self.raw,
            shelf=shelf,
        )


def _fold(told: dict[str, _Told], heard: Heard, device: Device | None, identity: str | None = None) -> None:
    known = told.setdefault(
        identity or heard.identity, _Told(heard.at, device, {}, heard.label, heard.person, heard.raw)
    )
    known.turns.update(dict.fromkeys(heard.turns))
    known.person = known.person or heard.person


def _row(number: int, entity: object, state: object, updated_ts: object) -> Row:
    return Row(number, clean(entity), state, _ms(updated_ts))


def _ms(seconds: object) -> int:
    """Of a time that is none: the beginning of 1970."""
    if not isinstance(seconds, int | float) or not 0 <= seconds < 4_102_444_800:
        return 0
    return round(seconds * 1000)
