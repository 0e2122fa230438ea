"""Finding the Takeouts among what was dropped: which files are an assistant's, and which parts belong together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.model import Entry, Export, Parcel, Problem, Sort
from app.providers.google.html_rows import MARK, products_in, sounds_in
from app.providers.google.index import Index, is_index, read_index
from app.providers.google.products import (
    ASSISTANT,
    GEMINI,
    family,
    is_my_activity,
    is_other,
    names_activity,
    plain,
)
from app.providers.google.sounds import base

HEAD = 64 << 10
_FURTHER = 1 << 20
_HEADER = re.compile(r'(?<!\\)"header"\s*:\s*("(?:[^"\\]|\\.)*")')
_PRODUCT = re.compile(r'(?<!\\)"products"\s*:\s*\[\s*("(?:[^"\\]|\\.)*")')
_STAMP = re.compile(r"takeout-\d{8}T\d{6}Z", re.IGNORECASE)
_PART = re.compile(r"(.+?)-(\d{3})(?:\s*\(\d+\))?(?:\.\w{2,4})?\Z")
_SERIES = re.compile(r"(.+), parts ([\d, ]+)\Z")


@dataclass(frozen=True, slots=True)
class Shape:
    """An activity file: the products it names, and the assistant's product that it belongs to, if it does."""

    headers: tuple[str, ...]
    family: str | None

    def means(self, product: str) -> str | None:
        """The assistant's product that *product* means in this file. A name that we don't know is taken for the
        file's own if it is the one with which the file begins."""
        known = family(product)
        if known or is_other(product):
            return known
        return self.family if not product or (self.headers and plain(product) == plain(self.headers[0])) else None


def shape_of(entry: Entry) -> Shape | None:
    """What kind of activity *entry* is; None if it is none."""
    head = entry.head()
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace").lstrip(
        "\ufeff \r\n\t"
    )
    folder = entry.path.rpartition("/")[0].rpartition("/")[2]
    if text.startswith("["):
        headers = tuple(map(_unquoted, _HEADER.findall(text) or _PRODUCT.findall(text)))
        is_activity = bool(headers) and '"title"' in text and '"time"' in text
        has_sounds = '"audioFiles"' in text
    elif text.startswith("<"):
        cells = _cells_of(entry, head)
        headers = tuple(products_in(cells))
        is_activity = bool(headers)
        has_sounds = bool(sounds_in(cells))
    else:
        return None
    return Shape(headers, _family(headers, folder, text, has_sounds=has_sounds)) if is_activity else None


def _unquoted(literal: str) -> str:
    try:
        return str(json.loads(literal))
    except ValueError:
        return literal


def _cells_of(entry: Entry, head: bytes) -> bytes:
    """The beginning of a page, far enough to hold a row: a long style sheet stands before the first."""
    if MARK not in head and entry.size > HEAD:
        try:
            with entry.open() as stream:
                head = stream.read(_FURTHER)
        except Problem:
            return b""
    return head[head.find(MARK) :] if MARK in head else b""


def _family(headers: Sequence[str], folder: str, text: str, *, has_sounds: bool) -> str | None:
    known = next(filter(None, map(family, headers)), None) or family(folder)
    if known or is_other(headers[0]):
        return known
    if '"safeHtmlItem"' in text or "https://gemini.google.com/app/" in text:
        return GEMINI
    return ASSISTANT if has_sounds else None


@dataclass(slots=True, eq=False)
class _Group:
    """The parcels of one Takeout."""

    parcels: list[Parcel] = field(default_factory=list)
    indexes: list[tuple[Entry, Index]] = field(default_factory=list)
    records: list[Entry] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def take(self, other: _Group) -> None:
        self.parcels += other.parcels
        self.indexes += other.indexes
        self.records += other.records
        self.keys |= other.keys


def exports_in(drop: Sequence[Parcel]) -> Iterator[Export]:
    """Every Takeout of *drop*, and every single file of one."""
    loose = [parcel for parcel in drop if is_loose(parcel)]
    groups = _grouped(_group(part) for parcel in drop if not is_loose(parcel) for part in _apart(parcel))
    folders = frozenset(name for group in groups for _, index in group.indexes for name in index.folders)
    parts = _with_stray_sounds([(group, *_claimed(group, folders)) for group in groups])
    for group, sounds, others in parts:
        named_activity = any(index.folders for _, index in group.indexes)
        if group.records or sounds or named_activity:
            pages = tuple(entry for entry, _ in group.indexes)
            yield Export("google", "takeout", _name(group), tuple(group.records), sounds, (*pages, *others))
    yield from _loose_exports(loose)


def is_loose(parcel: Parcel) -> bool:
    """Whether *parcel* is one file that was dropped by itself."""
    return len(parcel.entries) == 1 and parcel.entries[0].path == parcel.name


def _apart(parcel: Parcel) -> list[Parcel]:
    """*parcel*, or, if it is a folder into which several Takeouts or parts were unpacked, each of them."""
    indexed = {entry.path.rpartition("/")[0] for entry in parcel.entries if is_index(entry)}
    roots: dict[str, list[Entry]] = {}
    for entry in parcel.entries:
        roots.setdefault(_root(entry.path, indexed), []).append(entry)
    both_indexed = len(indexed) > 1
    if len(roots) == 1 or (len(roots) == 2 and "" in roots and not both_indexed):
        return [parcel]
    return [Parcel(f"{parcel.name}/{root}" if root else parcel.name, tuple(those)) for root, those in roots.items()]


def _root(path: str, indexed: set[str]) -> str:
    """The folder of the Takeout in which *path* lies: it is called so, or there is an index in it."""
    folders = path.split("/")[:-1]
    above = ["/".join(folders[:depth]) for depth in range(1, len(folders) + 1)]
    called_so = (root for root, name in zip(above, folders, strict=True) if name.casefold().startswith("takeout"))
    return next(called_so, next((root for root in reversed(above) if root in indexed), ""))


def _group(parcel: Parcel) -> _Group:
    indexes = [(entry, read_index(entry)) for entry in parcel.entries if is_index(entry)]
    pages = {id(entry) for entry, _ in indexes}
    records = [entry for entry in parcel.entries if id(entry) not in pages and _is_assistants(entry)]
    keys = {index.archive for _, index in indexes if index.archive}
    name = _basename(parcel.name)
    stamp, part = _STAMP.match(name), _PART.match(name)
    if stamp or part:
        keys.add(stamp[0].lower() if stamp else part[1] if part else "")
    return _Group([parcel], indexes, records, keys)


def _is_assistants(entry: Entry) -> bool:
    if entry.sort not in (Sort.JSON, Sort.HTML):
        return False
    shape = shape_of(entry)
    return shape is not None and shape.family is not None


def _grouped(groups: Iterable[_Group]) -> list[_Group]:
    """Groups that share a stem or an index, made one."""
    apart: list[_Group] = []
    for group in groups:
        for other in [other for other in apart if other.keys & group.keys]:
            apart.remove(other)
            other.take(group)
            group = other
        apart.append(group)
    return apart


_Claim = tuple[_Group, tuple[Entry, ...], tuple[Entry, ...]]


def _with_stray_sounds(claims: list[_Claim]) -> list[_Claim]:
    """A part that holds nothing but sounds ("Takeout 2") joins the only Takeout that was dropped with it."""
    with_rows = [claim for claim in claims if claim[0].records]
    if len(with_rows) != 1:
        return claims
    strays = [claim for claim in claims if claim[1] and not (claim[0].records or claim[0].keys)]
    group, sounds, others = with_rows[0]
    for stray, its_sounds, its_others in strays:
        group.parcels += stray.parcels
        sounds, others = (*sounds, *its_sounds), (*others, *its_others)
    rest = [claim for claim in claims if claim not in strays]
    return [(group, sounds, others) if claim[0] is group else claim for claim in rest]


def _claimed(group: _Group, folders: frozenset[str]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The sounds and the other files that lie in the assistants' folders; records that only their place betrays (an
    empty or a damaged one) are added to the group's."""
    at_home = _homes(group, folders)
    known = {id(entry) for entry in group.records} | {id(entry) for entry, _ in group.indexes}
    sounds: dict[tuple[str, int], Entry] = {}
    others: list[Entry] = []
    for parcel in group.parcels:
        for entry in parcel.entries:
            if id(entry) in known or not at_home(parcel, entry):
                continue
            if entry.sort is Sort.SOUND:
                if sounds.setdefault(("/".join(_place(entry)) + base(entry.path), entry.size), entry) is not entry:
                    others.append(entry)  # the same part, dropped twice
            elif entry.path.lower().endswith((".json", ".html", ".htm")) and names_activity(
                base(entry.path), _around(entry)
            ):
                group.records.append(entry)
            else:
                others.append(entry)
    return tuple(sounds.values()), tuple(others)


def _place(entry: Entry) -> tuple[str, ...]:
    """The names of the two folders in which *entry* lies."""
    return tuple(map(plain, entry.path.split("/")[:-1][-2:]))


def _around(entry: Entry) -> str:
    """The folder around the one in which *entry* lies."""
    place = _place(entry)
    return place[0] if len(place) == 2 else ""


def _homes(group: _Group, folders: frozenset[str]) -> Callable[[Parcel, Entry], bool]:
    """Whether a file lies in a folder of an assistant's product."""
    records = {id(entry) for entry in group.records}
    places = [(parcel, _place(entry)) for parcel in group.parcels for entry in parcel.entries if id(entry) in records]
    shared = {place for _, place in places if len(place) == 2}
    own = {(id(parcel), place) for parcel, place in places}
    around = {place[0] for place in shared} | set(map(plain, folders))

    def at_home(parcel: Parcel, entry: Entry) -> bool:
        place = _place(entry)
        if place in shared or (id(parcel), place) in own:
            return True
        if not place or not family(place[-1]):
            return False
        parent = place[0] if len(place) == 2 else plain(parcel.name)
        return parent in around or is_my_activity(parent)

    return at_home


def _basename(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _name(group: _Group) -> str:
    """The name of its only parcel; of several, one that says which parts there are (`missing_parts` reads it)."""
    names = sorted(parcel.name for parcel in group.parcels)
    if len(names) == 1:
        return names[0]
    parts = [_PART.match(_basename(name)) for name in names]
    stems = {part[1] if part else "" for part in parts}
    if len(stems) == 1 and "" not in stems:
        return f"{stems.pop()}, parts {', '.join(sorted({part[2] for part in parts if part}))}"
    return f"{names[0]} and {len(names) - 1} more"


def missing_parts(name: str) -> list[int]:
    """The numbers that lack in the series of a Takeout's parts, as far as the *name* of its export tells."""
    alone = _PART.match(_basename(name))
    series = _SERIES.match(name)
    if series:
        there = set(map(int, series[2].split(",")))
    elif alone and _STAMP.match(_basename(name)):
        there = {int(alone[2])}
    else:
        return []
    return sorted(set(range(1, max(there))) - there)


def _loose_exports(loose: Sequence[Parcel]) -> Iterator[Export]:
    """Each single file of activity; an index and sounds that were dropped beside the only one belong to it."""
    entries = [parcel.entries[0] for parcel in loose]
    pages = [entry for entry in entries if is_index(entry) and read_index(entry).folders]
    records = [entry for entry in entries if entry not in pages and _is_assistants(entry)]
    alone = len(records) == 1
    sounds = tuple(entry for entry in entries if entry.sort is Sort.SOUND) if alone else ()
    for entry in records:
        yield Export("google", "takeout file", entry.path, (entry,), sounds, tuple(pages) if alone else ())
