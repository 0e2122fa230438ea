"""Write resources/dates.json, the words of dates in the languages that Google's exports come in; needs babel."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

DATES = Path(__file__).resolve().parent.parent / "resources" / "dates.json"

# The languages of Google's accounts, and the regions that write dates in a way of their own.
_LOCALES = """
af am ar ar_DZ ar_LB ar_MA as az be bg bn bs ca cs cy da de de_AT el en en_AU en_CA en_GB en_IN es es_419 es_MX es_US
et eu fa fi fil fr fr_CA fr_CH ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne
nl nn or pa pl ps pt pt_PT ro ru si sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz vi zh zh_Hant zh_Hant_HK zu
"""
# Not in the data that babel brings: older short names, and what stands between day and time in Google's sentences.
_OLDER = {"mrz": 3, "jänner": 1, "janv": 1, "sept": 9, "гру": 12}
_MORE_FILLERS = """
a à as às at um om de del di do den der le la las el il alle ore kl klo u o в о во у ob la ora lúc lang พ.ศ เวลา น
à. h klokken godz saat στις alas las
"""
_INVISIBLE = re.compile("[\u200b\u200e\u200f]")
_LITERAL = re.compile(r"'([^']*)'")
_WORD = re.compile(r"[^\W\d_][^\s\d,،/()-]*")
_PATTERN_LETTERS = re.compile(r"[GyMLEcdaBhHkKmsSzZvVOX]+|\{\d\}")


def key(name: str) -> str:
    """*name* as it is looked up."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", name.casefold()))
    return " ".join(visible.split()).strip(" .")


def month_meanings(locales: list[Locale]) -> dict[str, dict[int, set[str]]]:
    """Each month's names, what they mean, and where."""
    meanings: dict[str, dict[int, set[str]]] = {name: {number: {"older"}} for name, number in _OLDER.items()}
    for locale in locales:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    if not re.search(r"[\d月]", name):  # "12月" is read as a number
                        meanings.setdefault(key(name), {}).setdefault(number, set()).add(str(locale))
    return meanings


def told_apart(meanings: dict[str, dict[int, set[str]]], dotted: set[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The names with one meaning, and what some of them mean where a dot stands behind the year (Croatian does so and
    calls other months as Polish and Czech do). Those that mean several months even so are dropped."""
    plain: dict[str, int] = {}
    with_dot: dict[str, int] = {}
    for name, months in sorted(meanings.items()):
        if len(months) == 1:
            plain[name] = next(iter(months))
            continue
        behind = [number for number, where in months.items() if where <= dotted]
        others = [number for number in months if number not in behind]
        if len(behind) == 1 and len(others) == 1:
            with_dot[name], plain[name] = behind[0], others[0]
        else:
            print(f"dropped: {name} {months}")
    return plain, with_dot


def _literals(pattern: str) -> Iterator[str]:
    """The words of a pattern that are no placeholders."""
    for quoted in _LITERAL.findall(pattern):
        yield from _WORD.findall(quoted)
    yield from _WORD.findall(_PATTERN_LETTERS.sub(" ", _LITERAL.sub(" ", pattern)))


def fillers(locales: list[Locale]) -> set[str]:
    """The words that stand between the parts of a date."""
    found = set(map(key, _MORE_FILLERS.split()))
    for locale in locales:
        for width in ("full", "long", "medium", "short"):
            found.update(map(key, _literals(locale.date_formats[width].pattern)))
            found.update(map(key, _literals(str(locale.datetime_formats[width]))))
        for name in locale.months["format"]["wide"].values(), locale.months["format"]["abbreviated"].values():
            found.update(key(word) for one in name if re.search(r"\d", one) for word in _WORD.findall(one))
    return found - {""}


def halves(locales: list[Locale], taken: set[str]) -> tuple[set[str], set[str]]:
    """The words for before and after noon that mean nothing else."""
    before: set[str] = set()
    after: set[str] = set()
    for locale in locales:
        for width in ("wide", "abbreviated"):
            periods = locale.day_periods["format"].get(width, {})
            before.add(key(periods.get("am", "am")))
            after.add(key(periods.get("pm", "pm")))
    for name in sorted((before & after) | ((before | after) & taken)):
        print(f"dropped: {name} is no certain half of the day")
    return before - after - taken, after - before - taken


def main() -> int:
    locales = [Locale.parse(name) for name in _LOCALES.split()]
    dotted = {str(locale) for locale in locales if locale.date_formats["medium"].pattern.endswith("y.")}
    plain, with_dot = told_apart(month_meanings(locales), dotted)
    between = fillers(locales) - set(plain)
    before, after = halves(locales, between | set(plain))
    greenwich = {key(locale.zone_formats["gmt"].replace("%s", "").strip("[] ")) for locale in locales}
    words = {
        "after_noon": sorted(after),
        "before_noon": sorted(before),
        "fillers": sorted(between),
        "greenwich": sorted(greenwich - {""}),
        "months": [sorted(name for name, month in plain.items() if month == number) for number in range(1, 13)],
        "months_before_dotted_years": dict(sorted(with_dot.items())),
    }
    DATES.write_text(json.dumps(words, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(plain)} names of months, {DATES.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
