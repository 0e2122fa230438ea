"""The names of the months, in every language of `resources/dates.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from app.places import RESOURCES
from app.providers.tables.words import plain


def month_of(word: str) -> int | None:
    """The month that *word* names, in full or by an unmistakable beginning of at least three letters."""
    return _months().get(plain(word))


@cache
def _months() -> Mapping[str, int]:
    named = json.loads((RESOURCES / "dates.json").read_text(encoding="utf-8"))["months"]
    meanings: dict[str, set[int]] = {}
    whole: dict[str, int] = {}
    for number, names in enumerate(named, start=1):
        for name in map(plain, names):
            whole[name] = number
            for length in range(3, len(name)):
                meanings.setdefault(name[:length], set()).add(number)
    return {name: numbers.pop() for name, numbers in meanings.items() if len(numbers) == 1} | whole
