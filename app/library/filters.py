"""From a filter to the statement that finds its interactions."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

from app.library.codes import DECISION_CODE, KIND_CODE
from app.model import Filter

CHILDS = """(
    i.person IN (SELECT id FROM person WHERE standing = 'child')
    OR (
        i.device IN (SELECT id FROM device WHERE standing = 'child')
        AND (i.person = 0 OR i.person IN (SELECT id FROM person WHERE standing = 'unknown'))
    )
)"""
"""The children's rule: the person is a child; or no person of known standing is there and the device is a child's."""

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

    def among(self, column: str, ids: frozenset[int]) -> None:
        self.where(f"{column} IN (SELECT value FROM json_each(?))", json.dumps(sorted(ids)))

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
    def number(self) -> str:
        return f"SELECT count(*) {self._body}"


def found(connection: sqlite3.Connection, wanted: Filter) -> Found:
    """The statement for *wanted*."""
    words = words_query(wanted.words)
    # All that is narrow lies in the index, in the order of time; only words and single numbers lead elsewhere.
    scan = "interaction i INDEXED BY interaction_by_time"
    query = Found("interaction i" if words or wanted.ids else scan)
    _narrow_by_time(query, wanted)
    _narrow_by_voice(query, wanted)
    _narrow_by_record(connection, query, wanted)
    if wanted.decisions:
        _narrow_by_decision(query, wanted)
    if wanted.ids:
        query.among("i.id", wanted.ids)
    if words:
        query.where("i.id IN (SELECT rowid FROM said WHERE said MATCH ?)", words)
    return query


def _narrow_by_time(query: Found, wanted: Filter) -> None:
    if wanted.since_ms is not None:
        query.where("i.at_ms >= ?", wanted.since_ms)
    if wanted.until_ms is not None:
        query.where("i.at_ms < ?", wanted.until_ms)
    if wanted.hours is not None:
        first, end = wanted.hours
        query.where(f"(i.hour >= ? {'AND' if first < end else 'OR'} i.hour < ?)", first, end)


def _narrow_by_voice(query: Found, wanted: Filter) -> None:
    if wanted.people:
        query.among("i.person", wanted.people)
    if wanted.devices:
        query.among("i.device", wanted.devices)
    if wanted.children:
        query.where(CHILDS)


def _narrow_by_record(connection: sqlite3.Connection, query: Found, wanted: Filter) -> None:
    if wanted.kinds and len(wanted.kinds) < len(KIND_CODE):
        query.among("i.kind", frozenset(KIND_CODE[kind] for kind in wanted.kinds))
    for column, names, listed in (
        ("i.account", wanted.providers, "SELECT id FROM account WHERE provider IN (SELECT value FROM json_each(?))"),
        ("i.skill", wanted.skills, "SELECT id FROM skill WHERE name IN (SELECT value FROM json_each(?))"),
    ):
        if names:
            rows = connection.execute(listed, (json.dumps(sorted(names)),)).fetchall()
            query.among(column, frozenset(id for (id,) in rows))
    if wanted.with_sound is not None:
        query.where("i.recordings > 0" if wanted.with_sound else "i.recordings = 0")
    if wanted.accidental is not None:
        query.where("i.accidental = ?", int(wanted.accidental))


def _narrow_by_decision(query: Found, wanted: Filter) -> None:
    codes = frozenset(DECISION_CODE[decision] for decision in wanted.decisions if decision is not None)
    listed = "SELECT interaction FROM decision WHERE decision IN (SELECT value FROM json_each(?))"
    if None in wanted.decisions:
        others = frozenset(DECISION_CODE.values()) - codes
        query.where(f"i.id NOT IN ({listed})", json.dumps(sorted(others)))
    else:
        query.where(f"i.id IN ({listed})", json.dumps(sorted(codes)))


def words_query(words: str) -> str:
    """*words* for the full-text index: each as it is, all of them, the last one possibly a beginning; "" for none."""
    quoted = ['"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split() if _has_letter(word)]
    return " ".join(quoted) + "*" if quoted else ""


def _has_letter(word: str) -> bool:
    return any(character.isalnum() for character in word)
