"""`earshot bring-in` and `earshot household`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.cli.listing import RECORDS, listing_at, record


def test_bringing_in_answers_with_the_agreed_keys(earshot: Terminal, tmp_path: Path) -> None:
    (tmp_path / "drop").mkdir()
    listing_at(tmp_path / "drop" / "records.json")
    (tmp_path / "drop" / "letter.txt").write_text("Hello.")

    answer = earshot.json("bring-in", tmp_path / "drop").answer

    (source,) = answer["sources"]
    assert {key: source[key] for key in ("id", "provider", "account", "interactions", "new", "known", "kinds")} == {
        "id": 1,
        "provider": "alexa",
        "account": "A1CUSTOMER",
        "interactions": 3,
        "new": 3,
        "known": 0,
        "kinds": {"said": 3},
    }
    assert source["audio"] == {"matched": 0, "missing": 0, "unmatched": 0}
    assert source["activities"] == {}
    assert set(source["coverage"]) == {"from", "to", "complete", "why"}
    assert source["issues"] == []
    assert answer["unread"] == ["drop/letter.txt"]
    assert source["unread"] == ["drop/letter.txt"]


def test_the_same_file_again_adds_nothing(household: Terminal, tmp_path: Path) -> None:
    same = listing_at(tmp_path / "copy.json")

    (source,) = household.json("bring-in", same).answer["sources"]

    assert (source["new"], source["known"]) == (0, 3)


def test_a_damaged_row_is_told_with_its_place(earshot: Terminal, tmp_path: Path) -> None:
    damaged = {**RECORDS[0], "recordKey": 7, "timestamp": "never"}

    answer = earshot.json("bring-in", listing_at(tmp_path / "a.json", [*RECORDS[1:], damaged])).answer

    (issue,) = answer["sources"][0]["issues"]
    assert set(issue) == {"path", "row", "code", "message"}
    assert (issue["path"], issue["row"]) == ("a.json", 3)


def test_one_broken_zip_is_told_and_the_rest_comes_in(earshot: Terminal, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")

    answer = earshot.json("bring-in", listing_at(tmp_path / "a.json"), broken).answer

    assert answer["sources"][0]["interactions"] == 3
    assert answer["unread"] == ["broken.zip"]
    assert "cut off" in answer["issues"][0]["message"]


def test_a_broken_zip_alone_is_a_problem(earshot: Terminal, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")

    said = earshot("bring-in", broken)

    assert said.code == 1
    assert said.err.startswith("broken.zip is cut off at the end. Download it again")
    assert said.out == ""


def test_a_person_reads_counts_and_what_was_not_read(earshot: Terminal, tmp_path: Path) -> None:
    (tmp_path / "drop").mkdir()
    listing_at(tmp_path / "drop" / "records.json")
    (tmp_path / "drop" / "letter.txt").write_text("Hello.")

    said = earshot("bring-in", tmp_path / "drop")

    assert "3 records, 3 of them new" in said.out
    assert "Not read (1):\n  drop/letter.txt" in said.out
    assert said.err == ""


def test_the_archives_say_who_is_who_until_somebody_knows_better(household: Terminal) -> None:
    answer = household.json("household").answer

    people = {one["name"]: (one["standing"], one["confirmed"]) for one in answer["people"]}
    devices = {one["name"]: (one["standing"], one["confirmed"]) for one in answer["devices"]}
    assert people == {"Emma": ("child", False), "Nora": ("adult", False)}
    assert devices == {"Kids Room": ("child", False), "Kitchen": ("unknown", False)}


def test_marking_and_renaming_take_effect_at_once(household: Terminal) -> None:
    household("household", "--mark", "kitchen", "shared", "--mark", "Nora", "child", "--rename", "Nora", "Little Nora")

    answer = household.json("household").answer

    assert {"Little Nora", "Emma"} == {one["name"] for one in answer["people"] if one["standing"] == "child"}
    assert [one["standing"] for one in answer["devices"] if one["name"] == "Kitchen"] == ["shared"]
    assert len(household.json("find", "--children").lines) == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--mark", "Nobody", "child"), "is called “Nobody”. Known are: "),
        (("--mark", "Emma", "grandmother"), "no standing"),
        (("--mark", "Kitchen", "adult"), "“Kitchen” is a device"),
    ],
)
def test_what_cannot_be_marked_is_said(household: Terminal, arguments: tuple[str, ...], sentence: str) -> None:
    said = household("household", *arguments)

    assert said.code == 1
    assert sentence in said.err


def test_words_cannot_steer_the_terminal(earshot: Terminal, tmp_path: Path) -> None:
    evil = record("2026-03-01T18:00:00+00:00", "alexa \x1b[2J\x9b31m hello", "ok")
    earshot.json("bring-in", listing_at(tmp_path / "a.json", [evil]))

    for_people, for_programs = earshot("find"), earshot("find", "--json")

    assert not {"\x1b", "\x9b"} & set(for_people.out + for_programs.out)
    assert "hello" in for_people.out
