"""What went wrong in the world, in words a parent can act on."""

from __future__ import annotations

from dataclasses import dataclass


class Problem(Exception):
    """Something outside the program that stops what was asked.

    The message is the sentence shown to the parent; *advice* says what they can do about it.
    """

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing in a file that could not be read as it should; the rest of the file still counts.

    *path* is the name inside the archive, *row* counts from 1 (None: the whole file), *code* is a stable short
    name ("damaged-row", "damaged-file", "impossible-time", …), *message* the sentence for the parent. None of
    them holds words that somebody said.
    """

    path: str
    row: int | None
    code: str
    message: str
