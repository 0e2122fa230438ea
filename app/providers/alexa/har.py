"""The pages of the voice history inside a browser's network log; nothing else of the log leaves this module."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from app.model import Certainty, Entry, Moment
from app.providers.alexa.chains import EVER, Window
from app.providers.alexa.looking import ACTIVITIES, HEAD, RAH, RVH, look
from app.providers.alexa.moments import iso, milliseconds
from app.providers.alexa.texts import clean, parsed, text_of
from app.providers.json_stream import LONGEST_ELEMENT

ENTRIES = ("log", "entries")
_CHUNK = 1 << 20
_LARGEST_PAGE = LONGEST_ELEMENT
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_ENDINGS = (
    "com|co.uk|de|fr|it|es|nl|pl|se|ie|ca|in|ae|sa|sg|eg|cn|co.jp|co.za|com.au|com.be|com.br|com.mx|com.tr".replace(
        ".", r"\."
    )
)
_HOST = re.compile(rf"(?:[a-z0-9-]+\.)*amazon\.(?:{_ENDINGS})")
_PATH = re.compile(r"(?:/-/\w+)?/alexa-privacy/apd/.*(?:history-records|customer-conversation-detail)|/api/activities")
_MARK = re.compile(rb"amazon\.[a-z.]{2,6}(?::\d+)?(?:\\?/-\\?/\w{2,5})?\\?/(?:alexa-privacy|api\\?/activities)")
_LONGEST_MARK = 200
_LISTS = {"customer-history-records": RVH, "alexa-history-records": RAH, "/api/activities": ACTIVITIES}
_NARROWING = ("device", "person", "filter")
_ASKING = ("startTime", "endTime", "startDate", "endDate", "offset", "size", "conversationId", *_NARROWING)
_TOKENS = ("previousRequestToken", "paginationToken", "encodedRequestToken", "nextRequestToken", "nextPageToken")
_LOADING = ("GET", "POST")
_FAILED = 400


@dataclass(frozen=True, slots=True)
class Question:
    """What a page was asked for, and when it was loaded. *previous* is the token that asked for it: "" for the first
    page of a list, None where that is not known. *same* is equal where the same thing was asked for again."""

    window: Window | None = None
    narrowed: bool = False
    conversation: str = ""
    account: str = ""
    made: Moment | None = None
    previous: str | None = field(default=None, repr=False)
    same: tuple[object, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of the voice history: its body (None where it could not be loaded), and the list it is of."""

    question: Question
    body: bytes | None = field(repr=False)
    surface: str = ""


def holds_history(entry: Entry) -> bool:
    """Whether a network log has an address of the voice history in it."""
    tail = b""
    with entry.open() as stream:
        while chunk := stream.read(_CHUNK):
            if _MARK.search(tail + chunk):
                return True
            tail = chunk[-_LONGEST_MARK:]
    return False


def answer(entry: object) -> Answer | None:
    """The page of the voice history that an entry of the log is, None if it is something else: of another host, or
    only the question whether a page may be asked for."""
    request, response = _part(entry, "request"), _part(entry, "response")
    address = _address(text_of(request.get("url")))
    if address is None or request.get("method", "GET") not in _LOADING:
        return None
    status = response.get("status")
    good = not isinstance(status, int) or 0 < status < _FAILED
    body = _body(_part(response, "content")) if good else None
    found = look(body[:HEAD]) if body else None
    question = _question(address, request, clean(text_of(_mapping(entry).get("startedDateTime"))))
    if found and not found.har:
        return Answer(question, body, found.surface)
    surface = next((surface for part, surface in _LISTS.items() if part in address.path), "")
    return Answer(question, None, surface) if surface else None


def asks_for_history(opening: str) -> bool:
    """Whether an entry of the log that begins with *opening* may be a page of the voice history."""
    return _MARK.search(opening.encode()) is not None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _part(value: object, name: str) -> Mapping[str, Any]:
    return _mapping(_mapping(value).get(name))


def _address(url: str) -> SplitResult | None:
    """An address of the voice history at Amazon itself, None if *url* is another one."""
    try:
        address = urlsplit(url)
        host = address.hostname or ""
    except ValueError:
        return None
    return address if _HOST.fullmatch(host) and _PATH.match(address.path) else None


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


def _question(address: SplitResult, request: Mapping[str, Any], started: str) -> Question:
    try:
        asked = {name: clean(values[0]) for name, values in parse_qs(address.query).items() if values[0] != "null"}
    except ValueError:
        asked = {}
    sent = _sent(request, asked)
    previous = _previous(sent)
    ms = iso(started)
    zoned = started.rstrip().endswith("Z") or "+" in started or started.count("-") > 2
    asking = sorted((name, value) for name, value in asked.items() if name.startswith(_ASKING))
    return Question(
        # Without its request a page may be any of its list; then the list speaks only for what it shows.
        window=_window(asked.get("startTime"), asked.get("endTime")) if previous is not None else None,
        narrowed=any(name.startswith(_NARROWING) for name in (*asked, *(sent or ()))),
        conversation=asked.get("conversationId", ""),
        account=asked.get("customerId", ""),
        made=Moment(ms, started, Certainty.EXACT if zoned else Certainty.ASSUMED) if ms is not None else None,
        previous=previous,
        same=(address.path.rstrip("/"), *asking, previous),
    )


def _sent(request: Mapping[str, Any], asked: Mapping[str, object]) -> Mapping[str, object] | None:
    """What was sent to ask for a page: its address if that is all there was, None if the log does not hold it."""
    if request.get("method") != "POST":
        return asked
    posted = parsed(text_of(_part(request, "postData").get("text")))
    return {**posted, **asked} if isinstance(posted, dict) else None


def _previous(sent: Mapping[str, object] | None) -> str | None:
    if sent is None:
        return None
    token = next((str(token) for name in _TOKENS if (token := sent.get(name))), "")
    return token.replace(" ", "+")  # as an address writes it


def _window(start: str | None, end: str | None) -> Window | None:
    if start is None and end is None:
        return None
    since = milliseconds(start) or EVER[0]
    until = milliseconds(end) or EVER[1]
    return (since, min(until, EVER[1])) if since <= until else None
