"""Which sound belongs to which row."""

from __future__ import annotations

import unicodedata

import pytest

from tests.providers.google.takeouts import (
    ASSISTANT,
    MP3,
    NAME,
    as_json,
    entries,
    html_takeout,
    page,
    parcel,
    result,
    said,
    said_cell,
    takeout,
)

DATE = "Mar 14, 2024, 3:10:00 PM UTC"


def test_a_sound_is_found_whatever_its_folder_form_or_case() -> None:
    name = "2024-03-14_15_10_00_250_UTC-é.mp3"
    row = said("hello", audioFiles=[f"Assistant/{unicodedata.normalize('NFD', name)}"])

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.json": as_json(row), f"{ASSISTANT}/{name.upper()}": MP3}))

    assert entries(read) == [f"{ASSISTANT}/{name.upper()}"]


def test_several_fragments_are_several_recordings() -> None:
    names = [NAME, NAME.replace("250", "900")]
    files = {f"{ASSISTANT}/{name}": MP3 for name in names}

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("a", audioFiles=names)), **files}))

    assert entries(read) == [f"{ASSISTANT}/{name}" for name in names]


def test_a_sound_that_no_row_names_goes_to_the_row_of_its_time() -> None:
    rows = as_json(
        said("third", "2024-03-14T15:10:09Z", audioFiles=["2024-03-14_15_10_09_000_UTC.mp3"]),
        said("second", "2024-03-14T15:10:00Z"),
        said("first", "2024-03-14T15:00:00Z"),
    )
    late, named, far = (
        f"{ASSISTANT}/2024-03-14_{stamp}_UTC.mp3" for stamp in ("15_10_02_900", "15_10_09_000", "14_00_00_000")
    )

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.json": rows, late: MP3, named: MP3, far: MP3}))

    assert [[r.entry.path for r in item.recordings if r.entry] for item in read.interactions] == [[named], [late], []]


def test_a_sound_whose_ending_differs_is_found_by_its_stamp() -> None:
    other = f"{ASSISTANT}/2024-03-14_15_10_00_250_UTC-what is pepperoni.m4a"

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("a", audioFiles=[NAME])), other: MP3}))

    assert entries(read) == [other]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="{}">audio</a>',
        '<audio controls><source src="Assistant/{}"></audio>',
        '<audio src="./{}">No player.</audio>',
    ],
)
def test_a_page_names_its_sounds_anywhere_in_the_cell(link: str) -> None:
    row = said_cell("hello", DATE, right=link.format(NAME))
    files = {f"{ASSISTANT}/MyActivity.html": page(row), f"{ASSISTANT}/{NAME}": MP3}

    read = result(parcel("t.zip", files))

    assert entries(read) == [f"{ASSISTANT}/{NAME}"]
    assert len(read.interactions[0].turns) == 1


def test_a_search_for_a_song_is_no_sound() -> None:
    (item,) = html_takeout(said_cell("play song.mp3", DATE)).interactions

    assert item.recordings == ()


def test_sounds_that_were_not_asked_for_leave_the_archive_complete() -> None:
    read = takeout(said("hello", audioFiles=[NAME]))

    assert entries(read) == [None]
    assert read.told.coverage.complete


def test_one_sound_missing_among_others_leaves_the_rows_whole() -> None:
    rows = as_json(
        said("a", audioFiles=[NAME]), said("b", "2024-03-15T15:10:00Z", audioFiles=["2024-03-15_15_10_00_000_UTC.mp3"])
    )

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.json": rows, f"{ASSISTANT}/{NAME}": MP3}))

    assert read.told.coverage.complete
    assert [bool(row.recordings[0].entry) for row in read.interactions] == [True, False]
