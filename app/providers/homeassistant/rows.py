"""The rows of a removal: which go, which lose some of their words, and that no other is touched."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from app.providers.homeassistant.database import Foreign
from app.providers.homeassistant.recorder import CalledEvent, Carrier, Row, called_events, carriers
from app.providers.homeassistant.words import without

_FNV_START, _FNV_PRIME = 0x811C9DC5, 0x01000193


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows each table holds."""

    states: int
    attributes: int
    events: int
    data: int

    def less(self, done: Done) -> Counted:
        return Counted(
            self.states - done.states,
            self.attributes - done.attributes,
            self.events - done.events,
            self.data - done.data,
        )


@dataclass(slots=True)
class Done:
    """How many rows went (of attributes: less those that came), and how many things said they told of."""

    items: int = 0
    states: int = 0
    attributes: int = 0
    events: int = 0
    data: int = 0


def counted(db: Foreign) -> Counted:
    tables = db.tables()
    names = ("states", "state_attributes", "events", "event_data")
    return Counted(*(db.rows(f"SELECT count(*) FROM {name}")[0][0] if name in tables else 0 for name in names))


def remove_rows(db: Foreign, identities: Collection[str]) -> Done:
    """Take out the states that tell of nothing but *identities*, and out of the others the words of these alone; the
    texts that no state has any more; and the events that told the same."""
    done, found, wanted = Done(), set[str](), frozenset(identities)
    for carrier in [carrier for carrier in carriers(db, _unreadable) if _goes(carrier, wanted)]:
        for row in carrier.rows:
            told = {heard.identity for heard in carrier.heard(row)}
            gone = told & wanted
            found |= gone
            if told and gone == told:
                _remove_state(db, row, done)
            elif gone:
                _strip(db, carrier, row, gone, done)
        _remove_unused(db, carrier, done)
    moments = {identity.rpartition("@")[2] for identity in identities}
    for event in list(called_events(db, _unreadable)):
        found |= _remove_event(db, event, moments, wanted, done)
    done.items = len(found)
    return done


def _goes(carrier: Carrier, wanted: frozenset[str]) -> bool:
    """Whether *carrier* tells of something that goes, or was left over by Home Assistant."""
    return not carrier.rows or any(heard.identity in wanted for row in carrier.rows for heard in carrier.heard(row))


def _unreadable(number: int) -> None:
    """A row that cannot be read is none of those that were asked for."""


def _remove_state(db: Foreign, row: Row, done: Done) -> None:
    db.rows("UPDATE states SET old_state_id = NULL WHERE old_state_id = ?", (row.number,))
    db.rows("DELETE FROM states WHERE state_id = ?", (row.number,))
    done.states += 1


def _strip(db: Foreign, carrier: Carrier, row: Row, gone: Collection[str], done: Done) -> None:
    """Give *row* attributes without the words of what is *gone*."""
    left = without(row.entity, row.updated_ms, carrier.attributes, gone)
    text = json.dumps(left, ensure_ascii=False, separators=(",", ":"))
    hashed = _hash(text.encode("utf-8", "replace"))
    same = db.rows("SELECT attributes_id FROM state_attributes WHERE hash = ? AND shared_attrs = ?", (hashed, text))
    if not same:
        db.rows("INSERT INTO state_attributes (hash, shared_attrs) VALUES (?, ?)", (hashed, text))
        same = db.rows("SELECT last_insert_rowid()")
        done.attributes -= 1
    db.rows("UPDATE states SET attributes_id = ? WHERE state_id = ?", (same[0][0], row.number))


def _remove_unused(db: Foreign, carrier: Carrier, done: Done) -> None:
    if not db.rows("SELECT 1 FROM states WHERE attributes_id = ? LIMIT 1", (carrier.number,)):
        db.rows("DELETE FROM state_attributes WHERE attributes_id = ?", (carrier.number,))
        done.attributes += 1


def _remove_event(
    db: Foreign, event: CalledEvent, moments: Collection[str], identities: Collection[str], done: Done
) -> set[str]:
    """Remove *event* if it told of something that goes; what it told of."""
    if not any(str(heard.at.ms) in moments for heard in event.heard):
        return set()
    db.rows("DELETE FROM events WHERE event_id = ?", (event.number,))
    done.events += 1
    if not db.rows("SELECT 1 FROM events WHERE data_id = ? LIMIT 1", (event.data,)):
        db.rows("DELETE FROM event_data WHERE data_id = ?", (event.data,))
        done.data += 1
    return {heard.identity for heard in event.heard if heard.identity in identities}


def _hash(data: bytes) -> int:
    """Home Assistant's own hash of attributes (FNV-1a), by which it finds a text again."""
    found = _FNV_START
    for byte in data:
        found = (found ^ byte) * _FNV_PRIME & 0xFFFFFFFF
    return found
