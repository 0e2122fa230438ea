"""What a file or a response is, by how its content begins."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from app.providers.alexa.records import account_of, is_record
from app.providers.json_stream import Damaged, elements

HEAD = 64 << 10
RVH, RAH, ACTIVITIES, DETAILS = "customerHistoryRecords", "alexaHistoryRecords", "activities", "conversationTurns"
_NAMES = tuple(f'"{name}"' for name in (RVH, RAH, ACTIVITIES, DETAILS))
_HAR = re.compile(r'\s*\{\s*"log"\s*:\s*\{')
_SURFACE = re.compile(rf'"({RVH}|{RAH}|{DETAILS})"\s*:')
_EMPTY_ACTIVITIES = re.compile(r'"activities"\s*:\s*(?:\[\s*\]|null)')
_DATES = re.compile(r'"(?:startDate|endDate)"\s*:')
_KEY = re.compile(r'"(?:recordKey|activityKey)"\s*:\s*"[^"#]+#\d+#')
_FIRST_FEW = 20


@dataclass(frozen=True, slots=True)
class Look:
    """*har*: it is a browser's network log. Else it holds records: of *surface*, the name of their list ("" without a
    known one around them); *account* is that of the first record ("" if it names none)."""

    har: bool
    surface: str = ""
    account: str = ""


def alone(opening: str) -> bool:
    """Whether an object is a record of its own, not a page with a list of them."""
    return not any(name in opening for name in _NAMES)


def look(head: bytes) -> Look | None:
    """What a file is that begins with *head*, None if it holds nothing of Alexa's voice history."""
    text = _text(head)
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return None
    if _HAR.match(text):
        return Look(har=True)
    named = _SURFACE.search(text)
    surface = named[1] if named else ""
    for keys, value in _beginning(head):
        row = record_in(value)
        if row is not None:
            if not surface and (keys[-1:] == (ACTIVITIES,) or ACTIVITIES in value):
                surface = ACTIVITIES
            return Look(False, surface, account_of(row))
    if surface or _KEY.search(text):
        return Look(False, surface)
    if _EMPTY_ACTIVITIES.search(text) and _DATES.search(text):
        return Look(False, ACTIVITIES)
    return None


def record_in(value: object) -> dict[str, Any] | None:
    """*value* itself if it is a record, or the first record of a list in it."""
    if not isinstance(value, dict):
        return None
    if is_record(value):
        return value
    lists = (inner for inner in value.values() if isinstance(inner, list))
    rows = (row for inner in lists for row in inner[:_FIRST_FEW])
    return next((row for row in rows if isinstance(row, dict) and is_record(row)), None)


def _text(head: bytes) -> str:
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head.decode("utf-16" if wide else "utf-8-sig", "ignore")


def _beginning(head: bytes) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The first few values of a file that may be cut off anywhere."""
    try:
        for count, (keys, value, _) in enumerate(elements(BytesIO(head), alone)):
            yield keys, value
            if count == _FIRST_FEW:
                return
    except Damaged:
        return
