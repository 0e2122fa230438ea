"""Numbers, dates and lists as a parent reads them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QDateTime, QLocale, QTimeZone

from app.model import Standing

STANDINGS = {
    Standing.CHILD: "a child",
    Standing.ADULT: "an adult",
    Standing.GUEST: "a guest",
    Standing.SHARED: "everyone",
    Standing.UNKNOWN: "not known",
}
"""Whose voice, in a parent's words."""


def number(count: int) -> str:
    """*count* with the locale's separators."""
    return QLocale().toString(count)


def count(how_many: int, one: str, many: str = "") -> str:
    """ "1 recording", "312 recordings"."""
    return f"{number(how_many)} {one if how_many == 1 else many or one + 's'}"


def _moment(ms: int) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(ms, QTimeZone.systemTimeZone())


def day(ms: int) -> str:
    """ "14 Mar 2026", as the locale orders it."""
    moment = _moment(ms)
    form = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    for name in ("dddd, ", "dddd "):
        form = form.replace(name, "")
    return QLocale().toString(moment.date(), form.replace("MMMM", "MMM"))


def clock(ms: int) -> str:
    """ "15:10", as the locale writes it."""
    return QLocale().toString(_moment(ms).time(), QLocale.FormatType.ShortFormat)


def moment(ms: int) -> str:
    """The day and the time of day."""
    return f"{day(ms)}, {clock(ms)}"


def span(first_ms: int, last_ms: int) -> str:
    """ "2 Jan 2024 to 14 Mar 2026", or one day."""
    first, last = day(first_ms), day(last_ms)
    return first if first == last else f"{first} to {last}"


def listed(parts: Iterable[str]) -> str:
    """ "Emma, Ben and Kitchen"."""
    *many, last = list(parts) or [""]
    return f"{', '.join(many)} and {last}" if many else last
