"""The fewest steps at a vendor that cover what is marked: whole days where everything is marked, else one by one.

Pure: what else the library knows is asked through `Known`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Protocol

from app.model import day_start_ms, local_day
from app.providers.provider import Part


@dataclass(frozen=True, slots=True)
class Marked:
    """An interaction that is to go."""

    id: int
    at_ms: int


class Known(Protocol):
    """How many interactions of every kind are known of a device (or vendor), since included, until excluded."""

    def __call__(self, since_ms: int, until_ms: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the plan, and the interactions it covers, oldest first."""

    part: Part
    covers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    since_ms: int
    until_ms: int
    marked: tuple[Marked, ...]

    @classmethod
    def of(cls, day: date, marked: Sequence[Marked]) -> _Day:
        return cls(day_start_ms(day), day_start_ms(day + timedelta(days=1)), tuple(marked))


def steps_of(device: str, marked: Sequence[Marked], known: Known) -> tuple[list[Step], list[Step]]:
    """The "range" steps and the "single" steps that together cover *marked*, all of *device*, in the order of time.

    A range holds whole local days and nothing that is known and not marked; days without any record may lie inside.
    """
    ranges: list[Step] = []
    singles: list[Step] = []
    for run, whole in _runs(_days(marked), known):
        if whole:
            ranges.append(range_step(device, run))
        else:
            singles.extend(single_step(device, day.marked) for day in run)
    return ranges, singles


def singles_of(device: str, marked: Sequence[Marked]) -> list[Step]:
    """A "single" step for every day of *marked*."""
    return [single_step(device, day.marked) for day in _days(marked)]


def single_step(device: str, marked: Sequence[Marked]) -> Step:
    moments = tuple(one.at_ms for one in marked)
    return Step(Part("single", device, moments[0], moments[-1], moments), tuple(one.id for one in marked))


def range_step(device: str, days: Sequence[_Day]) -> Step:
    marked = [one for day in days for one in day.marked]
    moments = tuple(one.at_ms for one in marked)
    part = Part("range", device, days[0].since_ms, days[-1].until_ms - 1, moments)
    return Step(part, tuple(one.id for one in marked))


def _days(marked: Sequence[Marked]) -> list[_Day]:
    ordered = sorted(marked, key=lambda one: (one.at_ms, one.id))
    return [_Day.of(day, list(ones)) for day, ones in groupby(ordered, key=lambda one: local_day(one.at_ms))]


def _runs(days: Sequence[_Day], known: Known) -> Iterator[tuple[list[_Day], bool]]:
    """*days* cut where something unmarked is known, each run with whether everything in it is marked."""
    run: list[_Day] = []
    for day in days:
        whole = known(day.since_ms, day.until_ms) == len(day.marked)
        if run and not (whole and _nothing_between(run[-1], day, known)):
            yield run, True
            run = []
        if whole:
            run.append(day)
        else:
            yield [day], False
    if run:
        yield run, True


def _nothing_between(earlier: _Day, later: _Day, known: Known) -> bool:
    return earlier.until_ms == later.since_ms or known(earlier.until_ms, later.since_ms) == 0
