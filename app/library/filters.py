"""From a filter to the statement that finds its interactions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Set
from dataclasses import dataclass, field, replace

from app.library.codes import DECISION_CODE, KIND_CODE
from app.model import Filter, Kind

FEW = 8
"""So many numbers are compared one by one, which is quicker than looking each row's up in a list."""

SELDOM = 4
"""Decisions lead to their interactions where they are fewer than one in so many; else the index of all is walked."""

Value = int | str


@dataclass(slots=True)
class Found:
    """A statement that selects the numbers of interactions, and the values it is run with."""

    tables: str
    conditions: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)

    def where(self, condition: str, *values: Value) -> None:
        self.conditions.append(condition)
        self.values += values

    @property
    def _body(self) -> str:
        return f"FROM {self.tables} WHERE {' AND '.join(self.conditions) or 'TRUE'}"

    @property
    def ids(self) -> str:
        """Newest first."""
        return f"SELECT i.id {self._body} ORDER BY i.at_ms DESC, i.id DESC"

    @property
    def unordered(self) -> str:
        return f"SELECT i.id {self._body}"

    @property
    def outline(self) -> str:
        """Number, time, device and whether somebody said it; oldest first."""
        said = f"i.kind <> {KIND_CODE[Kind.ACTIVITY]}"
        return f"SELECT i.id, i.at_ms, i.device, {said} {self._body} ORDER BY i.at_ms, i.id"

    @property
    def by_account(self) -> str:
        return f"SELECT i.account, count(*) AS number {self._body} GROUP BY 1"

    @property
    def by_voice(self) -> str:
        """How many of each account, device and person, and when the first and the last of them was."""
        times = "count(*), min(i.at_ms), max(i.at_ms)"
        return f"SELECT i.account, i.device, i.person, {times} {self._body} GROUP BY 1, 2, 3"

    @property
    def number(self) -> str:
        return f"SELECT count(*) {self._body}"


def found(connection: sqlite3.Connection, wanted: Filter) -> Found:
    """The statement for *wanted*."""
    words = words_query(wanted.words)
    if None in wanted.decisions and _nothing_decided(connection):
        wanted = replace(wanted, decisions=frozenset())  # all of it is undecided, and need not be looked up
    query = Found(_way(connection, wanted, words))
    if words:
        query.where("said MATCH ?", words)
    if wanted.ids:
        query.where("i.id IN (SELECT value FROM json_each(?))", json.dumps(sorted(wanted.ids)))
    _narrow_by_time(query, wanted)
    _narrow_by_voice(connection, query, wanted)
    _narrow_by_record(connection, query, wanted)
    if wanted.decisions:
        codes = {DECISION_CODE[decision] for decision in wanted.decisions if decision is not None}
        undecided = " OR d.decision IS NULL" if None in wanted.decisions else ""
        query.where(f"({_among('d.decision', codes)}{undecided})")
    return query


def _way(connection: sqlite3.Connection, wanted: Filter, words: str) -> str:
    """The tables, in the order in which they are walked: the narrowest first, else all in the order of time."""
    if words:
        way = "said CROSS JOIN interaction i ON i.id = said.rowid"
    elif wanted.ids:
        way = "interaction i"
    elif wanted.decisions and None not in wanted.decisions and _decided_seldom(connection):
        return "decision d CROSS JOIN interaction i ON i.id = d.interaction"
    else:
        # All that is narrow lies in this index, so that the rows themselves are not touched.
        way = "interaction i INDEXED BY interaction_by_time"
    return f"{way} LEFT JOIN decision d ON d.interaction = i.id" if wanted.decisions else way


def _nothing_decided(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM decision LIMIT 1").fetchone() is None


def _decided_seldom(connection: sqlite3.Connection) -> bool:
    (decided,) = connection.execute("SELECT count(*) FROM decision").fetchone()
    (last,) = connection.execute("SELECT max(id) FROM interaction").fetchone()
    return bool(decided * SELDOM < (last or 0))


def _narrow_by_time(query: Found, wanted: Filter) -> None:
    if wanted.since_ms is not None:
        query.where("i.at_ms >= ?", wanted.since_ms)
    if wanted.until_ms is not None:
        query.where("i.at_ms < ?", wanted.until_ms)
    if wanted.hours is not None:
        first, end = wanted.hours
        query.where(f"(i.hour >= ? {'AND' if first < end else 'OR'} i.hour < ?)", first, end)


def _narrow_by_voice(connection: sqlite3.Connection, query: Found, wanted: Filter) -> None:
    if wanted.people:
        query.where(_among("i.person", wanted.people))
    if wanted.devices:
        query.where(_among("i.device", wanted.devices))
    if wanted.children:
        query.where(childs(connection))


def childs(connection: sqlite3.Connection) -> str:
    """The children's rule as a condition on interaction *i*: the person is a child; or there is no person of known
    standing, and the device is a child's."""
    people = {id for (id,) in connection.execute("SELECT id FROM person WHERE standing = 'child'")}
    devices = {id for (id,) in connection.execute("SELECT id FROM device WHERE standing = 'child'")}
    known = {id for (id,) in connection.execute("SELECT id FROM person WHERE standing <> 'unknown'")}
    by_device = f"{_among('i.device', devices)} AND NOT {_among('i.person', known)}"
    return f"({_among('i.person', people)} OR ({by_device}))"


def _narrow_by_record(connection: sqlite3.Connection, query: Found, wanted: Filter) -> None:
    if wanted.kinds and len(wanted.kinds) < len(KIND_CODE):
        query.where(_among("i.kind", {KIND_CODE[kind] for kind in wanted.kinds}))
    for column, names, listed in (
        ("i.account", wanted.providers, "SELECT id FROM account WHERE provider IN (SELECT value FROM json_each(?))"),
        ("i.skill", wanted.skills, "SELECT id FROM skill WHERE name IN (SELECT value FROM json_each(?))"),
    ):
        if names:
            rows = connection.execute(listed, (json.dumps(sorted(names)),)).fetchall()
            query.where(_among(column, {id for (id,) in rows}))
    if wanted.with_sound is not None:
        query.where("i.recordings > 0" if wanted.with_sound else "i.recordings = 0")
    if wanted.accidental is not None:
        query.where("i.accidental = ?", int(wanted.accidental))


def _among(column: str, numbers: Set[int]) -> str:
    """The condition that *column* is one of *numbers*, which are ours and therefore safe to write out."""
    if len(numbers) > FEW:
        return f"{column} IN (SELECT value FROM json_each('{json.dumps(sorted(numbers))}'))"
    return f"({' OR '.join(f'{column} = {int(number)}' for number in sorted(numbers)) or 'FALSE'})"


def words_query(words: str) -> str:
    """*words* for the full-text index: each as it is, all of them, the last one possibly a beginning; "" for none."""
    quoted = ['"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split() if _has_letter(word)]
    return " ".join(quoted) + "*" if quoted else ""


def _has_letter(word: str) -> bool:
    return any(character.isalnum() for character in word)
