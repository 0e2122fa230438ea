"""The practice household says what a household says, and always the same for one seed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from app.practice import Practice, Said, practice

NOW = 1_790_000_000_000
DAY = 86_400_000


def everything(said: Practice, until_ms: int = NOW) -> list[Said]:
    return said.people.said(until_ms)


def test_a_seed_always_gives_the_same_household(tmp_path: Path) -> None:
    one, same, other = (practice(tmp_path, now_ms=NOW, seed=seed) for seed in (4, 4, 5))

    assert everything(one) == everything(same)
    assert everything(one) != everything(other)


def test_it_talks_for_thirty_six_months_several_thousand_times(tmp_path: Path) -> None:
    said = everything(practice(tmp_path, now_ms=NOW))

    kinds = Counter(one.kind for one in said)
    assert 3_500 < kinds["alexa"] < 4_500
    assert 1_000 < kinds["google"] < 1_500
    assert kinds["conversations"] > 50
    assert 1_080 * DAY < said[-1].at_ms - said[0].at_ms < 1_097 * DAY


def test_two_children_two_adults_and_a_guest_speak(tmp_path: Path) -> None:
    speakers = Counter(one.who.key for one in everything(practice(tmp_path, now_ms=NOW)))

    assert set(speakers) == {"emma", "ben", "nora", "tom", "guest", "nobody"}
    assert min(speakers.values()) > 30


def test_a_child_asks_for_one_thing_hundreds_of_times(tmp_path: Path) -> None:
    wishes = Counter(one.turns[0][0] for one in everything(practice(tmp_path, now_ms=NOW)))

    assert wishes["play baby shark"] > 300


def test_no_vendor_hears_two_things_in_one_second(tmp_path: Path) -> None:
    said = everything(practice(tmp_path, now_ms=NOW))

    assert len({one.key for one in said}) == len(said)


def test_what_was_said_stays_said_as_time_goes_on(tmp_path: Path) -> None:
    household = practice(tmp_path, now_ms=NOW)

    before, after = everything(household), everything(household, NOW + 7 * DAY)

    assert after[: len(before)] == before
    assert len(after) > len(before)


def test_everything_said_to_google_has_a_clip(tmp_path: Path) -> None:
    silent = {
        one.turns[0][0] for one in everything(practice(tmp_path, now_ms=NOW)) if one.kind == "google" and not one.clip
    }

    assert not silent
