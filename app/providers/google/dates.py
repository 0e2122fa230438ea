"""The times that Google writes, in the forms and languages that its exports come in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice

from app.model import Certainty, Moment
from app.providers.google.date_words import key, words

EARLIEST_YEAR = 2010
LATEST_YEAR = 2100

# Hours east of UTC. Where an abbreviation means several zones, the one of most speakers' homes is taken and the
# certainty says so. CEST and its translations are two hours, not one.
_HOURS = {
    0.0: "WET WEZ",
    1.0: "CET MEZ HNEC BST WEST WESZ WAT",
    2.0: "CEST MESZ HAEC EET OEZ SAST CAT",
    3.0: "EEST OESZ MSK МСК TRT EAT IDT",
    3.5: "IRST",
    4.0: "GST",
    5.0: "PKT",
    5.5: "IST",
    5.75: "NPT",
    7.0: "ICT WIB",
    8.0: "SGT HKT PHT MYT AWST",
    9.0: "JST KST",
    9.5: "ACST",
    10.0: "AEST",
    10.5: "ACDT",
    11.0: "AEDT",
    12.0: "NZST",
    13.0: "NZDT",
    -2.5: "NDT",
    -3.0: "BRT ART ADT UYT",
    -3.5: "NST",
    -4.0: "EDT AST",
    -5.0: "EST CDT COT PET",
    -6.0: "CST MDT",
    -7.0: "MST PDT",
    -8.0: "PST AKDT",
    -9.0: "AKST",
    -10.0: "HST",
}
_ZONES = {name: int(hours * 60) for hours, names in _HOURS.items() for name in names.split()}
# What an abbreviation means where most of those live who write the day in this script.
_BY_SCRIPT = (
    ("CST", re.compile("年"), 480),
    ("IST", re.compile("[\u05d0-\u05ea]"), 120),
    ("BST", re.compile("[\u0980-\u09ff]"), 360),
)
_UTC = frozenset({"UTC", "GMT", "Z"})

_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?\Z"
)
_CLOCK = re.compile(
    r"(?<![\d:])(?<!\d\.)(\d{1,2})(?::(\d{2})(?::(\d{2}))?(?![\d:])|\.(\d{2})\.(\d{2})(?![\d.])"
    r"| ?(?:h|時|时|시) ?(\d{2}) ?(?:min|分|분) ?(\d{2}) ?[s秒초])"
)
_LONGEST = 80
_SHORTEST_DAY = 6
_MOST_WORDS = 14
_MOST_CLOCKS = 4
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"\d+|[^\d\s,،;/()年月日년월일-]+")
_DOTTED_YEAR = re.compile(r"\d{4}\.")
_THAI = re.compile("[\u0e00-\u0e7f]")
_BUDDHIST_YEARS = range(2500, 2700)
_BUDDHIST_ERA = 543
_HALF = re.compile(r"([ap])\.?\s?m\.?(?![^\W\d_])", re.IGNORECASE)
_ZONE = re.compile(r"\(?(?:([^\W\d_]{1,9})\s?)?(?:([+\u2212-])\s?(\d{1,2}):?(\d{2})?)?\)?\Z")


_EPOCH_DAY = date(1970, 1, 1).toordinal()


_FIRST_MS = int(datetime(EARLIEST_YEAR, 1, 1, tzinfo=UTC).timestamp()) * 1000
_END_MS = int(datetime(LATEST_YEAR, 1, 1, tzinfo=UTC).timestamp()) * 1000


def parse(text: str) -> Moment | None:
    """The moment that *text*, the whole of it, names; None if it is no moment or one that cannot be."""
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    clean = " ".join((text if text.isascii() else text.translate(_INVISIBLE)).split())
    found = (_iso(clean) if clean[4:5] == "-" else None) or _written(clean)
    if found is None:
        return None
    ms, certainty = found
    return Moment(ms, text.strip(), certainty) if _FIRST_MS <= ms < _END_MS else None


def has_clock(text: str) -> bool:
    """Whether a time of day stands in *text*."""
    return _DIGIT.search(text) is not None and _CLOCK.search(text) is not None


def find(text: str) -> Moment | None:
    """The first moment named somewhere in *text*."""
    pieces = text.split()
    for clock in islice(_CLOCK.finditer(text), _MOST_CLOCKS):
        place = len(text[: clock.start() + 1].split()) - 1
        for start in range(max(0, place - _MOST_WORDS), place + 1):
            for end in range(min(len(pieces), start + _MOST_WORDS), place, -1):
                moment = parse(" ".join(pieces[start:end]).strip("()[].,،;: "))
                if moment is not None:
                    return moment
    return None


def _midnight(year: int, month: int, day: int) -> int | None:
    """The UTC milliseconds at which that day begins."""
    try:
        return (date(year, month, day).toordinal() - _EPOCH_DAY) * 86_400_000
    except ValueError:
        return None


def _in_day(hour: int, minute: int, second: int) -> int | None:
    if hour > 23 or minute > 59 or second > 59:
        return None
    return ((hour * 60 + minute) * 60 + second) * 1000


def _iso(text: str) -> tuple[int, Certainty] | None:
    match = _ISO.match(text)
    if match is None:
        return None
    year, month, day, hour, minute = map(int, match.groups()[:5])
    second, fraction, zone = match.groups()[5:]
    midnight, since = _midnight(year, month, day), _in_day(hour, minute, int(second or 0))
    if midnight is None or since is None:
        return None
    millis = int(((fraction or "") + "000")[:3])
    east = 0
    if zone and zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        east = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    return midnight + since + millis - east * 60_000, Certainty.EXACT if zone else Certainty.ASSUMED


def _written(text: str) -> tuple[int, Certainty] | None:
    clock = _CLOCK.search(text, _SHORTEST_DAY) or _CLOCK.match(text)
    if clock is None:
        return None
    before, behind = text[: clock.start()], text[clock.end() :]
    for zone, day in [(behind, before)] if before else _split(behind):
        after = _after(zone)
        midnight = _day(day, american=after[1]) if after else None
        if after is None or midnight is None:
            continue
        late = midnight[1] if after[0] is None else after[0]
        minute, second = clock[2] or clock[4] or clock[6], clock[3] or clock[5] or clock[7]
        since = _in_day(_hour(int(clock[1]), late), int(minute), int(second or 0))
        east = _east(after[2], zone, day) if after[3] is Certainty.ZONE_NAME else after[2]
        return None if since is None else (midnight[0] + since - east * 60_000, after[3])
    return None


def _east(minutes: int, zone: str, day: str) -> int:
    zones = (at_home for name, script, at_home in _BY_SCRIPT if zone.endswith(name) and script.search(day))
    return next(zones, minutes)


def _split(text: str) -> Iterator[tuple[str, str]]:
    """What stands behind a clock with which the text begins, as zone and day in every possible way."""
    pieces = text.split(" ")
    return ((" ".join(pieces[:place]), " ".join(pieces[place:])) for place in range(1, min(len(pieces), 6)))


@lru_cache(maxsize=256)
def _after(text: str) -> tuple[bool | None, bool, int, Certainty] | None:
    """What stands behind the clock: the half of the day (late or not), whether it is written as Americans do, the zone
    and how sure that is."""
    text = text.strip(" ,،.")
    half = _HALF.match(text)
    if half:
        zone = _zone(text[half.end() :].strip(" ,،"))
        return (half[1] in "pP", half[0] in ("AM", "PM"), *zone) if zone else None
    pieces = text.split(" ")
    for length in range(min(len(pieces), 3), 0, -1):
        late = words().halves.get(key(" ".join(pieces[:length]).strip(",،")))
        zone = None if late is None else _zone(" ".join(pieces[length:]).strip(" ,،"))
        if zone:
            return (late, False, *zone)
    zone = _zone(text)
    return (None, False, *zone) if zone else None


def _hour(hour: int, late: bool | None) -> int:
    if late is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if late else 0)


@dataclass(slots=True)
class _Named:
    """What the words of a day name so far."""

    numbers: list[str] = field(default_factory=list)
    month: int | None = None
    late: bool | None = None
    is_thai: bool = False

    def take(self, word: str, *, dotted: bool) -> bool:
        """Take in *word*; False if it has no place in a date."""
        if word.isdecimal() and len(word) <= 4:
            self.numbers.append(word)
            return True
        month = words().month(word, dotted=dotted) if self.month is None else None
        if month is not None:
            self.month = month
            self.is_thai = _THAI.search(word) is not None
            return True
        name = key(word)
        late = words().halves.get(name)
        if late is not None:
            self.late = late
        return late is not None or not name or name in words().fillers

    def midnight(self, *, month_first: bool) -> int | None:
        widths = [len(number) for number in self.numbers]
        numbers = [int(number) for number in self.numbers]
        if self.month is None:
            return _numeric(numbers, widths, month_first=month_first) if len(numbers) == 3 else None
        if len(numbers) != 2 or sorted(widths)[1] != 4:
            return None
        day, year = sorted(numbers)
        is_buddhist = self.is_thai and year in _BUDDHIST_YEARS
        return _midnight(year - _BUDDHIST_ERA if is_buddhist else year, self.month, day)


@lru_cache(maxsize=4096)
def _day(text: str, *, american: bool) -> tuple[int, bool | None] | None:
    """The midnight of the day that *text* names, and which half of the day it names, if it does."""
    named = _Named()
    dotted = _DOTTED_YEAR.search(text) is not None
    tokens: list[str] = _TOKEN.findall(text)
    while tokens:
        lengths = (length for length in (2, 1) if named.take(" ".join(tokens[:length]), dotted=dotted))
        length = next(lengths, 0)
        if not length:
            return None
        del tokens[:length]
    midnight = named.midnight(month_first=american and "/" in text)
    return None if midnight is None else (midnight, named.late)


def _numeric(numbers: list[int], widths: list[int], *, month_first: bool) -> int | None:
    if widths[0] == 4:
        year, month, day = numbers
    elif widths[2] == 4:
        day, month, year = numbers
        if (month_first and day <= 12) or month > 12:
            day, month = month, day
    else:
        return None
    return _midnight(year, month, day)


def _zone(text: str) -> tuple[int, Certainty] | None:
    """Minutes east of UTC, and how sure we are; None if *text* is no zone."""
    if not text:
        return 0, Certainty.ASSUMED
    match = _ZONE.match(text)
    if match is None:
        return None
    name, sign, hours, minutes = match.groups()
    if sign:
        if name and not _is_utc(name):
            return None
        east = int(hours) * 60 + int(minutes or 0)
        return (east if sign == "+" else -east), Certainty.EXACT
    name = name or ""
    if name and _is_utc(name):
        return 0, Certainty.EXACT
    if name.upper() in _ZONES:
        return _ZONES[name.upper()], Certainty.ZONE_NAME
    return (0, Certainty.ASSUMED) if name.isupper() and len(name) > 1 else None


def _is_utc(name: str) -> bool:
    return name.upper() in _UTC or key(name) in words().greenwich
