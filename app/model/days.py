"""The household's own calendar: its days and how a day is said (in English, whatever the computer's language)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone()


def local_day(ms: int) -> date:
    """The day on which *ms* falls where this computer is."""
    return _local(ms).date()


def day_start_ms(day: date) -> int:
    """The first millisecond of *day* where this computer is."""
    return round(datetime.combine(day, time()).timestamp() * 1000)


def day_words(ms: int) -> str:
    """The day of *ms*: "24 March 2026"."""
    day = local_day(ms)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clock_words(ms: int) -> str:
    """The day and the minute of *ms*: "24 March 2026, 15:10"."""
    return f"{day_words(ms)}, {_local(ms):%H:%M}"
