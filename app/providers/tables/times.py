"""The times of one column of a table, in whatever form it writes them; what a number's place means is decided over the
whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.model import Certainty, Moment
from app.providers.tables.months import month_of

_FIRST_MS = int(datetime(2010, 1, 1, tzinfo=UTC).timestamp()) * 1000
_END_MS = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()) * 1000
_LONGEST = 80
_CENTURY = 2000

# Hours east of UTC. Where an abbreviation means several zones, the one of most speakers' homes is taken, and the
# certainty says that it is a name only.
_HOURS = {
    0: "WET WEZ",
    1: "CET MEZ BST WEST WESZ HNEC",
    2: "CEST MESZ EET OEZ HAEC SAST",
    3: "EEST OESZ MSK",
    5.5: "IST",
    8: "AWST",
    9: "JST",
    9.5: "ACST",
    10: "AEST",
    10.5: "ACDT",
    11: "AEDT",
    12: "NZST",
    13: "NZDT",
    -3: "BRT ART ADT",
    -4: "EDT AST",
    -5: "EST CDT",
    -6: "CST MDT",
    -7: "MST PDT",
    -8: "PST AKDT",
    -9: "AKST",
    -10: "HST",
}
_ZONES = {name: timezone(timedelta(hours=hours)) for hours, names in _HOURS.items() for name in names.split()}
_UTC = frozenset({"Z", "UTC", "GMT"})

_SPACES = re.compile(r"[\s\u200e\u200f\u202f\ufeff]+")
_EPOCH = re.compile(r"(\d{10})(?:\.(\d{1,9}))?|(\d{13})(?:\.\d+)?|(\d{16})")
_CLOCK = re.compile(r"(?<![\d:+-])(\d{1,2})(?::| ?h ?)(\d\d)(?:(?::| ?min ?)(\d\d)(?:[.,:](\d{1,9}))?)?(?![\d:])")
_HALF = re.compile(r"^\s*([ap])\.? ?m\b\.?", re.IGNORECASE)
_OFFSET = re.compile(r"^(?:UTC|GMT)? ?([+\u2212-])(\d{1,2}):?(\d\d)?(?!\d)")
_NAMED = re.compile(r"^\(?([A-Z][A-Za-z]+/[A-Za-z_/+-]+|[A-Z]{1,5})\)?(?![A-Za-z])")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it was written; *first* and *second* are day and month in an order that is not settled."""

    year: int
    first: int
    second: int
    settled: bool
    slashed: bool = False


class Times:
    """Reads the values of a column. *values* settle whether the day or the month stands first; where they do not,
    *month_first* is assumed. *zone* is that of times which name none (None: UTC is
    assumed); *said*: the column itself names it."""

    def __init__(
        self, values: Iterable[str], *, month_first: bool = True, zone: tzinfo | None = None, said: bool = False
    ) -> None:
        self._month_first = month_first
        self._zone = zone or UTC
        self._certainty = Certainty.EXACT if said else Certainty.ASSUMED
        day, month = _votes(values)
        self.settled = bool(day) is not bool(month)
        if self.settled:
            self._month_first = bool(month)

    def moment(self, text: str) -> Moment | None:
        """The moment that *text* names; None if it names none, or one at which nobody can have spoken."""
        raw, text = text, _SPACES.sub(" ", text).strip()
        if not text or len(text) > _LONGEST:
            return None
        if epoch := _EPOCH.fullmatch(text):
            return _bounded(_epoch(epoch), raw, Certainty.EXACT)
        parts = _parts(text)
        if parts is None:
            return None
        day, since, zone, certainty = parts
        if zone is None:
            zone, certainty = self._zone, self._certainty
        if not day.settled and not self.settled and day.first != day.second:
            certainty = Certainty.ASSUMED
        month, number = self._ordered(day)
        try:
            at = datetime(day.year, month, number, tzinfo=zone) + since
            return _bounded(round(at.timestamp() * 1000), raw, certainty)
        except (ValueError, OverflowError):
            return None

    def _ordered(self, day: _Day) -> tuple[int, int]:
        """Month and day."""
        if day.settled or day.first > 12:
            return day.second, day.first
        if day.second > 12:
            return day.first, day.second
        first = self._month_first if day.slashed or self.settled else False
        return (day.first, day.second) if first else (day.second, day.first)


def is_time(text: str) -> bool:
    """Whether *text* could be a time, or only a day."""
    return _ANY.moment(text) is not None


def is_clock(text: str) -> bool:
    """Whether *text* is a time of day, without a day."""
    clock = _CLOCK.match(text.strip())
    return clock is not None and _DAYLESS.fullmatch(text.strip()[clock.end() :]) is not None


def is_day(text: str) -> bool:
    """Whether *text* is a day, without a time of day."""
    return _CLOCK.search(text) is None and _EPOCH.fullmatch(text.strip()) is None and is_time(text)


def _bounded(ms: int, raw: str, certainty: Certainty) -> Moment | None:
    return Moment(ms, raw, certainty) if _FIRST_MS <= ms < _END_MS else None


def _epoch(match: re.Match[str]) -> int:
    seconds, fraction, millis, micros = match.groups()
    if seconds:
        return int(seconds) * 1000 + int(((fraction or "") + "000")[:3])
    return int(millis) if millis else int(micros) // 1000


def _votes(values: Iterable[str]) -> tuple[int, int]:
    """How many of *values* can only have the day first, and how many only the month."""
    days = months = 0
    for value in values:
        found = _NUMBERS.search(value) if not _YEAR_FIRST.search(value) else None
        if found and len(value) <= _LONGEST:
            first, second = int(found[1]), int(found[3])
            days += 12 < first <= 31 and second <= 12
            months += 12 < second <= 31 and first <= 12
    return days, months


def needs_settling(values: Iterable[str]) -> bool:
    """Whether some of *values* have numbers for day and month, and none of them says which is which."""
    held = [value for value in values if _NUMBERS.search(value) and not _YEAR_FIRST.search(value)]
    days, months = _votes(held)
    return bool(held) and not days and not months


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[_Day, timedelta, tzinfo | None, Certainty] | None:
    """The day, the time since its midnight, and the zone (None: none is named) that *text* consists of."""
    clock = _CLOCK.search(text)
    if clock is None:
        day = _day(text, "")
        return None if day is None else (day, timedelta(), None, Certainty.ASSUMED)
    before, behind = text[: clock.start()].strip(" ,T"), text[clock.end() :].strip()
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if half := _HALF.match(behind):
        hour = hour % 12 + (12 if half[1] in "pP" else 0) if 1 <= hour <= 12 else hour
        behind = behind[half.end() :].strip()
    zone, certainty, behind = _zone(behind.strip(" ,"))
    day = _day(before, behind) if before else _day(behind, "")
    if day is None or hour > 23 or minute > 59 or second > 60:
        return None
    since = timedelta(hours=hour, minutes=minute, seconds=min(second, 59), microseconds=int(f"{clock[4] or 0:0<6}"[:6]))
    return day, since, zone, certainty


def _zone(text: str) -> tuple[tzinfo | None, Certainty, str]:
    """The zone with which *text* begins, how sure it is, and what follows."""
    if offset := _OFFSET.match(text):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes < 24 * 60:
            zone = timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
            return zone, Certainty.EXACT, text[offset.end() :].strip(" ()")
    if named := _NAMED.match(text):
        rest = text[named.end() :].strip()
        if named[1] in _UTC:
            return UTC, Certainty.EXACT, rest
        if named[1] in _ZONES:
            return _ZONES[named[1]], Certainty.ZONE_NAME, rest
        if "/" in named[1] and (place := place_zone(named[1])):
            return place, Certainty.ZONE_NAME, rest
        if named[1].isupper():
            return UTC, Certainty.ASSUMED, rest
    return None, Certainty.ASSUMED, text


@lru_cache(maxsize=64)
def place_zone(name: str) -> tzinfo | None:
    """The zone of that name ("Europe/Berlin"), None if this computer does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _day(text: str, behind: str) -> _Day | None:
    """The day that *text* names; its year may stand *behind* the clock."""
    if sum(month_of(word) is None for word in _LONG_WORD.findall(text)) > 1:  # one may be the name of the weekday
        return None
    if found := _YEAR_FIRST.search(text) or _COMPACT.fullmatch(text.strip()):
        year, month, day = map(int, found.groups())
        return _Day(year, day, month, settled=True)
    if found := _NUMBERS.search(text):
        year = int(found[4])
        is_dotted = found[2] == "."
        return _Day(
            year if year > 99 else year + _CENTURY,
            int(found[1]),
            int(found[3]),
            settled=is_dotted,
            slashed=found[2] == "/",
        )
    return _written(text, behind)


def _written(text: str, behind: str) -> _Day | None:
    """A day whose month is a word."""
    months: list[int] = []
    numbers: list[int] = []
    for word in _WORDS.findall(text):
        if word.isdecimal():
            numbers.append(int(word) if len(word) < 5 else 0)
        elif (month := month_of(word)) is not None:
            months.append(month)
    if len(numbers) == 1 and (year := _YEAR.search(behind)):
        numbers.append(int(year[1]))
    if len(months) != 1 or len(numbers) != 2:
        return None
    day, year_number = sorted(numbers)
    return _Day(year_number if year_number > 99 else year_number + _CENTURY, day, months[0], settled=True)


_DAYLESS = re.compile(r"(?:\s*[ap]\.? ?m\b\.?)?\s*(?:[A-Z]{1,5}|[+-]\d\d:?\d\d|Uhr)?", re.IGNORECASE)
_ANY = Times(())
