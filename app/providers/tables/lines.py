"""The rows of a table in any form, as text, before anything is known of their columns."""

from __future__ import annotations

from dataclasses import dataclass, field

LONGEST_LINE = 1 << 20
MOST_COLUMNS = 500

DAMAGED_ROW = "damaged-row"
DAMAGED_FILE = "damaged-file"
TOO_LONG = "This row is longer than any that somebody said."
NEVER_CLOSED = "A quotation mark in this row is never closed, so the row could not be read."
CUT_SHORT = "The file is damaged: what stands before the damage was read."


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its *number* in the file, counted from 1, and its *cells*, tidied."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row (None: the rest of the file) could not be read."""

    number: int | None
    code: str
    sentence: str
