"""What a file is, by its first bytes."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

from app.audio import is_sound
from app.model import Sort

HEAD = 64 << 10
_SOUND_ENDINGS = frozenset(
    {"wav", "mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "webm", "amr", "3gp", "mp4", "wma", "caf", "aif", "aiff"}
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_JSON = re.compile(r'\{\s*(?:["}]|$)|\[\s*(?:[\[\]{"\-\dtfn]|$)')
_HTML = re.compile(r"<(?:!--|(?:!doctype\s+html|html|head|body|meta|title|style|script|div|table|p)\b)", re.I)
_UNTYPED = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SEPARATORS = ",;\t"
_LINES = 5


def has_sound_ending(path: str) -> bool:
    return path.rpartition(".")[2].casefold() in _SOUND_ENDINGS


def sort_of(path: str, size: int, head: Callable[[], bytes], *, trust_ending: bool) -> Sort:
    """What the file is. *trust_ending*: a sound's ending is believed without a look at the file.

    A file with a sound's ending that is empty or nothing else that we know stays a sound: a damaged one.
    """
    sounding = has_sound_ending(path)
    if sounding and (trust_ending or not size):
        return Sort.SOUND
    found = sniff(head()) if size else Sort.EMPTY
    return Sort.SOUND if sounding and found in (Sort.OTHER, Sort.EMPTY) else found


def sniff(head: bytes) -> Sort:
    """What a file with these first bytes is."""
    if not head:
        return Sort.EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Sort.ZIP
    if head.startswith(b"SQLite format 3\0"):
        return Sort.SQLITE
    # The mark of UTF-16 would also pass for the first bytes of an MPEG frame.
    if not head.startswith(_UTF16) and is_sound(head):
        return Sort.SOUND
    return _sort_of_text(_text(head).lstrip())


def _text(head: bytes) -> str:
    encoding = "utf-16" if head.startswith(_UTF16) else "utf-8-sig"
    return head.decode(encoding, errors="ignore")


def _sort_of_text(text: str) -> Sort:
    if _UNTYPED.search(text):
        return Sort.OTHER
    if _JSON.match(text):
        return Sort.JSON
    if _HTML.match(text):
        return Sort.HTML
    return Sort.CSV if _is_table(text) else Sort.OTHER


def _is_table(text: str) -> bool:
    whole = text if len(text) < HEAD // 4 else text.rpartition("\n")[0]
    lines = [line for line in whole.splitlines() if line.strip()][:_LINES]
    return bool(lines) and any(_columns_agree(lines, separator) for separator in _SEPARATORS)


def _columns_agree(lines: list[str], separator: str) -> bool:
    try:
        widths = {len(row) for row in csv.reader(lines, delimiter=separator, strict=True)}
    except csv.Error:
        return False
    return len(widths) == 1 and widths.pop() > 1
