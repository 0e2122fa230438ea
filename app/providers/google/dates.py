"""The times that Google writes, in the forms and languages that its exports come in."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache

from app.model import Certainty, Moment

EARLIEST_YEAR = 2010
LATEST_YEAR = 2100

_MONTHS = """
january february march april may june july august september october november december
januar februar marz april mai juni juli august september oktober november dezember
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januar februar marts april maj juni juli august september oktober november desember
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
"""
_IRREGULAR = {"mrt": 3, "mrz": 3, "janner": 1, "janv": 1, "sept": 9}

# Hours east of UTC. Where an abbreviation means several zones, the one of most speakers' homes is taken and the
# certainty says so. CEST and its translations are two hours, not one.
_HOURS = {
    0.0: "WET WEZ",
    1.0: "CET MEZ HNEC BST WEST WESZ WAT",
    2.0: "CEST MESZ HAEC EET OEZ SAST CAT",
    3.0: "EEST OESZ MSK TRT EAT",
    4.0: "GST",
    5.0: "PKT",
    5.5: "IST",
    7.0: "ICT WIB",
    8.0: "SGT HKT PHT AWST",
    9.0: "JST KST",
    9.5: "ACST",
    10.0: "AEST",
    10.5: "ACDT",
    11.0: "AEDT",
    12.0: "NZST",
    13.0: "NZDT",
    -2.5: "NDT",
    -3.0: "BRT ART ADT",
    -3.5: "NST",
    -4.0: "EDT AST",
    -5.0: "EST CDT",
    -6.0: "CST MDT",
    -7.0: "MST PDT",
    -8.0: "PST AKDT",
    -9.0: "AKST",
    -10.0: "HST",
}
_ZONES = {name: int(hours * 60) for hours, names in _HOURS.items() for name in names.split()}
_UTC = frozenset({"UTC", "GMT", "Z"})

_FILLERS = frozenset(
    [
        "a",
        "à",
        "as",
        "às",
        "at",
        "um",
        "om",
        "de",
        "del",
        "di",
        "do",
        "den",
        "der",
        "le",
        "la",
        "las",
        "el",
        "il",
        "alle",
        "ore",
        "kl",
        "u",
        "o",
    ]
)
_BEFORE_NOON = frozenset(["am", "vorm", "上午", "午前", "오전"])
_AFTER_NOON = frozenset(["pm", "nachm", "下午", "午後", "오후"])
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202c\u200b\ufeff"))

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?\Z"
)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])|(?<![\d.])(\d{1,2})\.(\d{2})\.(\d{2})(?![\d.])")
_LONGEST = 80
_SHORTEST_DAY = 6
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_SEPARATORS = re.compile(r"[\s,.;/年月日년월일-]*")
_HALF = re.compile(r"([ap])\.?\s?m\.?(?![^\W\d_])", re.IGNORECASE)
_ZONE = re.compile(r"\(?(?:([^\W\d_]{1,5})\s?)?(?:([+\u2212-])\s?(\d{1,2}):?(\d{2})?)?\)?\Z")


def _month_names() -> dict[str, int]:
    """Every name and every beginning of at least three letters that means one month only."""
    meanings: dict[str, set[int]] = {}
    full: dict[str, int] = {}
    for line in _MONTHS.split("\n"):
        for number, name in enumerate(line.split(), start=1):
            full[name] = number
            for length in range(3, len(name)):
                meanings.setdefault(name[:length], set()).add(number)
    short = {name: months.pop() for name, months in meanings.items() if len(months) == 1}
    return {**short, **full, **_IRREGULAR}


def _bare(word: str) -> str:
    """*word* without case and accents (also the strokes and dots that are no accents)."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i").replace("ł", "l"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_MONTH_OF = _month_names()
_EPOCH_DAY = date(1970, 1, 1).toordinal()


_FIRST_MS = int(datetime(EARLIEST_YEAR, 1, 1, tzinfo=UTC).timestamp()) * 1000
_END_MS = int(datetime(LATEST_YEAR, 1, 1, tzinfo=UTC).timestamp()) * 1000


def parse(text: str) -> Moment | None:
    """The moment that *text*, the whole of it, names; None if it is no moment or one that cannot be."""
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    clean = " ".join((text if text.isascii() else text.translate(_INVISIBLE)).split())
    found = _iso(clean) if clean[4:5] == "-" else _written(clean)
    if found is None:
        return None
    ms, certainty = found
    return Moment(ms, text.strip(), certainty) if _FIRST_MS <= ms < _END_MS else None


def find(text: str) -> Moment | None:
    """The first moment named somewhere in *text*."""
    words = text.split()
    if not _CLOCK.search(text):
        return None
    for start in range(len(words)):
        for end in range(min(len(words), start + 10), start + 1, -1):
            moment = parse(" ".join(words[start:end]).strip("()[].,;: "))
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
    clock = _CLOCK.search(text, _SHORTEST_DAY)
    if clock is None:
        return None
    after = _after(text[clock.end() :])
    if after is None:
        return None
    late, east, certainty = after
    day = _day(text[: clock.start()], twelve=late is not None)
    if day is None:
        return None
    midnight, late_before = day
    hour = _hour(int(clock[1] or clock[4]), late_before if late is None else late)
    since = _in_day(hour, int(clock[2] or clock[5]), int(clock[3] or clock[6] or 0))
    return None if since is None else (midnight + since - east * 60_000, certainty)


@lru_cache(maxsize=256)
def _after(text: str) -> tuple[bool | None, int, Certainty] | None:
    """What stands behind the clock: the half of the day (late or not), the zone and how sure that is."""
    text = text.strip(" ,.")
    half = _HALF.match(text)
    zone = _zone(text[half.end() :].strip(" ,") if half else text)
    return (half[1] in "pP" if half else None, *zone) if zone else None


def _hour(hour: int, late: bool | None) -> int:
    if late is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if late else 0)


@lru_cache(maxsize=4096)
def _day(text: str, *, twelve: bool) -> tuple[int, bool | None] | None:
    """The midnight of the day that *text* names, and which half of the day it names, if it does."""
    numbers: list[int] = []
    widths: list[int] = []
    month: int | None = None
    late: bool | None = None
    for token in _TOKEN.findall(text):
        word = _bare(token)
        if token.isdecimal() and len(token) <= 4:
            numbers.append(int(token))
            widths.append(len(token))
        elif month is None and word in _MONTH_OF:
            month = _MONTH_OF[word]
        elif token in _BEFORE_NOON or token in _AFTER_NOON:
            late = token in _AFTER_NOON
        elif token.casefold() not in _FILLERS and not _SEPARATORS.fullmatch(token):
            return None
    if month is not None and sorted(widths)[1:] == [4] and len(numbers) == 2:
        midnight = _midnight(max(numbers), month, min(numbers))
    elif month is None and len(numbers) == 3:
        midnight = _numeric(numbers, widths, month_first=twelve and "/" in text)
    else:
        return None
    return None if midnight is None else (midnight, late)


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
        if name and name.upper() not in _UTC:
            return None
        east = int(hours) * 60 + int(minutes or 0)
        return (east if sign == "+" else -east), Certainty.EXACT
    name = name or ""
    if name in _UTC:
        return 0, Certainty.EXACT
    if name.upper() in _ZONES:
        return _ZONES[name.upper()], Certainty.ZONE_NAME
    return (0, Certainty.ASSUMED) if name.isupper() and len(name) > 1 else None
