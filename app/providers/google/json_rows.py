"""The rows of a `MyActivity.json`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from app.model import Problem
from app.providers.google import dates
from app.providers.google.html_text import text_of
from app.providers.google.products import GEMINI
from app.providers.google.rows import Damage, Family, Row, clean, query_of
from app.providers.json_stream import Damaged, elements


def json_rows(stream: BinaryIO, family: Family) -> Iterator[Row | Damage]:
    """Every element of *stream*; the last one is a `Damage` without a row if the file could not be read to its end."""
    number = 0
    try:
        for _, value, raw in elements(stream):
            number += 1
            if isinstance(value, dict):
                yield _row(number, value, raw, family)
            else:
                yield Damage(number, "damaged-row", "This row is not a record.")
    except (Damaged, Problem):
        yield Damage(None, "damaged-file", f"The file could not be read any further after row {number}.")


def _row(number: int, record: dict[str, Any], raw: str, family: Family) -> Row:
    product = _product(record, family)
    is_gemini = family(product) == GEMINI
    subtitles = _names(record.get("subtitles"), linked=is_gemini)
    answers = [text_of(html) for html in _answers(record.get("safeHtmlItem"))]
    replies = tuple(text for text, _ in answers if text)
    return Row(
        number=number,
        product=product,
        title=_text(record.get("title")),
        query=query_of(_text(record.get("titleUrl"))),
        at=dates.parse(_text(record.get("time"))),
        responses=replies if is_gemini else subtitles + replies,
        notes=subtitles if is_gemini else (),
        sounds=_sounds(record.get("audioFiles")),
        raw=raw.encode(),
        too_deep=any(deep for _, deep in answers),
    )


def _product(record: dict[str, Any], family: Family) -> str:
    """The first name of the row that is an assistant's product, or else the first there is."""
    products = record.get("products")
    names = [_text(record.get("header")), *(map(_text, products) if isinstance(products, list) else ())]
    names = [name for name in names if name]
    return next((name for name in names if family(name)), names[0] if names else "")


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    """*value* as the list it should be; older files hold the one thing itself."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _names(subtitles: object, *, linked: bool) -> tuple[str, ...]:
    """What the subtitles say; one with a link is a result that was shown, not an answer."""
    dicts = (item for item in _list(subtitles) if isinstance(item, dict))
    names = (_text(item.get("name")).strip() for item in dicts if linked or not item.get("url"))
    return tuple(name for name in names if name)


def _answers(items: object) -> Iterator[str]:
    for item in _list(items):
        html = item.get("html", item.get("htmlValue")) if isinstance(item, dict) else item
        if isinstance(html, str):
            yield clean(html)


def _sounds(files: object) -> tuple[str, ...]:
    return tuple(name for name in map(_text, _list(files)) if name)
