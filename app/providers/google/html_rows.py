"""The rows of a `MyActivity.html`, read a cell at a time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from app.model import Moment, Problem
from app.providers.google import dates
from app.providers.google.html_text import Line, is_too_much, lines_of, parsed
from app.providers.google.products import GEMINI
from app.providers.google.rows import Damage, Family, Row, query_of

MARK = b'<div class="outer-cell'
LARGEST_CELL = 4 << 20
_CHUNK = 1 << 20
_CONTENT = b'<div class="content-cell'
_TITLE = re.compile(rb'<p class="(?=[^"]{0,200}?title)[^"]{0,200}">(.{0,400}?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ENDINGS = r"\.(?:mp3|m4a|mp4a|aac|ogg|oga|opus|wav|flac|amr|3gp)"
_SOUND_ENDING = re.compile(_ENDINGS.encode(), re.IGNORECASE)
_SOUND = re.compile(rf"""\s(?:src|href)\s*=\s*["']?([^"'\s>?#]{{1,300}}?{_ENDINGS})["'\s>]""", re.IGNORECASE)
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
            if cell is None or is_too_much(cell):
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
    ends_well = b"</html" in held[-1024:].lower() if is_page or not inside else True
    yield (b"" if not inside else None if too_large else held), ends_well


def products_in(page: bytes) -> list[str]:
    """The products that the cells of *page* bear as their titles."""
    return [_product(title) for title in _TITLE.findall(page)]


@lru_cache(maxsize=256)
def _product(title: bytes) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", title.decode("utf-8", "replace"))).split())


def _row(number: int, cell: bytes, family: Family) -> Row | Damage:
    data = _valid(cell)
    root, cut = parsed(_text_of(data))
    body = next(filter(_is_text, root.iter("div")), None) if root is not None else None
    if body is None:
        return Damage(number, "damaged-row", "This row is not built like a record.")
    title = _TITLE.search(data)
    product = _product(title[1]) if title else ""
    lines = lines_of(body)
    is_gemini = family(product) == GEMINI
    place, at = _date_line(lines, first=is_gemini)
    before, after = lines[:place], lines[place + 1 :]
    words, link, answers, notes = (_of_gemini if is_gemini else _of_assistant)(before, after)
    return Row(number, product, words, query_of(link), at, answers, notes, sounds_in(data), cell, cut)


def _is_text(element: etree._Element) -> bool:
    classes = element.get("class") or ""
    return "content-cell" in classes and "body-1" in classes and "text-right" not in classes


def _text_of(cell: bytes) -> bytes:
    """The part of *cell* that holds its text, if it is built as always (text, pictures and sounds, caption): parsing
    the rest would only cost time."""
    if cell.count(_CONTENT) != 3:
        return cell
    start = cell.find(_CONTENT)
    is_as_always = b"text-right" not in cell[start : cell.find(b">", start)]
    return cell[start : cell.find(_CONTENT, start + 1)] if is_as_always else cell


Parts = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Title, its link, responses, notes."""


def _date_line(lines: list[Line], *, first: bool) -> tuple[int, Moment | None]:
    """Where the time stands, and what it is: the last line at the Assistant, before the answer at Gemini."""
    for place in range(len(lines)) if first else range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.direct and not line.link and (moment := dates.parse(line.text)):
            return place, moment
    return len(lines), None


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


def _valid(cell: bytes) -> bytes:
    """*cell* as UTF-8 that holds only what a text may hold."""
    try:
        cell.decode()
    except UnicodeDecodeError:
        cell = cell.decode("utf-8", "replace").encode()
    return cell.replace(b"\0", "\ufffd".encode())


def sounds_in(cell: bytes) -> tuple[str, ...]:
    """The names of the sounds that *cell* shows or links to."""
    if not _SOUND_ENDING.search(cell):
        return ()
    names = (unquote(html.unescape(name)) for name in _SOUND.findall(cell.decode("utf-8", "replace")))
    return tuple(dict.fromkeys(name for name in names if "://" not in name))
