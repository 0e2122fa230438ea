"""Times as they are given on the command line, and as they are printed."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime

from app.model import day_start_ms

_LAST_HOUR = 24


def moment(text: str) -> int:
    """UTC milliseconds of a day (its first moment here) or of an ISO date and time (here, where it names no zone)."""
    try:
        return day_start_ms(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return round(datetime.fromisoformat(text).astimezone().timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        raise argparse.ArgumentTypeError(f"{text} is no date; write 2026-03-24 or 2026-03-24T15:10") from None


def hours(text: str) -> tuple[int, int]:
    """The hours of a day: "7-9", or past midnight "22-6"."""
    first, _, last = text.partition("-")
    if not (first.isdecimal() and last.isdecimal() and int(first) < _LAST_HOUR and int(last) <= _LAST_HOUR):
        raise argparse.ArgumentTypeError(f"{text} is no span of hours; write 7-9 or 22-6")
    return int(first), int(last)


def iso(ms: int | None) -> str | None:
    """*ms* as ISO 8601 in UTC."""
    if ms is None:
        return None
    precision = "milliseconds" if ms % 1000 else "seconds"
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec=precision).replace("+00:00", "Z")
