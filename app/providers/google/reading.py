"""Reading a Takeout: its rows become interactions, in the order of its files."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Generator, Iterator

from app.model import Coverage, Entry, Export, Interaction, Issue, Kind, Moment, Problem, Role, Sort, Told, Turn
from app.providers.google.discovery import Shape, missing_parts, shape_of
from app.providers.google.html_rows import html_rows
from app.providers.google.index import Index, is_index, read_index
from app.providers.google.json_rows import json_rows
from app.providers.google.products import ASSISTANT, NAMES, family, plain
from app.providers.google.rows import Damage, Row, one_line
from app.providers.google.sounds import Pairing, base, folder
from app.providers.google.speech import Learnt, Meaning, commonest_verb, meaning

_LOOSE = re.compile(r"[^\w.]+")


def identity(product: str, at: Moment, words: str, repeat: int) -> str:
    """The same in JSON and HTML, which knows no fractions of a second. *repeat* counts alike rows from 1."""
    parts = ("google", product, str(at.ms // 1000), plain(words), str(repeat))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def read(export: Export) -> Generator[Interaction | Issue, None, Told]:
    """What *export* holds, and at the end what it said about itself."""
    indexes = [read_index(entry) for entry in export.others if is_index(entry)]
    reading = _Reading(export, indexes)
    for entry in sorted(export.records, key=lambda entry: entry.sort is Sort.HTML):
        yield from reading.file(entry)
    return reading.told()


class _Reading:
    """What is known across the files of one Takeout while they are read."""

    def __init__(self, export: Export, indexes: list[Index]) -> None:
        self._export = export
        self._indexes = indexes
        self._account = next((index.account for index in indexes if index.account), "")
        self._pairing = Pairing(export.sounds, export.records)
        self._activities: Counter[str] = Counter()
        self._counted: set[str] = set()
        self._shelves: set[str] = set()
        self._damaged_rows = 0
        self._cut_off: list[str] = []

    def file(self, entry: Entry) -> Iterator[Interaction | Issue]:
        """The rows of one file; those whose verb only the rest of the file explains come last."""
        if entry.size == 0 or entry.sort is Sort.EMPTY:
            yield self._issue(entry, Damage(None, "damaged-file", "The file is empty."))
            return
        shape = shape_of(entry) or Shape((), family(folder(entry.path)) or ASSISTANT)
        self._shelves.add(NAMES[shape.family or ASSISTANT])
        rows = _Rows(self, entry, shape)
        try:
            with entry.open() as stream:
                as_html = entry.sort is Sort.HTML or entry.path.lower().endswith((".html", ".htm"))
                for row in (html_rows if as_html else json_rows)(stream, shape.means):
                    yield from self._row(entry, row, rows)
        except Problem as problem:
            yield self._issue(entry, Damage(None, "damaged-file", problem.message))
        yield from rows.rest()

    def _row(self, entry: Entry, row: Row | Damage, rows: _Rows) -> Iterator[Interaction | Issue]:
        if isinstance(row, Damage):
            yield self._issue(entry, row)
            return
        if row.too_deep:
            deep = "A part of this row is nested too deeply, or is too large, to be read."
            yield self._issue(entry, Damage(row.number, "too-deep", deep))
        if row.at is None:
            yield self._issue(entry, Damage(row.number, "impossible-time", "The time of this row cannot be."))
            return
        yield from rows.take(row, row.at)

    def _issue(self, entry: Entry, damage: Damage) -> Issue:
        if damage.row is None:
            self._cut_off.append(entry.path.rsplit("/", 1)[-1])
        else:
            self._damaged_rows += 1
        return Issue(entry.path, damage.row, damage.code, damage.message)

    def interaction(self, entry: Entry, row: Row, at: Moment, means: Meaning, *, product: str, key: str) -> Interaction:
        """*row* as what it means, with its sounds."""
        self._shelves.add(NAMES[product])
        if not means.said and key not in self._counted:
            self._counted.add(key)
            self._activities[means.label] += 1
        return Interaction(
            identity=key,
            account=self._account,
            at=at,
            kind=Kind.SAID if means.said else Kind.ACTIVITY,
            turns=_turns(row, means),
            recordings=self._pairing.of(row.sounds, entry.path, at.ms, said=means.said),
            label=means.label,
            shelf=NAMES[product],
            raw=row.raw,
        )

    def told(self) -> Told:
        made = next((index.made for index in self._indexes if index.made), None)
        why = " ".join(self._whys())
        return Told(
            accounts=(self._account,) if self._account else (),
            made=made,
            coverage=Coverage(None, made.ms if made else None, not why, why),
            shelves=frozenset(self._shelves),
            activities=dict(self._activities),
        )

    def _whys(self) -> Iterator[str]:
        """Why this Takeout is not whole, in a parent's words."""
        numbers = list(map(str, missing_parts(self._export.name)))
        if numbers:
            parts = f"Part {numbers[0]}" if len(numbers) == 1 else f"Parts {', '.join(numbers)}"
            yield f"{parts} of this Takeout {'is' if len(numbers) == 1 else 'are'} missing."
        absent = self._absent()
        if absent:
            yield f"{_counted(absent, 'file')} in Google's own list of this Takeout but not here."
        for name in self._cut_off:
            yield f"{name} could not be read to its end."
        if self._damaged_rows:
            yield f"{_counted(self._damaged_rows, 'row')} not readable."

    def _absent(self) -> int:
        entries = (*self._export.records, *self._export.sounds, *self._export.others)
        here = {(_loose(folder(entry.path)), _loose(base(entry.path))) for entry in entries}
        listed = {(_loose(place), _loose(name)) for index in self._indexes for place, name in index.files}
        return len(listed - here)


class _Rows:
    """The rows of one file on their way to interactions."""

    def __init__(self, reading: _Reading, entry: Entry, shape: Shape) -> None:
        self._reading = reading
        self._entry = entry
        self._shape = shape
        self._learnt = Learnt()
        self._alike: Counter[str] = Counter()
        self._waiting: list[tuple[Row, Moment, str]] = []

    def take(self, row: Row, at: Moment) -> Iterator[Interaction]:
        """*row* as an interaction, unless it has to wait for the rest of the file."""
        product = self._shape.means(row.product)
        if product is None:  # another product's row among the assistant's: done, not said
            name = one_line(row.product) or one_line(row.title)
            yield self._made(row, at, Meaning(False, one_line(row.title), name), self._shape.family or ASSISTANT)
            return
        means = meaning(row, product)
        if means is None:
            self._waiting.append((row, at, product))
            return
        if row.query:
            self._learnt.note(means)
        yield self._made(row, at, means, product)

    def rest(self) -> Iterator[Interaction]:
        """The rows that waited."""
        commonest = commonest_verb(row.title for row, _, _ in self._waiting)
        for row, at, product in self._waiting:
            yield self._made(row, at, self._learnt.meaning(row, product, commonest), product)

    def _made(self, row: Row, at: Moment, means: Meaning, product: str) -> Interaction:
        first = identity(product, at, means.words, 1)
        self._alike[first] += 1
        repeat = self._alike[first]
        key = first if repeat == 1 else identity(product, at, means.words, repeat)
        return self._reading.interaction(self._entry, row, at, means, product=product, key=key)


def _turns(row: Row, means: Meaning) -> tuple[Turn, ...]:
    """What was said first, then the answers, then the vendor's remarks. A row that has no words of the household keeps
    its title as a remark."""
    if means.said and means.words:
        opening = Turn(Role.REQUEST, means.words, "title")
    else:
        opening = Turn(Role.NOTE, one_line(row.title), "title")
    answers = (Turn(Role.RESPONSE, text, "response") for text in row.responses)
    return (opening, *answers, *(Turn(Role.NOTE, text, "subtitle") for text in row.notes))


def _counted(number: int, what: str) -> str:
    return f"{number} {what} is" if number == 1 else f"{number:,} {what}s are"


def _loose(name: str) -> str:
    """*name* without the signs that an archive may replace."""
    return _LOOSE.sub("_", plain(name))
