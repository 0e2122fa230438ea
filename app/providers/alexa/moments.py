"""Alexa's times, in whatever shape a file gives them, as UTC milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime

EARLIEST = 1_262_304_000_000
"""2010: nobody spoke to Alexa before."""
LATEST = 4_102_444_800_000
"""2100."""
_SECOND = 1000


def milliseconds(value: object) -> int | None:
    """*value* as UTC milliseconds; None if it is no time between 2010 and 2100."""
    if type(value) is int and EARLIEST <= value < LATEST:
        return value
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    for factor in (1, _SECOND):  # some tools write seconds
        if EARLIEST <= value * factor < LATEST:
            return int(value * factor)
    return None


def _of_text(text: str) -> int | None:
    try:
        return milliseconds(float(text))
    except ValueError:
        return iso(text)


def iso(text: str) -> int | None:
    """An ISO 8601 time as UTC milliseconds (UTC where no zone stands beside it)."""
    try:
        moment = datetime.fromisoformat(text.strip())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return milliseconds(round(aware.timestamp() * _SECOND))
    except (ValueError, OverflowError):
        return None
