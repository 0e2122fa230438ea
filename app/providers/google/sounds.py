"""Which sound belongs to which row, across all parts of an archive."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import unquote

from app.model import Entry, Problem, Recording

# The name's stamp is UTC; it was seen up to 2.9 seconds after the time of its record.
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)[_T -](\d\d)[_-](\d\d)[_-](\d\d)(?:[_-](\d{3}))?[_ ]UTC")
_EARLIER_MS = 1_000
_LATER_MS = 4_000
_ENDING = re.compile(rb"\.(?:mp3|m4a|mp4a|aac|ogg|oga|opus|wav|flac|amr|3gp)\b", re.IGNORECASE)
_BEFORE_NAME = re.compile(rb"[\"'/\\\\<>=]")
_LONGEST_NAME = 255
_CHUNK = 1 << 20


def base(path: str) -> str:
    """The last part of *path* as names are compared: NFC, without case."""
    return unicodedata.normalize("NFC", path.replace("\\", "/").rsplit("/", 1)[-1]).casefold()


def stamp_ms(name: str) -> int | None:
    """The UTC time in the name of a sound."""
    match = _STAMP.search(name)
    if match is None:
        return None
    *parts, millis = (int(part or 0) for part in match.groups())
    year, month, day, hour, minute, second = parts
    try:
        return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()) * 1000 + millis
    except ValueError:
        return None


def folder(path: str) -> str:
    """The folder in which *path* lies, by its own name."""
    return base(path.rpartition("/")[0])


class Pairing:
    """The sounds of one archive. Those that some row names wait for that row; the others are free, and go to a row
    without a sound of its own if the stamp in their name is close to its time."""

    def __init__(self, sounds: Sequence[Entry], records: Iterable[Entry]) -> None:
        self._by_name: dict[str, list[Entry]] = {}
        for entry in sounds:
            self._by_name.setdefault(base(entry.path), []).append(entry)
        named = set().union(*map(_names_in, records)) if sounds else set()
        free = (entry for name, entries in self._by_name.items() if name not in named for entry in entries)
        stamped = [(stamp, entry) for entry in free if (stamp := stamp_ms(entry.path)) is not None]
        self._free = sorted(stamped, key=lambda item: item[0])

    def of(self, names: Sequence[str], beside: str, at_ms: int, *, said: bool) -> tuple[Recording, ...]:
        """The recordings of a row that names *names*, in the file *beside* which they should lie."""
        if names:
            return tuple(self._named(name, beside, at_ms) for name in names)
        entry = self._near(at_ms) if said else None
        return (Recording(entry.path.rsplit("/", 1)[-1], entry),) if entry else ()

    def _named(self, name: str, beside: str, at_ms: int) -> Recording:
        alike = self._by_name.get(base(name), [])
        own = (entry for entry in alike if folder(entry.path) == folder(beside))
        entry = next(own, alike[0] if alike else None) or self._near(stamp_ms(name) or at_ms)
        return Recording(unicodedata.normalize("NFC", name), entry)

    def _near(self, at_ms: int) -> Entry | None:
        """The free sound closest to *at_ms*, which is free no longer."""
        first = bisect.bisect_left(self._free, at_ms - _EARLIER_MS, key=lambda item: item[0])
        last = bisect.bisect_right(self._free, at_ms + _LATER_MS, key=lambda item: item[0])
        if first == last:
            return None
        closest = min(range(first, last), key=lambda place: abs(self._free[place][0] - at_ms))
        return self._free.pop(closest)[1]


def _names_in(entry: Entry) -> set[str]:
    """The names of sounds that stand in a file, wherever in it."""
    names: set[str] = set()
    held = b""
    try:
        with entry.open() as stream:
            while chunk := stream.read(_CHUNK):
                held = held[-_LONGEST_NAME:] + chunk
                for ending in _ENDING.finditer(held):
                    before = held[max(0, ending.start() - _LONGEST_NAME) : ending.end()]
                    names.add(base(unquote(_BEFORE_NAME.split(before)[-1].decode("utf-8", "replace"))))
    except Problem:  # reading the rows comes upon the same and tells it
        return names
    return names
