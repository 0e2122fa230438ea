"""What the headers, the names and the empty values of tables are called, in five languages.

The words lie in `resources/columns.json`, which is read when the first table is looked at.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from app.model import Column
from app.places import RESOURCES

_SPLIT_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `columns.json`, as `plain` writes them: *columns* are headers with how well they say it (2 surely,
    1 maybe), *languages* headers of one language, *files* what a whole file is by the names of itself and its folders.
    *nothing* are values that stand for none, *tails* what stands above a summary at the end of a file, *speech* names
    of files about something spoken."""

    columns: Mapping[str, Mapping[Column, int]]
    languages: Mapping[str, str]
    files: Mapping[str, tuple[str, ...]]
    nothing: frozenset[str]
    tails: tuple[str, ...]
    speech: frozenset[str]


@cache
def words() -> Words:
    """The words of all languages."""
    held = json.loads((RESOURCES / "columns.json").read_text(encoding="utf-8"))
    columns: dict[str, dict[Column, int]] = {}
    for role, grades in held["columns"].items():
        for strength, grade in ((1, "second"), (2, "first")):
            for name in grades[grade]:
                columns.setdefault(plain(name), {})[Column(role)] = strength
    return Words(
        columns=columns,
        languages={plain(name): code for code, names in held["languages"].items() for name in names},
        files={plain(name): tuple(map(plain, names)) for name, names in held["files"].items()},
        nothing=frozenset(name.casefold() for name in held["nothing"]),
        tails=tuple(map(plain, held["tails"])),
        speech=frozenset(map(plain, held["speech"])),
    )


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """*text* as names are compared: small letters without accents, one space between the words ("deviceName" too)."""
    parted = _SPLIT_CAMEL.sub(" ", text)
    decomposed = unicodedata.normalize("NFKD", parted.replace("ß", "ss").casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_NO_WORD.sub(" ", bare).split())


def holds(text: str, names: Iterable[str]) -> bool:
    """Whether one of *names* stands in *text*, as whole words."""
    padded = f" {text} "
    return any(f" {name} " in padded for name in names)
