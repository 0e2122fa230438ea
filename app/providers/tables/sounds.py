"""Which sound belongs to which row of a table: by its name, or by its time where nothing else fits."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from app.model import Certainty, Entry, Moment, Recording

NEAR_MS = 10_000
_EARLIEST_MS, _LATEST_MS = 1_262_304_000_000, 4_102_444_800_000
_LONGEST_NAME = 200
_SEVERAL = re.compile(r"\s*[;|\n]\s*|,\s+")
_EPOCH = re.compile(r"(?<!\d)(1[2-9]\d{8})(\d{3})?(?!\d)")
_STAMP = re.compile(
    r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[T_ -]{0,3}(\d\d)[-_.:h]?(\d\d)[-_.:m]?(\d\d)(?:[._-]?(\d{3}))?(?!\d)"
    r"(Z|[_ -]?UTC)?"
)
_OF_UTTERANCE = re.compile(r"(20\d\d)\D(\d\d)\D(\d\d)\D(\d\d)\D[A-Za-z0-9_]{4,40}?\D(\d\d)\D(\d\d)(?!\d)()(.)?")

_Timed = TypeVar("_Timed", tuple[int, int], tuple[int, str, Entry])


def base(path: str) -> str:
    """The last part of *path* as names are compared."""
    return unicodedata.normalize("NFC", path.replace("\\", "/").rsplit("/", 1)[-1]).casefold()


def stem(name: str) -> str:
    """*name* without its ending."""
    return name.rpartition(".")[0] or name


def name_moment(path: str) -> Moment | None:
    """The time that the name of a sound holds: UTC where it does not say another."""
    for name in (path.rsplit("/", 1)[-1], path):
        name = name[-_LONGEST_NAME:]
        if found := _OF_UTTERANCE.search(name) or _STAMP.search(name):
            *numbers, fraction, zone = found.groups()
            try:
                at = datetime(*map(int, numbers), tzinfo=UTC)  # type: ignore[misc,arg-type]  # six numbers, as matched
            except ValueError:
                continue
            certainty = Certainty.EXACT if zone or found.re is _OF_UTTERANCE else Certainty.ASSUMED
            return Moment(int(at.timestamp()) * 1000 + int(fraction or 0), found[0], certainty)
        if found := _EPOCH.search(name):
            ms = int(found[1]) * 1000 + int(found[2] or 0)
            if _EARLIEST_MS <= ms < _LATEST_MS:
                return Moment(ms, found[0])
    return None


class SoundNames:
    """The sounds that lie beside a table, by their names."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._held: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda entry: entry.path):
            name = base(entry.path)
            for known in {name, stem(name)}:
                self._held.setdefault(known, []).append(entry)

    def named(self, cell: str) -> tuple[Recording, ...]:
        """The recordings that *cell* names, each with its sound if that is there."""
        if not cell:
            return ()
        if (whole := self._found(cell)) is not None:
            return (Recording(whole.path.rsplit("/", 1)[-1], whole),)
        names = [name for name in _SEVERAL.split(cell) if name]
        return tuple(Recording(self._shown(name), self._found(name)) for name in names)

    def _shown(self, name: str) -> str:
        found = self._found(name)
        return (found.path if found else _path(name)).rsplit("/", 1)[-1][-_LONGEST_NAME:]

    def _found(self, name: str) -> Entry | None:
        """The sound of that name, if it is clear which: of several, the one whose folders are named too."""
        path = unicodedata.normalize("NFC", _path(name)).casefold()
        alike = self._held.get(base(path), [])
        if len(alike) > 1:
            ends = [entry for entry in alike if entry.path.casefold().endswith(path)]
            alike = ends or alike
        sizes = {entry.size for entry in alike}
        return alike[0] if alike and len(sizes) == 1 else None


def _path(name: str) -> str:
    """The path in a name, which may be an address."""
    return name.replace("\\", "/").partition("?")[0].strip(" /\"'")


def paired_by_time(times: Iterable[int], sounds: Iterable[Entry]) -> Mapping[int, Entry]:
    """Which of *sounds* belongs to which of *times*, by its place among them: only where both fit no other."""
    rows = sorted((ms, place) for place, ms in enumerate(times))
    stamped = sorted(
        ((at.ms, entry.path, entry) for entry in sounds if (at := name_moment(entry.path))), key=_first_two
    )
    paired = {}
    for ms, _, entry in stamped:
        near = _near(rows, ms)
        if len(near) == 1 and len(_near(stamped, near[0][0])) == 1:
            paired[near[0][1]] = entry
    return paired


def _first_two(item: tuple[int, str, Entry]) -> tuple[int, str]:
    return item[:2]


def _near(items: Sequence[_Timed], ms: int) -> Sequence[_Timed]:
    """At most two of *items*, which are sorted by their time, that are near to *ms*."""
    first = bisect.bisect_left(items, ms - NEAR_MS, key=lambda item: item[0])
    last = bisect.bisect_right(items, ms + NEAR_MS, key=lambda item: item[0])
    return items[first : min(last, first + 2)]
