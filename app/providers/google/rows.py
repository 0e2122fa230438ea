"""One row of Google's activity, the same from JSON and from HTML, before anybody decided what it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from app.model import Moment

_UNPRINTABLE = re.compile("[\ud800-\udfff\x00]")
_QUERY = re.compile(r"[?&]q=([^&#]*)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stood in the file.

    *product* is the name that the row bears, *query* what its link searched for. *responses* are the assistant's
    words, *notes* the vendor's remarks (attachments), *too_deep* whether a part of it was nested too deeply to read.
    """

    number: int
    product: str
    title: str = field(repr=False)
    query: str = field(repr=False)
    at: Moment | None
    responses: tuple[str, ...] = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    sounds: tuple[str, ...]
    raw: bytes = field(repr=False)
    too_deep: bool = False


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in a file that could not be read; *row* is None where the rest of the file is lost."""

    row: int | None
    code: str
    message: str


Family = Callable[[str], str | None]
"""The assistant's product that a row's product name means in this file."""


def clean(text: str) -> str:
    """*text* without what no text may hold (halves of surrogate pairs, NUL)."""
    return _UNPRINTABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """*text* in NFC with single ordinary spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def query_of(url: str) -> str:
    """The words that a link searched for; "" if it is no search."""
    match = _QUERY.search(url)
    if match is None or "/url?" in url:  # a link out of Google carries an address there, no words
        return ""
    return one_line(clean(unquote_plus(match[1])))
