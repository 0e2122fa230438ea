"""The practice vendors forget what they were asked to, except where they lie."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.practice import Practice, practice

NOW = 1_790_000_000_000
DAY = 86_400_000
LATER, LATEST = NOW + DAY, NOW + 8 * DAY


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return practice(tmp_path_factory.mktemp("practice"), now_ms=NOW)


@pytest.fixture(scope="module")
def asked(household: Practice) -> list[tuple[str, int]]:
    """Everything that the children said."""
    return [(said.key[0], said.at_ms) for said in household.people.said(NOW) if said.who.key in {"emma", "ben"}]


def records(paths: Sequence[Path]) -> dict[tuple[str, int], dict[str, Any]]:
    """The records of all *paths*, by vendor and second."""
    har = json.loads(paths[0].read_text(encoding="utf-8"))
    pages = [json.loads(entry["response"]["content"]["text"]) for entry in har["log"]["entries"][1:]]
    rows = [
        row
        for page in pages
        for name in ("customerHistoryRecords", "alexaHistoryRecords")
        for row in page.get(name, ())
    ]
    found = {("alexa", row["timestamp"] // 1000): row for row in rows}
    with zipfile.ZipFile(paths[1]) as part:
        activity = json.loads(part.read("Takeout/My Activity/Assistant/MyActivity.json"))
    return found | {("google", second(row["time"])): row for row in activity if row["title"] != "Used Assistant"}


def second(time: str) -> int:
    return int(datetime.fromisoformat(time).timestamp())


def keys(asked: Sequence[tuple[str, int]]) -> set[tuple[str, int]]:
    return {(provider, at_ms // 1000) for provider, at_ms in asked}


def test_the_first_archives_hold_everything(household: Practice) -> None:
    found = records(household.first(NOW))

    assert found.keys() == {said.key for said in household.people.said(NOW)}


def test_the_later_ones_hold_what_was_not_asked_and_the_lies(household: Practice, asked: list[tuple[str, int]]) -> None:
    found = records(household.later(asked, LATER))

    lies = household.lies(asked)
    everything = {said.key for said in household.people.said(LATER)}
    assert found.keys() == everything - keys(asked) | lies.untouched | lies.half_kept
    assert len(lies.untouched) == 2
    assert len(lies.half_kept) > 50


def test_alexa_keeps_some_answers_without_the_words(household: Practice, asked: list[tuple[str, int]]) -> None:
    found = records(household.later(asked, LATER))

    kept = [found[key] for key in household.lies(asked).half_kept if key[0] == "alexa"]
    assert kept
    for record in kept:
        texts = {item["recordItemType"]: item["transcriptText"] for item in record["voiceHistoryRecordItems"]}
        assert "CUSTOMER_TRANSCRIPT" not in texts
        assert texts["ALEXA_RESPONSE"]


def test_google_keeps_some_words_without_the_sound(household: Practice, asked: list[tuple[str, int]]) -> None:
    found = records(household.later(asked, LATER))

    kept = [found[key] for key in household.lies(asked).half_kept if key[0] == "google"]
    assert kept
    for record in kept:
        assert record["title"].startswith("Said ")
        assert "audioFiles" not in record


def test_something_comes_back_in_the_latest(household: Practice, asked: list[tuple[str, int]]) -> None:
    later, latest = records(household.later(asked, LATER)), records(household.latest(asked, LATEST))

    came_back = household.lies(asked).came_back
    assert {provider for provider, _ in came_back} == {"alexa", "google"}
    assert not came_back & later.keys()
    assert came_back <= latest.keys()


def test_the_second_part_of_the_latest_takeout_is_missing(household: Practice, asked: list[tuple[str, int]]) -> None:
    later, latest = household.later(asked, LATER), household.latest(asked, LATEST)

    assert [path.name[-8:] for path in later] == ["tory.har", "-001.zip", "-002.zip"]
    assert [path.name[-8:] for path in latest] == ["tory.har", "-001.zip"]


def test_no_two_recordings_are_alike(household: Practice) -> None:
    with zipfile.ZipFile(household.first(NOW)[2]) as part:
        sounds = [part.read(name) for name in part.namelist()]

    assert len(sounds) > 500
    assert len(set(sounds)) == len(sounds)
