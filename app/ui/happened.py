"""The log in a parent's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.model import Decision, Happened, LogEntry
from app.ui import words

_KEYS = {"passphrase": "the passphrase", "keychain": "this computer's keychain", "recovery": "the recovery code"}
_BY = {"window": "in the window", "terminal": "at the terminal"}
_LOCK = {
    "passphrase": "The passphrase was changed",
    "no passphrase": "The passphrase was taken away: the keychain alone opens the library",
    "recovery code": "A new recovery code was made; the older one opens nothing any more",
}
_MARKED = {
    Decision.KEEP.value: "marked keep",
    Decision.DELETE.value: "marked delete",
    Decision.KEEPSAKE.value: "marked as keepsakes",
    "undecided": "set back to undecided",
}

Details = Mapping[str, int | str]


def told(entry: LogEntry) -> str:
    """What happened, in one line without its time."""
    return _TOLD[entry.what](entry.details)


def _opened(details: Details) -> str:
    parts = [f"Opened with {_KEYS.get(str(details.get('how')), 'its key')}", _BY.get(str(details.get("by")), "")]
    if account := details.get("account"):
        parts.append(f"by account {account}")
    return ", ".join(part for part in parts if part)


def _lock_changed(details: Details) -> str:
    return _LOCK.get(str(details.get("what")), "The lock was changed")


def _brought_in(details: Details) -> str:
    new = words.number(_number(details, "new"))
    return f"Brought in: {words.count(_number(details, 'interactions'), 'record')}, {new} of them new"


def _played(details: Details) -> str:
    return f"Recording {_number(details, 'interaction')} played"


def _exported(details: Details) -> str:
    if details.get("what") == "keepsakes":
        return f"{words.count(_number(details, 'count'), 'keepsake')} saved as files"
    return "The report was saved as a file"


def _decided(details: Details) -> str:
    return f"{_recordings(details, 'count')} {_MARKED.get(str(details.get('decision')), 'decided')}"


def _undone(details: Details) -> str:
    return f"Undone: the decision on {_recordings(details, 'count')}"


def _redone(details: Details) -> str:
    return f"Redone: the decision on {_recordings(details, 'count')}"


def _planned(details: Details) -> str:
    return f"Plan {_number(details, 'plan')} made for {_recordings(details, 'items')}"


def _asked(details: Details) -> str:
    return f"Plan {_number(details, 'plan')}: {_recordings(details, 'items')} asked for"


def _looked(details: Details) -> str:
    return f"Plan {_number(details, 'plan')}: looked at a later archive"


def _copy_kept(details: Details) -> str:
    until_ms = _number(details, "until_ms")
    how_long = f"destroys itself on {words.day(until_ms)}" if until_ms else "stays"
    return f"Plan {_number(details, 'plan')}: the copy here {how_long}"


def _erased(details: Details) -> str:
    sounds = _number(details, "sounds")
    along = f" and {words.count(sounds, 'sound')}" if sounds else ""
    return f"{_recordings(details, 'interactions')}{along} destroyed here"


def _recordings(details: Details, name: str) -> str:
    return words.count(_number(details, name), "recording")


def _number(details: Details, name: str) -> int:
    value = details.get(name, 0)
    return value if isinstance(value, int) else 0


_TOLD: Mapping[Happened, Callable[[Details], str]] = {
    Happened.OPENED: _opened,
    Happened.LOCK_CHANGED: _lock_changed,
    Happened.BROUGHT_IN: _brought_in,
    Happened.PLAYED: _played,
    Happened.EXPORTED: _exported,
    Happened.DECIDED: _decided,
    Happened.UNDONE: _undone,
    Happened.REDONE: _redone,
    Happened.PLANNED: _planned,
    Happened.ASKED: _asked,
    Happened.LOOKED: _looked,
    Happened.COPY_KEPT: _copy_kept,
    Happened.ERASED: _erased,
}
