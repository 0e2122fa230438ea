"""Alexa's files are known by what they hold, whatever they are called."""

from __future__ import annotations

import json

import pytest

from app.model import Export, Parcel, clock_words, day_words
from app.providers.alexa import Alexa
from app.providers.provider import Part
from tests.providers.alexa.pages import (
    KIDS,
    KITCHEN,
    T0,
    activity,
    dumped,
    exports,
    heard,
    key,
    page,
    rah_page,
    said,
    utterance,
)
from tests.providers.memory import Held, Locked, parcel, read

WAV = b"RIFF\x24\0\0\0WAVE"
UUID = "0b3d1fa0-0000-4000-8000-0123456789ab"
SHAPES = {
    "a page": dumped(page([said()])),
    "a page with a byte order mark": b"\xef\xbb\xbf" + dumped(page([said()])),
    "a page in UTF-16": json.dumps(page([said()])).encode("utf-16"),
    "an indented page": json.dumps(page([said()]), indent=4).encode(),
    "a page of the newer list": dumped(rah_page([utterance()])),
    "old activities": dumped({"activities": [activity()], "startDate": T0, "endDate": T0}),
    "a list of pages": dumped([page([said()], "t1"), page([said(ms=T0 + 1)])]),
    "pages line by line": dumped(page([said()], "t1")) + b"\n" + dumped(page([said(ms=T0 + 1)])),
    "records line by line": dumped(said()) + b"\n" + dumped(said(ms=T0 + 1)) + b"\n",
    "a list of records": dumped([said(), said(ms=T0 + 1)]),
    "a record": dumped(said()),
    "a record without items": dumped({"activityKey": key(), "timestamp": T0}),
    "wrapped records": dumped([{"data": said(), "name": "Kitchen"}]),
    "a wrapped record": dumped({"data": said(), "name": "Kitchen"}),
    "a record inside a string": dumped([{"data": json.dumps(said()), "name": "Kitchen"}]),
    "a page under another name": dumped({"records": [said()], "nextRequestToken": None}),
    "a page inside something": dumped({"ok": True, "data": page([said()])}),
}
FOREIGN = {
    "nothing": b"",
    "an empty object": b"{}",
    "an empty list": b"[]",
    "words": b"customerHistoryRecords",
    "a broken file": b'{"a": [',
    "another vendor's": dumped([{"header": "Assistant", "title": "Said hi", "time": "2020-01-01T00:00:00Z"}]),
    "cards": dumped({"cards": [{"id": key(), "cardType": "TextCard", "activityStatus": "x"}]}),
    "activities of something else": dumped({"activities": [{"id": 1, "name": "run"}], "total": 1}),
    "a page of the site": b"<html>customerHistoryRecords</html>",
}


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
def test_a_file_is_known_by_its_content(data: bytes) -> None:
    found = heard({"no name at all": data})

    assert found.interactions[0].identity == key()
    assert found.issues == []
    assert found.told.accounts == (key().split("#")[0],)


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_alexas_is_left_alone(data: bytes) -> None:
    assert exports({"customer-history-records.json": data}) == ()


@pytest.mark.parametrize(
    "empty",
    [page([]), page(None), rah_page([]), {"activities": [], "startDate": T0, "endDate": T0}, {"conversationTurns": []}],
)
def test_an_empty_page_is_known_too(empty: object) -> None:
    found = heard(dumped(empty))

    assert found.interactions == []
    assert found.issues == []


def test_a_file_that_cannot_be_opened_is_nobodys() -> None:
    data = dumped({"log": {"entries": []}})

    assert Alexa().recognise([Parcel("x", (Locked("x.har", data),))]) == ()


def test_the_raw_record_is_the_text_of_the_file() -> None:
    text = json.dumps(said("sing “über” 😀"), ensure_ascii=False, indent=1)

    for data in (text, f'{{"customerHistoryRecords":[{text}]}}', f"[{text}]", f"{text}\n{text}"):
        assert heard(data.encode()).interactions[0].raw == text.encode()


def test_loose_pages_of_one_account_are_one_source() -> None:
    drop = [parcel({"a": dumped(page([said()], "t"))}, "a"), parcel({"b": dumped(page([said(ms=T0 + 1)]))}, "b")]

    (export,) = Alexa().recognise(drop)

    assert (export.kind, export.name, len(export.records)) == ("listing", "a and 1 more", 2)


def test_pages_of_two_accounts_are_two_sources() -> None:
    mine, other = dumped(page([said()])), dumped(page([said(recordKey=key(account="A9OTHER"))]))

    found = exports({"a": mine, "b": other})

    assert [len(export.records) for export in found] == [1, 1]
    assert [read(Alexa(), export).told.accounts for export in found] == [(key().split("#")[0],), ("A9OTHER",)]


@pytest.mark.parametrize(
    ("sound", "matches"),
    [
        (f"audio/{T0}.wav", True),
        (f"{UUID}.wav", True),
        (f"A1_1.0_2023_11_14_22_G0_13_20__TNIH_2V.{UUID.upper()}LPM_0.wav", True),
        (key().replace("#", "_") + ".wav", True),
        (key(serial=KIDS).replace("#", "-") + ".wav", False),
        (f"{T0 + 1}.wav", False),
    ],
)
def test_a_recording_is_joined_by_the_time_or_the_utterance_in_its_name(sound: str, matches: bool) -> None:
    files = {"page.json": dumped({"activities": [activity()]}), sound: WAV}

    (export,) = exports(files)
    (interaction,) = read(Alexa(), export).interactions

    assert [entry.path for entry in export.sounds] == [sound]
    assert [each.entry.path for each in interaction.recordings if each.entry] == ([sound] if matches else [])


def test_every_fragment_of_an_utterance_is_joined() -> None:
    record = said()
    record["voiceHistoryRecordItems"][0]["utteranceId"] = f"A1:1.0/2023/11/14/22/{KITCHEN}/13:20::TNIH_2V.{UUID}ZXV/1"
    files = {"page.json": dumped(page([record, said(ms=T0 + 9)])), f"{UUID}-0.wav": WAV, f"{UUID}-1.wav": WAV}

    first, second = heard(files).interactions

    assert [each.name for each in first.recordings] == [f"{UUID}-0.wav", f"{UUID}-1.wav"]
    assert second.recordings == ()


def test_a_sound_beside_the_pages_is_counted_even_if_no_record_names_it() -> None:
    (export,) = exports({"pages/1.json": dumped(page([said()])), "pages/unknown.wav": b"RIFF"})

    assert [entry.path for entry in export.sounds] == ["pages/unknown.wav"]


def test_sounds_of_others_are_left_alone() -> None:
    (export,) = exports({"pages/1.json": dumped(page([said()])), "Assistant/2018-02-02_02_05_07_765_UTC.mp3": b"ID3"})

    assert export.sounds == ()


def test_a_record_of_another_device_at_the_same_moment_does_not_take_the_named_ones_sound() -> None:
    files = {"p": dumped(page([said(), said(serial=KIDS)])), key(serial=KIDS).replace("#", "_") + ".wav": WAV}

    kitchen, kids = heard(files).interactions

    assert (len(kitchen.recordings), len(kids.recordings)) == (0, 1)


def test_reading_again_gives_the_same() -> None:
    export = Export("alexa", "listing", "x", (Held("a", dumped(page([said(), said(ms=T0 + 1)]))),))

    assert read(Alexa(), export) == read(Alexa(), export)


def test_the_words_for_a_range_name_the_device_and_the_days() -> None:
    part = Part("range", "Kids Room", T0, T0 + 3 * 86_400_000, ())

    words = Alexa().words(part)

    assert "Kids Room" in words
    assert f"{day_words(part.first_ms)} to {day_words(part.last_ms)}" in words


def test_the_words_for_single_records_name_every_moment() -> None:
    part = Part("single", "", T0, T0 + 61_000, (T0 + 61_000, T0))

    words = Alexa().words(part)

    assert clock_words(T0) in words
    assert clock_words(T0 + 61_000) in words
