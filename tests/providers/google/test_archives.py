"""Takeouts as they come: in any language, in parts, unpacked, incomplete, damaged."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

import pytest

from app.model import Certainty, Issue, Kind, Parcel, Problem
from tests.providers.google.takeouts import (
    ASSISTANT,
    GEMINI,
    MP3,
    Held,
    Result,
    as_json,
    browser,
    cell,
    exports,
    html_takeout,
    loose,
    page,
    parcel,
    paths,
    prompted,
    read,
    result,
    said,
    said_cell,
    takeout,
)

DATE = "Mar 14, 2024, 3:10:00 PM UTC"
NAME = "2024-03-14_15_10_00_250_UTC.mp3"
STEM = "takeout-20240401T090000Z"


def codes(issues: list[Issue]) -> list[tuple[int | None, str]]:
    return [(issue.row, issue.code) for issue in issues]


def entries(read: Result) -> list[str | None]:
    recordings = [recording for item in read.interactions for recording in item.recordings]
    return [recording.entry.path if recording.entry else None for recording in recordings]


# Where the files lie


@pytest.mark.parametrize(
    "folder",
    [
        "Takeout/My Activity/Assistant",
        "Takeout/Mon activité/Assistant",
        unicodedata.normalize("NFD", "Takeout/Mon activité/Assistant"),
        "Takeout/Meine Aktivitäten/Google Assistant",
        "Takeout/マイ アクティビティ/アシスタント",
        "My Activity/Assistant",
        "Assistant",
        "Takeout (2)/elsewhere/Assistant",
    ],
)
@pytest.mark.parametrize("file", ["MyActivity", "MonActivité", "My Activity"])
def test_activity_is_found_in_any_folder_and_language(folder: str, file: str) -> None:
    as_rows = result(parcel("t.zip", {f"{folder}/{file}.json": as_json(said("hello"))}))
    as_page = result(parcel("t.zip", {f"{folder}/{file}.html": page(said_cell("hello", DATE))}))

    assert as_rows.requests == as_page.requests == ["hello"]


def test_a_page_with_a_long_style_sheet_is_found() -> None:
    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.html": page(said_cell("hello", DATE), style=30_000)}))

    assert read.requests == ["hello"]


def test_an_assistant_with_an_unknown_name_is_found_by_its_sounds() -> None:
    row = {**said("hei"), "header": "Avustaja", "products": ["Avustaja"], "audioFiles": [NAME]}

    read = result(parcel("t.zip", {"Takeout/Oma toiminta/Avustaja/Toiminta.json": as_json(row)}))

    assert read.requests == ["hei"]


@pytest.mark.parametrize(
    "product",
    ["Search", "YouTube", "Maps", "Assistant Notes and Lists", "Google Assistant SDK", "Gemini", "Gemini Apps Extra"],
)
def test_other_products_are_left_alone(product: str) -> None:
    row = {**said("x"), "header": product, "products": [product]}
    files = {
        f"Takeout/My Activity/{product}/MyActivity.json": as_json(row),
        f"Takeout/My Activity/{product}/MyActivity.html": page(said_cell("x", DATE, product=product)),
        f"Takeout/My Activity/{product}/clip.mp3": MP3,
    }

    assert exports(parcel("t.zip", files)) == ()


def test_only_the_assistants_files_of_a_takeout_are_claimed() -> None:
    search = {**said("x"), "header": "Search", "products": ["Search"]}
    files = {
        "Takeout/archive_browser.html": browser(),
        f"{ASSISTANT}/MyActivity.json": as_json(said("hello")),
        f"{ASSISTANT}/{NAME}": MP3,
        f"{GEMINI}/picture.png": b"\x89PNG",
        "Takeout/My Activity/Search/MyActivity.json": as_json(search),
        "Takeout/Mail/letter.html": b"<html>hello</html>",
        "Takeout/Drive/song.mp3": MP3,
        "Takeout/Drive/Assistant/song.mp3": MP3,
    }

    (export,) = exports(parcel("t.zip", files))

    assert paths(export.records) == [f"{ASSISTANT}/MyActivity.json"]
    assert paths(export.sounds) == [f"{ASSISTANT}/{NAME}"]
    assert paths(export.others) == ["Takeout/archive_browser.html", f"{GEMINI}/picture.png"]


def test_the_folder_named_by_the_index_makes_its_sounds_an_assistants() -> None:
    files = {"Takeout/index.html": browser(folder="Oma toiminta"), f"Takeout/Oma toiminta/Assistant/{NAME}": MP3}

    (export,) = exports(parcel("t.zip", files))

    assert paths(export.sounds) == [f"Takeout/Oma toiminta/Assistant/{NAME}"]


def test_a_takeout_in_which_nothing_is_left_is_still_recognised() -> None:
    emptied = parcel("t.zip", {"Takeout/archive_browser.html": browser(), f"{ASSISTANT}/MyActivity.json": b"[]"})

    read = result(emptied)

    assert (read.interactions, read.issues) == ([], [])
    assert read.told.coverage.complete


def test_a_single_file_is_an_export_of_its_own() -> None:
    first, second = exports(
        loose("MyActivity.json", as_json(said("hello"))),
        loose("MyActivity.html", page(cell(f"Prompted hi<br>{DATE}", "Gemini Apps"))),
    )

    assert (first.kind, first.name, second.kind) == ("takeout file", "MyActivity.json", "takeout file")
    assert read(first).requests + read(second).requests == ["hello", "hi"]
    assert read(first).told.made is None
    assert read(first).told.accounts == ()


def test_a_sound_dropped_beside_a_single_file_belongs_to_it() -> None:
    read = result(loose("MyActivity.json", as_json(said("hello", audioFiles=[NAME]))), loose(NAME, MP3))

    assert entries(read) == [NAME]


# Parts


def test_json_of_one_part_finds_its_sound_in_another() -> None:
    read = result(
        parcel(f"{STEM}-002.zip", {f"{ASSISTANT}/{NAME}": MP3}),
        parcel(f"{STEM}-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("hello", audioFiles=[NAME]))}),
    )

    assert entries(read) == [f"{ASSISTANT}/{NAME}"]
    assert read.told.coverage.complete


def test_an_unpacked_second_part_without_an_index_joins_the_only_takeout() -> None:
    read = result(
        parcel("Takeout", {f"{ASSISTANT}/MyActivity.json": as_json(said("hello", audioFiles=[NAME]))}),
        parcel("Takeout 2", {f"{ASSISTANT}/{NAME}": MP3}),
    )

    assert entries(read) == [f"{ASSISTANT}/{NAME}"]


def test_parts_with_the_same_index_are_one_takeout_whatever_their_names() -> None:
    index = {"Takeout/archive_browser.html": browser()}

    (export,) = exports(
        parcel("a.zip", {**index, f"{ASSISTANT}/MyActivity.json": as_json(said("hello"))}),
        parcel("folder", {**index, f"{GEMINI}/MyActivity.json": as_json(prompted("Prompted hi"))}),
    )

    assert read(export).requests == ["hello", "hi"]


def test_two_takeouts_dropped_together_are_two_exports() -> None:
    found = exports(
        parcel("takeout-20240101T000000Z-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("old"))}),
        parcel(f"{STEM}-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("new"))}),
        parcel(
            "mum",
            {"archive_browser.html": browser("mum@example.com"), "Assistant/MyActivity.json": as_json(said("mum"))},
        ),
    )

    assert [read(export).requests for export in found] == [["old"], ["new"], ["mum"]]


def test_two_takeouts_unpacked_into_one_folder_are_two_exports() -> None:
    files = {
        "old/archive_browser.html": browser(made="Jan 1, 2024, 9:00:00 AM UTC"),
        "old/My Activity/Assistant/MyActivity.json": as_json(said("old")),
        "Takeout/archive_browser.html": browser(),
        f"{ASSISTANT}/MyActivity.json": as_json(said("new")),
        f"{STEM}-002/{ASSISTANT}/MyActivity.json": as_json(said("part two")),
        f"{STEM}-001/{GEMINI}/MyActivity.json": as_json(prompted("Prompted part one")),
    }

    found = [read(export) for export in exports(parcel("Downloads", files))]

    assert sorted(sorted(map(str, result.requests)) for result in found) == [["new"], ["old"], ["part one", "part two"]]


def test_a_part_unpacked_beside_the_first_joins_it() -> None:
    files = {
        f"{ASSISTANT}/MyActivity.json": as_json(said("a", audioFiles=[NAME])),
        f"Takeout 2/My Activity/Assistant/{NAME}": MP3,
    }

    read = result(parcel("Downloads", files))

    assert entries(read) == [f"Takeout 2/My Activity/Assistant/{NAME}"]


def test_sounds_of_another_takeout_do_not_join() -> None:
    found = exports(
        parcel("takeout-20240101T000000Z-002.zip", {f"{ASSISTANT}/{NAME}": MP3}),
        parcel(f"{STEM}-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("a"))}),
    )

    assert [len(export.sounds) for export in found] == [1, 0]


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        (["001", "002"], ""),
        (["001", "003"], "Part 2 of this Takeout is missing."),
        (["002", "005"], "Parts 1, 3, 4 of this Takeout are missing."),
        (["002"], "Part 1 of this Takeout is missing."),
    ],
)
def test_a_missing_part_of_the_series_makes_it_incomplete(numbers: list[str], why: str) -> None:
    parts = [
        parcel(f"{STEM}-{number}.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said(number))}) for number in numbers
    ]

    told = result(*parts).told

    assert (told.coverage.complete, told.coverage.why) == (not why, why)


def test_the_same_part_dropped_twice_changes_nothing() -> None:
    files = {f"{ASSISTANT}/MyActivity.json": as_json(said("a", audioFiles=[NAME])), f"{ASSISTANT}/{NAME}": MP3}

    (export,) = exports(parcel(f"{STEM}-001.zip", files), parcel(f"{STEM}-001 (1).zip", files))

    assert len(export.sounds) == 1
    assert len(set(read(export).identities)) == 1


# Sounds


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


# What the archive says of itself


def test_the_index_tells_account_and_time() -> None:
    files = {
        "Takeout/Archiv_Übersicht.html": browser(
            "Parent.One@Example.com", "1. Apr. 2024, 11:00:00 MESZ", "Meine Aktivitäten"
        ),
        "Takeout/Meine Aktivitäten/Assistant/MeineAktivitäten.json": as_json(said("hallo", verb="Gesagt: ")),
    }

    read = result(parcel("t.zip", files))

    made = read.told.made
    assert made is not None
    assert (made.utc.isoformat(), made.certainty) == ("2024-04-01T09:00:00+00:00", Certainty.ZONE_NAME)
    assert read.told.accounts == ("parent.one@example.com",)
    assert read.interactions[0].account == "parent.one@example.com"
    assert (read.told.coverage.from_ms, read.told.coverage.to_ms) == (None, made.ms)


def test_an_index_of_another_layout_is_searched_for_an_address_and_a_time() -> None:
    index = (
        b"<html><head><style>a@b.css 2 May 2020, 10:00:00 UTC</style></head><p>Archive of <b>kid@example.org</b></p>"
        b"<span>Created on April 1, 2024 at 9:00:00 AM UTC for you</span></html>"
    )

    told = result(
        parcel("t.zip", {"archive_browser.html": index, f"{ASSISTANT}/MyActivity.json": as_json(said("a"))})
    ).told

    assert told.accounts == ("kid@example.org",)
    assert told.made is not None
    assert told.made.utc.isoformat() == "2024-04-01T09:00:00+00:00"


def test_the_name_of_a_zip_is_never_taken_for_its_time() -> None:
    told = result(parcel(f"{STEM}-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("a"))})).told

    assert told.made is None
    assert told.coverage.to_ms is None


@pytest.mark.parametrize(("listed", "complete"), [("MyActivity.json", True), (NAME, False)])
def test_a_file_that_the_index_lists_and_that_is_not_there_makes_it_incomplete(listed: str, complete: bool) -> None:
    index = browser(files=[("Assistant", "MyActivity.json"), ("Assistant", listed), ("Search", "MyActivity.json")])

    told = result(
        parcel("t.zip", {"archive_browser.html": index, f"{ASSISTANT}/MyActivity.json": as_json(said("a"))})
    ).told

    assert told.coverage.complete is complete


# Damage


def test_rows_that_are_no_records_are_issues_and_the_rest_counts() -> None:
    read = takeout(
        said("a"), 3, None, ["x"], {}, {**said("b"), "time": 5}, {**said("c"), "title": None, "audioFiles": {"a": 1}}
    )

    assert codes(read.issues) == [
        (2, "damaged-row"),
        (3, "damaged-row"),
        (4, "damaged-row"),
        (5, "impossible-time"),
        (6, "impossible-time"),
    ]
    assert [item.kind for item in read.interactions] == [Kind.SAID, Kind.ACTIVITY]
    assert not read.told.coverage.complete


@pytest.mark.parametrize("time", ["1969-12-31T23:59:59Z", "2009-06-01T00:00:00Z", "2150-01-01T00:00:00Z", "soon"])
def test_a_time_that_cannot_be_is_an_issue_that_repeats_no_words(time: str) -> None:
    read = takeout(said("secret", time))

    assert codes(read.issues) == [(1, "impossible-time")]
    assert read.interactions == []
    assert "secret" not in repr(read.issues)


def test_a_missing_zone_is_taken_for_utc_and_said_so() -> None:
    (item,) = takeout(said("a", "2024-03-14T15:10:00.250")).interactions

    assert (item.at.certainty, item.at.utc.hour) == (Certainty.ASSUMED, 15)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_does_no_harm(encoding: str) -> None:
    data = as_json(said("hello")).decode().encode(encoding)

    assert read(exports(loose("MyActivity.json", data))[0]).requests == ["hello"]


def test_what_stands_before_the_cut_of_a_truncated_file_is_kept() -> None:
    data = as_json(said("a"), said("b"))[:-40]

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.json": data}))

    assert read.requests == ["a"]
    assert codes(read.issues) == [(None, "damaged-file")]
    assert read.told.coverage.why == "MyActivity.json could not be read to its end."


def test_a_truncated_page_keeps_its_whole_rows() -> None:
    data = page(said_cell("a", DATE), said_cell("b", DATE))

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.html": data[:-400]}))

    assert read.requests == ["a"]
    assert codes(read.issues) == [(2, "damaged-row"), (None, "damaged-file")]


def test_a_page_cut_between_two_rows_is_not_complete() -> None:
    data = page(said_cell("a", DATE)).removesuffix(b"</div></body></html>")

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.html": data}))

    assert read.requests == ["a"]
    assert codes(read.issues) == [(None, "damaged-file")]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02 garbage", b"{"])
@pytest.mark.parametrize("ending", ["json", "html"])
def test_an_empty_or_damaged_file_in_its_place_is_told(data: bytes, ending: str) -> None:
    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.{ending}": data}))

    assert codes(read.issues) == [(None, "damaged-file")]
    assert not read.told.coverage.complete


@dataclass(frozen=True)
class Torn(Held):
    """A file whose packing is damaged behind its first 64 KiB."""

    def open(self) -> BinaryIO:
        raise Problem("The archive is damaged here.")


def test_a_file_that_cannot_be_opened_is_an_issue() -> None:
    read = result(Parcel("t.zip", (Torn(f"{ASSISTANT}/MyActivity.json", as_json(said("a"))),)))

    assert codes(read.issues) == [(None, "damaged-file")]


def test_html_nested_too_deeply_is_an_issue_and_the_row_is_kept() -> None:
    deep = "<div>" * 400 + "deep" + "</div>" * 400
    body = f"Prompted&nbsp;hi<br>{DATE}<br>{deep}"

    from_json = takeout(prompted("Prompted hi", deep), folder=GEMINI)
    from_html = html_takeout(cell(body, "Gemini Apps"), folder=GEMINI)

    assert codes(from_json.issues) == codes(from_html.issues) == [(1, "too-deep")]
    assert from_json.requests == from_html.requests == ["hi"]


def test_json_nested_too_deeply_is_an_issue() -> None:
    bomb = as_json(said("a"))[:-1] + b"," + b"[" * 100_000

    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.json": bomb}))

    assert read.requests == ["a"]
    assert codes(read.issues) == [(None, "damaged-file")]


def test_a_row_that_is_too_large_is_passed_over() -> None:
    huge = said_cell("x", DATE, answer="y" * (6 << 20))

    read = html_takeout(said_cell("a", DATE), huge, said_cell("b", DATE))

    assert read.requests == ["a", "b"]
    assert codes(read.issues) == [(2, "damaged-row")]


def test_entities_breaks_and_bytes_that_are_no_text_are_read_as_they_are() -> None:
    row = cell(f"Said&nbsp;<b>caf&eacute;</b> &amp; &lt;tea&gt; \x00<br>one<br>two &euro;<br>{DATE}")

    (item,) = html_takeout(row).interactions

    assert [turn.text for turn in item.turns] == ["café & <tea> \ufffd", "one", "two €"]
