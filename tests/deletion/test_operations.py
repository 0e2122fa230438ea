"""Whole days where everything is marked, one by one where not; never anything known along with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.deletion.operations import Marked, Step, steps_of
from app.model import day_start_ms, local_day

FIRST = date(2026, 3, 1)
HOUR = 3_600_000


def at(day: int, hour: int = 12) -> int:
    return day_start_ms(FIRST + timedelta(days=day)) + hour * HOUR


class Records:
    """What is known of one device: some marked delete, some not."""

    def __init__(self, marked: Sequence[int], unmarked: Sequence[int] = ()) -> None:
        self.marked = [Marked(number, ms) for number, ms in enumerate(marked, start=1)]
        self.unmarked = sorted(unmarked)

    def steps(self) -> tuple[list[Step], list[Step]]:
        return steps_of("Kids Room", self.marked, self.unmarked)


def test_days_on_which_everything_is_marked_become_one_range_of_whole_days() -> None:
    ranges, singles = Records([at(0), at(1), at(1, 23), at(2, 0)]).steps()

    (only,) = ranges
    assert (only.part.kind, only.part.device) == ("range", "Kids Room")
    assert (only.part.first_ms, only.part.last_ms) == (at(0, 0), at(3, 0) - 1)
    assert only.covers == (1, 2, 3, 4)
    assert singles == []


def test_days_without_any_record_are_bridged() -> None:
    ranges, _ = Records([at(0), at(9)]).steps()

    assert [step.covers for step in ranges] == [(1, 2)]


def test_a_kept_record_on_a_day_between_cuts_the_range() -> None:
    ranges, singles = Records([at(0), at(9)], unmarked=[at(5)]).steps()

    assert [step.covers for step in ranges] == [(1,), (2,)]
    assert singles == []


def test_a_day_that_holds_something_kept_is_done_one_by_one() -> None:
    ranges, singles = Records([at(0), at(1), at(1, 13), at(2)], unmarked=[at(1, 20)]).steps()

    assert [step.covers for step in ranges] == [(1,), (4,)]
    assert [(step.part.kind, step.covers, step.part.moments_ms) for step in singles] == [
        ("single", (2, 3), (at(1), at(1, 13)))
    ]


def test_a_kept_record_of_the_next_midnight_is_not_in_the_day_before() -> None:
    ranges, singles = Records([at(0, 23)], unmarked=[at(1, 0)]).steps()

    assert [step.part.last_ms for step in ranges] == [at(1, 0) - 1]
    assert singles == []


def test_nothing_marked_needs_no_step() -> None:
    assert Records([], unmarked=[at(0)]).steps() == ([], [])


hours = st.lists(st.integers(0, 24 * 12), max_size=25)


@given(hours, hours)
def test_every_marked_record_is_covered_once_and_no_other_ever(marked: list[int], unmarked: list[int]) -> None:
    records = Records([at(0, hour) for hour in marked], [at(0, hour) for hour in unmarked])

    ranges, singles = records.steps()

    covered = [id for step in ranges + singles for id in step.covers]
    assert sorted(covered) == [one.id for one in records.marked]
    for step in ranges:
        assert not [ms for ms in records.unmarked if step.part.first_ms <= ms <= step.part.last_ms]
    for step in singles:
        assert len({local_day(ms) for ms in step.part.moments_ms}) == 1


@given(hours, hours)
def test_neighbouring_ranges_have_something_kept_between_them(marked: list[int], unmarked: list[int]) -> None:
    records = Records([at(0, hour) for hour in marked], [at(0, hour) for hour in unmarked])

    ranges, _ = records.steps()

    for earlier, later in pairwise(ranges):
        assert [ms for ms in records.unmarked if earlier.part.last_ms < ms < later.part.first_ms]
