"""The fewest steps at a vendor that cover what is marked: whole days where nothing is kept, else one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.model import day_start_ms, local_day
from app.providers.provider import Part


@dataclass(frozen=True, slots=True)
class Marked:
    """An interaction that is to go."""

    id: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the plan, and the interactions it covers, oldest first."""

    part: Part
    covers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    since_ms: int
    until_ms: int
    marked: list[Marked]


def steps_of(device: str, marked: Sequence[Marked], kept_ms: Sequence[int]) -> tuple[list[Step], list[Step]]:
    """The "range" steps and the "single" steps that together cover *marked*, all of *device*, in the order of time.

    A range holds whole local days and none of the moments *kept_ms* (in order); days without a record may lie inside.
    """
    ranges: list[Step] = []
    singles: list[Step] = []
    for run, whole in _runs(_days(marked), kept_ms):
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
    days: list[_Day] = []
    ones: list[Marked] = []
    until_ms = 0
    for one in sorted(marked, key=lambda one: (one.at_ms, one.id)):
        if ones and one.at_ms < until_ms:
            ones.append(one)
            continue
        # The calendar is asked once a day: of 100,000 marked ones it would take seconds.
        day = local_day(one.at_ms)
        ones, until_ms = [one], day_start_ms(day + timedelta(days=1))
        days.append(_Day(day_start_ms(day), until_ms, ones))
    return days


def _runs(days: Sequence[_Day], kept_ms: Sequence[int]) -> Iterator[tuple[list[_Day], bool]]:
    """*days* cut where something is kept, each run with whether a range may take the whole of it."""
    run: list[_Day] = []
    for day in days:
        whole = _nothing_in(kept_ms, day.since_ms, day.until_ms)
        if run and not (whole and _nothing_in(kept_ms, run[-1].until_ms, day.since_ms)):
            yield run, True
            run = []
        if whole:
            run.append(day)
        else:
            yield [day], False
    if run:
        yield run, True


def _nothing_in(kept_ms: Sequence[int], since_ms: int, until_ms: int) -> bool:
    place = bisect_left(kept_ms, since_ms)
    return place == len(kept_ms) or kept_ms[place] >= until_ms
