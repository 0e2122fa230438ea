"""What the columns of a table say: told by the names in its header and by what stands in its first rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.model import Column, Layout, UnsureTable
from app.providers.tables.table import Table
from app.providers.tables.times import is_clock, is_day, is_time
from app.providers.tables.values import (
    has_words,
    is_nothing,
    is_record_key,
    is_serial,
    is_utterance_id,
    is_uuid,
    names_sound,
)
from app.providers.tables.words import holds, plain, words

Recall = Callable[[str], Layout | None]
"""The layout that a parent once gave for tables with a fingerprint."""

NAMED, MAYBE, MENTIONED = 3, 2, 1
"""How well a header names what its column says: surely, perhaps, or only among other words."""
_ROWS_SHOWN = 5
_NEARLY_ALL, _MANY = 0.8, 0.5
_SHORTEST_MENTION = 4

# In this order they choose their column: what can be told by its values first.
_ORDER = (
    Column.KEY,
    Column.SOUND,
    Column.TIME,
    Column.REQUEST,
    Column.RESPONSE,
    Column.SERIAL,
    Column.DEVICE,
    Column.PERSON,
    Column.ACCOUNT,
    Column.SKILL,
    Column.LABEL,
)
_DECIDING = (Column.TIME, Column.REQUEST, Column.SOUND)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table say. *sure*: no parent has to be asked. *named*: the header surely names a column of
    what was said. *spoken*: it is a table of something spoken, as far as its columns tell. *remembered*: a parent said
    so."""

    layout: Layout
    places: Mapping[Column, tuple[int, ...]]
    sure: bool
    named: bool = False
    spoken: bool = False
    remembered: bool = False

    def __contains__(self, column: Column) -> bool:
        return column in self.places


def tell(table: Table, recall: Recall) -> Columns:
    """What the columns of *table* say, as a parent once said it or as far as it can be told."""
    remembered = recall(table.fingerprint)
    if remembered is not None:
        return _columns(table, _places_of(table, remembered), sure=True, spoken=True, remembered=True)
    return _Telling(table).told()


def unsure(table: Table, columns: Columns) -> UnsureTable:
    """*table* as a parent is asked about it."""
    return UnsureTable(table.entry.path, table.header, table.sample[:_ROWS_SHOWN], columns.layout)


def month_first(header: Sequence[str]) -> bool:
    """Whether the month stands first in the numbers of a date, as far as the language of *header* tells."""
    known = words().languages
    languages = Counter(known[name] for name in map(plain, header) if name in known)
    return not languages or languages.most_common(1)[0][0] == "en"


def _places_of(table: Table, layout: Layout) -> dict[Column, tuple[int, ...]]:
    places: dict[Column, tuple[int, ...]] = {}
    by_name = {name.casefold(): place for place, name in enumerate(table.header)}
    for name, column in layout.columns:
        if (place := by_name.get(name.casefold())) is not None:
            places[column] = (*places.get(column, ()), place)
    return places


def _columns(
    table: Table,
    places: Mapping[Column, tuple[int, ...]],
    *,
    sure: bool,
    named: bool = False,
    spoken: bool = False,
    remembered: bool = False,
) -> Columns:
    named_columns = sorted((place, column) for column, held in places.items() for place in held)
    layout = Layout(table.fingerprint, tuple((table.header[place], column) for place, column in named_columns))
    return Columns(layout, places, sure, named, spoken, remembered)


class _Telling:
    """Tells the columns of one table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._values = [
            [row[place] for row in table.sample if not is_nothing(row[place])] for place in range(len(table.header))
        ]
        self._grades = [self._graded(place, name) for place, name in enumerate(table.header)]
        self._places: dict[Column, tuple[int, ...]] = {}
        self._contested = False

    def told(self) -> Columns:
        best: dict[Column, int] = {}
        for column in _ORDER:
            best[column] = self._choose(column)
        self._join_clock()
        has_key = any(self._share(place, is_record_key) >= _NEARLY_ALL for place in self._places.get(Column.KEY, ()))
        has_time = has_key or Column.TIME in self._places
        has_speech = Column.REQUEST in self._places or Column.SOUND in self._places
        named = best[Column.REQUEST] == NAMED
        sure = has_time and has_speech and not self._contested
        if Column.REQUEST not in self._places and not sure:
            self._guess_request()
        spoken = named or Column.SOUND in self._places or has_key
        return _columns(self._table, self._places, sure=sure, named=named, spoken=spoken)

    def _choose(self, column: Column) -> int:
        """Give *column* its place; how well that is named."""
        graded = [(grades.get(column, 0), place) for place, grades in enumerate(self._grades) if not self._taken(place)]
        best = max((grade for grade, _ in graded), default=0)
        if not best:
            return 0
        places = [place for grade, place in graded if grade == best]
        if column is not Column.KEY:
            self._contested = self._contested or (column in _DECIDING and len(places) > 1)
            places = places[:1]
        self._places[column] = tuple(places)
        return best

    def _taken(self, place: int) -> bool:
        return any(place in places for places in self._places.values())

    def _join_clock(self) -> None:
        """A column of days takes the one of the times of day along."""
        days = self._places.get(Column.TIME, ())
        if not days or not self._values[days[0]] or self._share(days[0], is_day) < 1:
            return
        clocks = [
            place
            for place in range(len(self._values))
            if not self._taken(place) and self._share(place, is_clock) >= _NEARLY_ALL and self._values[place]
        ]
        if len(clocks) == 1:
            self._places[Column.TIME] = (*days, *clocks)

    def _guess_request(self) -> None:
        """The wordiest column that says nothing else."""
        free = [place for place in range(len(self._values)) if not self._taken(place)]
        wordy = [place for place in free if self._share(place, has_words) >= _MANY]
        if wordy:
            self._places[Column.REQUEST] = (max(wordy, key=lambda place: sum(map(len, self._values[place]))),)

    def _graded(self, place: int, name: str) -> dict[Column, int]:
        """What a column can say, with how well its header names that."""
        grades = dict(_named(plain(name)))
        if self._values[place]:
            if self._share(place, _is_key) >= _NEARLY_ALL:
                return {Column.KEY: NAMED}
            if self._share(place, names_sound) >= _NEARLY_ALL:
                return {Column.SOUND: max(MAYBE, grades.get(Column.SOUND, 0))}
            if self._share(place, _is_full_time) >= _NEARLY_ALL:
                grades.setdefault(Column.TIME, MENTIONED)
        return {column: grade for column, grade in grades.items() if self._fits(place, column)}

    def _fits(self, place: int, column: Column) -> bool:
        """Whether what stands in a column could be *column*; an empty one is what its header says."""
        if not self._values[place]:
            return True
        if column is Column.TIME:
            return self._share(place, is_time) >= _NEARLY_ALL
        if self._share(place, is_time) >= _NEARLY_ALL:
            return False
        if column is Column.SOUND:
            return self._share(place, lambda text: is_uuid(text) or is_utterance_id(text)) >= _NEARLY_ALL
        if column is Column.KEY:
            return self._share(place, is_uuid) >= _NEARLY_ALL
        if column in (Column.REQUEST, Column.RESPONSE):
            return self._share(place, has_words) >= _MANY
        if column is Column.SERIAL:
            return self._share(place, lambda text: is_serial(text) or " " not in text) >= _NEARLY_ALL
        return True

    def _share(self, place: int, looks: Callable[[str], bool]) -> float:
        values = self._values[place]
        return sum(map(looks, values)) / len(values) if values else 0.0


def _named(name: str) -> Iterator[tuple[Column, int]]:
    """What a header, written plainly, names."""
    known = words().columns
    for column, strength in known.get(name, {}).items():
        yield column, strength + 1
    if name not in known:
        mentioned = [
            column
            for synonym, columns in known.items()
            if len(synonym) >= _SHORTEST_MENTION and holds(name, (synonym,))
            for column in columns
        ]
        yield from dict.fromkeys((column, MENTIONED) for column in mentioned)


def _is_key(text: str) -> bool:
    return is_record_key(text) or is_utterance_id(text)


def _is_full_time(text: str) -> bool:
    return not text.isdecimal() and is_time(text) and not is_day(text)
