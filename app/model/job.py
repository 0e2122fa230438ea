"""Long work as a generator: it yields where it may safely stop, and returns its result."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come: *done* of *total* (0: not known yet), and what it is doing, in a parent's words."""

    done: int
    total: int = 0
    doing: str = ""


Job = Generator[Progress, None, T]
"""Cancel with ``close()``: the job leaves everything as it was at its last safe point."""


def finish(job: Job[T]) -> T:
    """The result of *job*, run to its end here and now."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: T = end.value
            return result
