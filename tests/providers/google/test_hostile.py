"""Files that were made to keep the reader busy."""

from __future__ import annotations

import time

import pytest

from tests.providers.google.takeouts import (
    ASSISTANT,
    GEMINI,
    as_json,
    browser,
    cell,
    codes,
    html_takeout,
    parcel,
    prompted,
    result,
    said,
    takeout,
)

AT_MOST_SECONDS = 2.0


@pytest.mark.parametrize(
    "behind",
    [
        "a" * 299 + "<p>" + ("a" * 299 + "</p><p>") * 20_000,
        ("<p>" + "a@" * 149) * 10_000,
        ("<p>" + "1:11:11 " * 37) * 10_000,
        ("<p>1:11:11 " + "5 " * 140) * 10_000,
        "< >" * 100_000,
    ],
    ids=["letters", "addresses", "clocks", "clocks first", "empty tags"],
)
def test_an_index_that_goes_on_and_on_is_read_in_a_moment(behind: str) -> None:
    files = {
        "Takeout/archive_browser.html": browser() + behind.encode(),
        f"{ASSISTANT}/MyActivity.json": as_json(said("hello")),
    }
    start = time.process_time()

    read = result(parcel("takeout.zip", files))

    assert time.process_time() - start < AT_MOST_SECONDS
    assert read.told.accounts == ("parent@example.com",)
    assert read.told.made is not None


@pytest.mark.parametrize(
    "body",
    ["x<br>" * 300_000, '<p class="title">' * 100_000, '<p class="' + "title" * 300_000 + '" x'],
    ids=["lines", "titles", "one endless title"],
)
def test_a_row_with_more_tags_than_any_honest_one_is_given_up_in_a_moment(body: str) -> None:
    start = time.process_time()

    read = html_takeout(cell(body), cell("Said hello<br>Mar 14, 2024, 3:10:00 PM UTC"))

    assert time.process_time() - start < AT_MOST_SECONDS
    assert read.requests == ["hello"]
    assert [row for row, _ in codes(read.issues)] == [1]


def test_an_answer_with_more_tags_than_any_honest_one_costs_the_answer_only() -> None:
    start = time.process_time()

    read = takeout(prompted("Prompted hello", "x<br>" * 300_000), folder=GEMINI)

    assert time.process_time() - start < AT_MOST_SECONDS
    assert read.requests == ["hello"]
    assert codes(read.issues) == [(1, "too-deep")]


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f"a{number}" for number in range(80_000)),
        " ".join(f'a{number}="<>"' for number in range(40_000)),
        "".join(f"/a{number}" for number in range(80_000)),
    ],
    ids=["bare", "with brackets in them", "glued"],
)
def test_a_row_with_more_attributes_than_any_honest_one_is_read_in_a_moment(attributes: str) -> None:
    start = time.process_time()

    read = html_takeout(
        cell(f"Said hello<br><b {attributes}></b><br>Mar 14, 2024, 3:10:00 PM UTC"),
        cell("Said bye<br>Mar 14, 2024, 3:11:00 PM UTC"),
    )

    assert time.process_time() - start < AT_MOST_SECONDS
    assert read.requests == ["hello", "bye"]


def test_a_long_row_is_read_like_a_short_one() -> None:
    link = '<a href="https://www.google.com/search?q=hello">hello</a>'
    answer = "<p style='x' class=\"y\">if 3 &lt; 4</p>" + "<p>la</p>" * 4_000
    short, long = (
        html_takeout(cell(f"Said\xa0{link}<br>Mar 14, 2024, 3:10:00 PM UTC<br>{text}"))
        for text in ("<p>if 3 &lt; 4</p>", answer)
    )

    assert long.requests == short.requests == ["hello"]
    assert long.interactions[0].turns[1].text == short.interactions[0].turns[1].text == "if 3 < 4"
