"""What the words of a date mean, in every language that Google's exports come in.

They lie in `resources/dates.json`, which `packaging/locales.py` writes, and are read when the first date is.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from app.places import RESOURCES

_SHORTEST_BEGINNING = 3
_APOSTROPHES = str.maketrans({"'": "’", "׳": "’", "ʼ": "’", "״": '"', "”": '"'})
_HEBREW_IN = "ב"


@dataclass(frozen=True, slots=True)
class Words:
    """The words by what they mean; *dotted* are months where a dot stands behind the year."""

    months: Mapping[str, int]
    dotted: Mapping[str, int]
    halves: Mapping[str, bool]
    fillers: frozenset[str]
    greenwich: frozenset[str]

    def month(self, word: str, *, dotted: bool) -> int | None:
        """The month that *word* names. Hebrew writes its "in" at the name."""
        name = key(word)
        found = (self.dotted.get(name) if dotted else None) or self.months.get(name) or self.months.get(_bare(name))
        if found is None and name.startswith(_HEBREW_IN):
            return self.months.get(name[1:])
        return found


def key(word: str) -> str:
    """*word* as it is looked up."""
    return unicodedata.normalize("NFC", word.casefold()).translate(_APOSTROPHES).strip(".")


@cache
def words() -> Words:
    """The words of all languages."""
    held = json.loads((RESOURCES / "dates.json").read_text(encoding="utf-8"))
    early, late = (map(key, held[name]) for name in ("before_noon", "after_noon"))
    return Words(
        months=_months(held["months"]),
        dotted=held["months_before_dotted_years"],
        halves={**dict.fromkeys(early, False), **dict.fromkeys(late, True)},
        fillers=frozenset(map(key, held["fillers"])),
        greenwich=frozenset(map(key, held["greenwich"])),
    )


def _months(names_of: Iterable[Iterable[str]]) -> dict[str, int]:
    """Every name, also without accents, and every beginning that means one month only: the short forms change from one
    edition of the languages' data to the next."""
    full: dict[str, int] = {}
    meanings: dict[str, set[int]] = {}
    for number, names in enumerate(names_of, start=1):
        for name in map(key, names):
            full[name] = number
            for whole in {name, _bare(name)}:
                for length in range(_SHORTEST_BEGINNING, len(whole) + 1):
                    meanings.setdefault(whole[:length], set()).add(number)
    return {name: months.pop() for name, months in meanings.items() if len(months) == 1} | full


def _bare(word: str) -> str:
    """*word* without accents (also the strokes and dots that are no accents)."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ł", "l"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
