"""What Home Assistant's copies of Alexa's history say: the attributes of a state, and what an event told."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.model import Moment, Person, Role, Turn

MARKS = ('"voice_command"', '"voice_reply"', '"last_called_summary"', '"last_called_response"', '"history_records"')
"""What stands in every text of attributes that may hold words."""
_CALLED = ("last_called_summary", "last_called_response", "last_called_timestamp")
_LONGEST = 256 << 10
_MOST_RECORDS = 10_000
_FIRST_MS, _LAST_MS = 946_684_800_000, 4_102_444_800_000
_MILLISECONDS_FROM = 100_000_000_000
_WHOLE = re.compile(r"\d{1,15}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing said, as one row tells of it. *identity* is the same in every row that does."""

    identity: str
    at: Moment
    turns: tuple[Turn, ...] = field(repr=False)
    label: str = ""
    person: Person | None = field(default=None, repr=False)
    raw: bytes = field(default=b"", repr=False)


def parsed(text: object) -> dict[str, Any] | None:
    """The attributes in *text*, None if it holds none."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def heard_in(entity: str, state: object, updated_ms: int, attributes: Mapping[str, Any]) -> Iterator[Heard]:
    """What the row of *entity* that was written at *updated_ms* tells of.

    Where a row holds the time at which it was said, that counts and not its own: with every start, and with every
    change of the volume, Home Assistant writes the same words down once more.
    """
    if "voice_command" in attributes or "voice_reply" in attributes:
        yield from _voice_event(entity, state, updated_ms, attributes)
    summary, response, said_at = (attributes.get(name) for name in _CALLED)
    yield from _called(entity, summary, response, said_at, updated_ms)
    for one in _records(attributes):
        yield from _called(entity, one.get("summary"), one.get("response"), one.get("timestamp"), updated_ms)


def without(entity: str, updated_ms: int, attributes: Mapping[str, Any], gone: Collection[str]) -> dict[str, Any]:
    """*attributes* of a media player without what is *gone*; everything else stays as it is."""
    left = dict(attributes)
    if _identity(entity, left.get("last_called_timestamp"), updated_ms) in gone:
        for name in _CALLED:
            left.pop(name, None)
    if isinstance(left.get("history_records"), list):
        left["history_records"] = [
            one
            for one in left["history_records"]
            if not isinstance(one, dict) or _identity(entity, one.get("timestamp"), updated_ms) not in gone
        ]
    return left


def device_name(attributes: Mapping[str, Any]) -> str:
    return clean(attributes.get("friendly_name"))


def moment_of(value: object) -> Moment | None:
    """A time as the integrations write it: milliseconds or seconds since 1970, or ISO with its offset."""
    try:
        ms = _ms(value)
    except (ValueError, OverflowError):
        return None
    return Moment(round(ms), clean(str(value))) if _FIRST_MS <= ms < _LAST_MS else None


def clean(value: object) -> str:
    """*value* as a text that can be kept; nothing where it is none."""
    if not isinstance(value, str):
        return ""
    return value[:_LONGEST].replace("\0", "").encode("utf-8", "replace").decode()


def _ms(value: object) -> float:
    """Raises `ValueError` or `OverflowError` where it is no time."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        said = datetime.fromisoformat(value)
        if said.tzinfo is None:
            raise ValueError("an hour of no zone")
        return said.timestamp() * 1000
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise ValueError("no time")
    number = float(value)
    return number if number >= _MILLISECONDS_FROM else number * 1000


def _voice_event(entity: str, state: object, updated_ms: int, attributes: Mapping[str, Any]) -> Iterator[Heard]:
    turns = _turns(attributes.get("voice_command"), attributes.get("voice_reply"))
    if not turns:
        return
    first_name = clean(attributes.get("person_first_name"))
    at = moment_of(state) or Moment(updated_ms)
    yield Heard(
        _identity(entity, state, updated_ms),
        at,
        turns,
        clean(attributes.get("intent")),
        Person(first_name, first_name, clean(attributes.get("person_type"))) if first_name else None,
        _raw(attributes),
    )


def _called(entity: str, summary: object, response: object, said_at: object, updated_ms: int) -> Iterator[Heard]:
    turns = _turns(summary, response)
    if turns:
        at = moment_of(said_at) or Moment(updated_ms)
        raw = _raw({"summary": summary, "response": response, "timestamp": said_at})
        yield Heard(_identity(entity, said_at, updated_ms), at, turns, raw=raw)


def _records(attributes: Mapping[str, Any]) -> list[dict[str, Any]]:
    records = attributes.get("history_records")
    return [one for one in records[:_MOST_RECORDS] if isinstance(one, dict)] if isinstance(records, list) else []


def _identity(entity: str, said_at: object, updated_ms: int) -> str:
    at = moment_of(said_at)
    return f"{entity}@{updated_ms if at is None else at.ms}"


def _turns(request: object, response: object) -> tuple[Turn, ...]:
    said = ((Role.REQUEST, clean(request)), (Role.RESPONSE, clean(response)))
    return tuple(Turn(role, text) for role, text in said if text.strip())


def _raw(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()
