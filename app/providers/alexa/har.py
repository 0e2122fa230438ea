"""The pages of the voice history inside a browser's network log; nothing else of the log leaves this module."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from app.model import Certainty, Entry, Moment
from app.providers.alexa.chains import EVER, Window
from app.providers.alexa.looking import HEAD, look
from app.providers.alexa.moments import iso, milliseconds
from app.providers.alexa.texts import clean, text_of

ENTRIES = ("log", "entries")
_CHUNK = 1 << 20
_LARGEST_PAGE = 64 << 20
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_LIST = "HistoryRecords"
_MARKS = (
    b"/alexa-privacy/apd/",
    b"/api/activities",
    b"conversationTurns",
    _LIST.encode(),
    # The same word inside base64, at each of the three places where it can begin.
    *(base64.b64encode(b" " * shift + _LIST.encode())[4:16] for shift in range(3)),
)
_LONGEST_MARK = max(map(len, _MARKS))
_LISTS = ("customer-history-records", "alexa-history-records", "/api/activities")
_NARROWING = ("device", "person", "filter")


@dataclass(frozen=True, slots=True)
class Question:
    """What a page's address asked for, and when it was loaded."""

    window: Window | None = None
    narrowed: bool = False
    conversation: str = ""
    account: str = ""
    made: Moment | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of the voice history: its body (None where the page could not be loaded), and the list it is of."""

    question: Question
    body: bytes | None = field(repr=False)
    surface: str = ""


def holds_history(entry: Entry) -> bool:
    """Whether a network log has anything of the voice history in it."""
    tail = b""
    with entry.open() as stream:
        while chunk := stream.read(_CHUNK):
            piece = tail + chunk
            if any(mark in piece for mark in _MARKS):
                return True
            tail = chunk[-_LONGEST_MARK:]
    return False


def answer(entry: object) -> Answer | None:
    """The page of the voice history that an entry of the log is, None if it is something else."""
    request, response = _part(entry, "request"), _part(entry, "response")
    address = _address(text_of(request.get("url")))
    body = _body(_part(response, "content"))
    found = look(body[:HEAD]) if body else None
    question = _question(address, clean(text_of(_mapping(entry).get("startedDateTime"))))
    if found and not found.har:
        return Answer(question, body, found.surface)
    return Answer(question, None) if any(part in address.path for part in _LISTS) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _part(value: object, name: str) -> Mapping[str, Any]:
    return _mapping(_mapping(value).get(name))


def _address(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _body(content: Mapping[str, Any]) -> bytes | None:
    """The bytes of a response, None if the log does not hold them or they are damaged."""
    text = content.get("text")
    if not isinstance(text, str) or not text:
        return None
    if content.get("encoding") != "base64":
        return (text if text.isascii() else clean(text)).encode()
    try:
        data = base64.b64decode(text)
        if not data.startswith(_GZIP):
            return data
        unzip = zlib.decompressobj(_GZIP_WINDOW)
        plain = unzip.decompress(data, _LARGEST_PAGE)
        return None if unzip.unconsumed_tail else plain
    except (ValueError, zlib.error):
        return None


def _question(address: SplitResult, started: str) -> Question:
    try:
        asked = {name: clean(values[0]) for name, values in parse_qs(address.query).items()}
    except ValueError:
        asked = {}
    ms = iso(started)
    zoned = started.rstrip().endswith("Z") or "+" in started or started.count("-") > 2
    return Question(
        window=_window(asked.get("startTime"), asked.get("endTime")),
        narrowed=any(name.startswith(_NARROWING) for name in asked),
        conversation=asked.get("conversationId", ""),
        account=asked.get("customerId", ""),
        made=Moment(ms, started, Certainty.EXACT if zoned else Certainty.ASSUMED) if ms is not None else None,
    )


def _window(start: str | None, end: str | None) -> Window | None:
    if start is None and end is None:
        return None
    since = milliseconds(start) or EVER[0]
    until = milliseconds(end) or EVER[1]
    return (since, min(until, EVER[1])) if since <= until else None
