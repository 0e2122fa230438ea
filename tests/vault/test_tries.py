"""Wrong passphrases slow the next try down, and nothing locks a parent out for long."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.vault.tries import FREE, LONGEST_S, Tries
from tests.vault.making import Clock


def tries_in(folder: Path, clock: Clock, wrong: int = 0) -> Tries:
    tries = Tries(folder / "tries.json", clock)
    for _ in range(wrong):
        tries.note_wrong()
    return tries


def test_a_few_mistakes_cost_nothing(tmp_path: Path) -> None:
    tries = tries_in(tmp_path, Clock(), wrong=FREE - 1)

    assert tries.wait_s() == 0


def test_each_further_mistake_costs_twice_as_long_up_to_a_minute(tmp_path: Path) -> None:
    tries = tries_in(tmp_path, Clock(), wrong=FREE - 1)
    pauses = []

    for _ in range(9):
        tries.note_wrong()
        pauses.append(tries.wait_s())

    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_S, LONGEST_S, LONGEST_S]


def test_a_million_mistakes_do_not_cost_more(tmp_path: Path) -> None:
    (tmp_path / "tries.json").write_text('{"wrong": 1000000, "last_s": 1790000000.0}')

    pause = tries_in(tmp_path, Clock()).wait_s()

    assert pause == LONGEST_S


def test_the_pause_goes_by(tmp_path: Path) -> None:
    clock = Clock()
    tries = tries_in(tmp_path, clock, wrong=FREE + 3)

    clock.now_s += 5
    first = tries.wait_s()
    clock.now_s += 5
    later = tries.wait_s()

    assert (first, later) == (3, 0)


def test_a_restart_does_not_shorten_the_pause(tmp_path: Path) -> None:
    clock = Clock()
    tries_in(tmp_path, clock, wrong=FREE + 3)

    pause = tries_in(tmp_path, clock).wait_s()

    assert pause == 8


def test_a_clock_put_back_by_years_delays_for_one_pause_only(tmp_path: Path) -> None:
    clock = Clock()
    tries = tries_in(tmp_path, clock, wrong=FREE + 20)

    clock.now_s -= 4 * 365 * 24 * 3600
    at_once = tries.wait_s()
    clock.now_s += LONGEST_S / 2
    halfway = tries_in(tmp_path, clock).wait_s()
    clock.now_s += LONGEST_S / 2
    after = tries_in(tmp_path, clock).wait_s()

    assert (at_once, halfway, after) == (LONGEST_S, LONGEST_S / 2, 0)


def test_what_was_right_clears_the_count(tmp_path: Path) -> None:
    clock = Clock()
    tries = tries_in(tmp_path, clock, wrong=FREE + 5)

    tries.clear()
    tries.clear()
    tries.note_wrong()

    assert tries.wait_s() == 0


@pytest.mark.parametrize(
    "meddled",
    [
        "",
        "{}",
        "[]",
        "no",
        '{"wrong": "many", "last_s": 0}',
        '{"wrong": 1e999, "last_s": 0}',
        '{"wrong": 9, "last_s": NaN}',
        '{"wrong": 9, "last_s": 1e999}',
        "[" * 100_000,
    ],
    ids=lambda text: text[:30],
)
def test_a_count_that_somebody_meddled_with_delays_for_one_pause_only(tmp_path: Path, meddled: str) -> None:
    clock = Clock()
    (tmp_path / "tries.json").write_text(meddled)

    at_once = tries_in(tmp_path, clock).wait_s()
    clock.now_s += LONGEST_S
    after = tries_in(tmp_path, clock).wait_s()

    assert 0 < at_once <= LONGEST_S
    assert after == 0
