"""The rows of a `MyActivity.html`, read a cell at a time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote

from app.model import Moment, Problem
from app.providers.google import dates
from app.providers.google.html_text import Line, lines_of, parsed
from app.providers.google.products import GEMINI
from app.providers.google.rows import Damage, Family, Row, clean, query_of

MARK = b'<div class="outer-cell'
LARGEST_CELL = 4 << 20
_CHUNK = 1 << 20
_SOUND = re.compile(
    r"""(?:src|href)\s*=\s*["']?([^"'\s>?#]+\.(?:mp3|m4a|mp4a|aac|ogg|oga|opus|wav|flac|amr|3gp))["'\s>]""",
    re.IGNORECASE,
)
_ATTACHMENT = re.compile(r"[-\u2022]\s*")


def html_rows(stream: BinaryIO, family: Family) -> Iterator[Row | Damage]:
    """Every cell of *stream*; the last one is a `Damage` without a row if the file could not be read to its end."""
    number = 0
    whole = True
    try:
        for cell, whole in _cells(stream):
            if cell == b"":
                break
            number += 1
            if cell is None:
                yield Damage(number, "damaged-row", "This row is too large to be read.")
            elif not whole and cell.count(b"<div") > cell.count(b"</div"):
                yield Damage(number, "damaged-row", "The file ends in the middle of this row.")
            else:
                yield _row(number, cell, family)
    except Problem:
        whole = False
    if not whole:
        yield Damage(None, "damaged-file", f"The file ends too early, after row {number}.")


def _cells(stream: BinaryIO) -> Iterator[tuple[bytes | None, bool]]:
    """Each cell (None if it is too large; empty for a page that has none), and whether the page goes on, or ends as it
    should, after it."""
    held = b""
    looked = 0
    is_page = inside = too_large = False
    while chunk := stream.read(_CHUNK):
        held += chunk
        start = 0
        while (end := held.find(MARK, looked)) >= 0:
            if inside:
                yield (None if too_large or end - start > LARGEST_CELL else held[start:end]), True
            else:
                is_page = is_page or b"<html" in held[:end].lower()
            start, looked = end, end + len(MARK)
            inside, too_large = True, False
        is_page = is_page or (not inside and b"<html" in held.lower())
        held = held[start:]
        too_large = too_large or len(held) > LARGEST_CELL
        if too_large or not inside:
            held = held[-1024:]
        looked = max(len(MARK) if inside and not too_large else 0, len(held) - len(MARK) + 1)
    ends_well = not is_page or b"</html" in held[-1024:].lower()
    yield (b"" if not inside else None if too_large else held), ends_well


def _row(number: int, cell: bytes, family: Family) -> Row | Damage:
    text = clean(cell.decode("utf-8", "replace"))
    root, cut = parsed(text)
    header = body = None
    for element in root.iter("p", "div") if root is not None else ():
        classes = element.get("class") or ""
        if element.tag == "p" and header is None and "title" in classes:
            header = element
        elif "content-cell" in classes and "body-1" in classes and "text-right" not in classes:
            body = element
            break
    if body is None:
        return Damage(number, "damaged-row", "This row is not built like a record.")
    product = " ".join("".join(header.itertext()).split()) if header is not None else ""
    lines = lines_of(body)
    is_gemini = family(product) == GEMINI
    place = _date_line(lines, first=is_gemini)
    at = dates.parse(lines[place].text) if place is not None else None
    before = lines if place is None else lines[:place]
    after = [] if place is None else lines[place + 1 :]
    parts = _of_gemini(before, after) if is_gemini else _of_assistant(before, after)
    return _filled(number, product, at, parts, _sounds(text), cell, cut)


Parts = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Title, its link, responses, notes."""


def _filled(
    number: int, product: str, at: Moment | None, parts: Parts, sounds: tuple[str, ...], cell: bytes, cut: bool
) -> Row:
    title, link, responses, notes = parts
    return Row(number, product, title, query_of(link), at, responses, notes, sounds, cell, cut)


def _date_line(lines: list[Line], *, first: bool) -> int | None:
    """Where the time stands: the last line at the Assistant, before the answer at Gemini."""
    places = range(len(lines)) if first else range(len(lines) - 1, -1, -1)
    direct = (place for place in places if lines[place].direct and not lines[place].link)
    return next((place for place in direct if dates.parse(lines[place].text)), None)


def _of_assistant(before: list[Line], after: list[Line]) -> Parts:
    if not before:
        return "", "", (), ()
    answers = tuple(line.text for line in (*before[1:], *after) if not line.linked)
    return before[0].text, before[0].link, answers, ()


def _of_gemini(before: list[Line], after: list[Line]) -> Parts:
    """A prompt may have many lines, and what was attached to it follows as links."""
    prompt, notes = list(before), []
    while len(prompt) > 1 and prompt[-1].link and (prompt[-1].linked or _ATTACHMENT.match(prompt[-1].text)):
        notes.append(prompt.pop())
    if notes and len(prompt) > 1:  # "Attached 2 files."
        notes.append(prompt.pop())
    answer = "\n".join(line.text for line in after)
    title = "\n".join(line.text for line in prompt)
    link = prompt[0].link if prompt else ""
    return title, link, (answer,) if answer else (), tuple(line.text for line in reversed(notes))


def _sounds(cell: str) -> tuple[str, ...]:
    names = (unquote(html.unescape(name)) for name in _SOUND.findall(cell))
    return tuple(dict.fromkeys(name for name in names if "://" not in name))
