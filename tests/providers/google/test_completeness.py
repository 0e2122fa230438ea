"""What a Takeout says of itself, and what is damaged in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import pytest

from app.model import Certainty, Kind, Parcel, Problem
from tests.providers.google.takeouts import (
    ASSISTANT,
    GEMINI,
    NAME,
    as_json,
    browser,
    cell,
    codes,
    exports,
    html_takeout,
    loose,
    page,
    parcel,
    prompted,
    read,
    result,
    said,
    said_cell,
    takeout,
)
from tests.providers.memory import Held

DATE = "Mar 14, 2024, 3:10:00 PM UTC"
STEM = "takeout-20240401T090000Z"


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


@pytest.mark.parametrize(
    ("made", "utc", "certainty"),
    [
        ("2024-04-01T09:00:00Z", "2024-04-01T09:00:00", Certainty.EXACT),
        ("1 апр. 2024 г., 09:00:00 UTC", "2024-04-01T09:00:00", Certainty.EXACT),
        ("1 de abr de 2024 a las 3:00:00 a. m. GMT-06:00", "2024-04-01T09:00:00", Certainty.EXACT),
        ("09:00:00 UTC, 1 thg 4, 2024", "2024-04-01T09:00:00", Certainty.EXACT),
        ("1 أبريل 2024، 9:00:00 ص UTC", "2024-04-01T09:00:00", Certainty.EXACT),
        ("Apr 1, 2024, 9:00:00 AM CST", "2024-04-01T15:00:00", Certainty.ZONE_NAME),
        ("Apr 1, 2024, 9:00:00 AM IST", "2024-04-01T03:30:00", Certainty.ZONE_NAME),
        ("Apr 1, 2024, 9:00:00 AM XYZ", "2024-04-01T09:00:00", Certainty.ASSUMED),
        ("Apr 1, 2024, 9:00:00 AM", "2024-04-01T09:00:00", Certainty.ASSUMED),
    ],
)
def test_the_time_of_the_archive_is_as_certain_as_its_zone(made: str, utc: str, certainty: Certainty) -> None:
    files = {"Takeout/archive_browser.html": browser(made=made), f"{ASSISTANT}/MyActivity.json": as_json(said("hello"))}

    told = result(parcel("takeout.zip", files)).told

    assert told.made is not None
    assert (told.made.utc.isoformat(), told.made.certainty) == (f"{utc}+00:00", certainty)


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
