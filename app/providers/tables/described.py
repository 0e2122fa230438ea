"""A table described without a word of what stands in it, so that a family can ask the project about it."""

from __future__ import annotations

from app.model import Entry, Issue, Problem
from app.providers.tables.table import Table, table_in
from app.providers.tables.values import has_words
from app.providers.tables.words import plain, words

_LONGEST_NAME = 40
_MOST_DIGITS = 3
_FORMS = {",": "separator ,", ";": "separator ;", "\t": "separator tab", "|": "separator |", "": "a sheet or a list"}


def described(entry: Entry) -> str:
    """How many columns and rows the table in *entry* has, and what its columns are called: "3 columns: Date, Text,
    column 3; 12 rows; separator ;". No value of it, and no name that might be one. "" if it holds no table."""
    try:
        table = table_in(entry)
    except Problem:
        return ""
    if table is None:
        return ""
    trusted = _is_surely_header(table)
    names = ", ".join(_shown(name, number, trusted=trusted) for number, name in enumerate(table.header, 1))
    number = sum(not isinstance(line, Issue) for line in table.lines())
    rows = "1 row" if number == 1 else f"{number:,} rows"
    return f"{len(table.header):,} columns: {names}; {rows}; {_FORMS[table.separator]}"


def _is_surely_header(table: Table) -> bool:
    """Whether the first row surely is none of the others: it names what we know, or stands above numbers and times."""
    if any(plain(name) in words().columns for name in table.header):
        return True
    columns = zip(*table.sample, strict=True)
    return any(any(column) and not any(map(has_words, column)) for column in columns)


def _shown(name: str, number: int, *, trusted: bool) -> str:
    harmless = len(name) <= _LONGEST_NAME and "@" not in name and sum(map(str.isdecimal, name)) <= _MOST_DIGITS
    return name if trusted and harmless and any(map(str.isalpha, name)) else f"column {number}"
