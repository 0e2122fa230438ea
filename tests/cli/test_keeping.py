"""`earshot plan` with its sealed copy, `keep-copy`, `keepsakes` and `log`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.model import Happened
from tests.cli.conftest import Terminal

DAY = timedelta(days=1)


@pytest.fixture
def marked(household: Terminal) -> Terminal:
    """A terminal beside a library in which everything the children said is marked delete."""
    household.json("decide", "delete", "--children")
    return household


def in_days(iso: str) -> float:
    return (datetime.fromisoformat(iso) - datetime.now(UTC)) / DAY


@pytest.mark.parametrize(("options", "days"), [((), 30), (("--copy-days", 7), 7)])
def test_the_copy_here_goes_some_days_after_the_plan(marked: Terminal, options: tuple[object, ...], days: int) -> None:
    plan = marked.json("plan", *options).answer

    assert in_days(plan["copy_until"]) == pytest.approx(days, abs=0.01)


def test_the_copy_here_stays_if_that_is_wanted(marked: Terminal) -> None:
    assert marked.json("plan", "--keep-copy").answer["copy_until"] is None


def test_a_person_reads_until_when_the_copy_stays_and_how_to_keep_it(marked: Terminal) -> None:
    until, kept = marked("plan"), marked("plan", "--keep-copy")

    assert "The copy here of what you then ask for destroys itself on " in until.out
    assert "“keep-copy 1” keeps it." in until.out
    assert "The copy here stays." in kept.out


@pytest.mark.parametrize("days", ["0", "-1", "36501", "9" * 30, "soon"])
def test_a_copy_stays_for_a_number_of_days(marked: Terminal, days: str) -> None:
    assert marked("plan", "--copy-days", days).code == 2
    assert marked("keep-copy", 1, "--days", days).code == 2


def test_days_and_for_good_are_wrong_usage(marked: Terminal) -> None:
    assert marked("plan", "--copy-days", 3, "--keep-copy").code == 2


def test_the_date_of_a_copy_can_be_moved_and_taken_away(marked: Terminal) -> None:
    marked.json("plan")

    moved, kept = marked.json("keep-copy", 1, "--days", 90).answer, marked.json("keep-copy", 1).answer

    assert in_days(moved["copy_until"]) == pytest.approx(90, abs=0.01)
    assert kept == {"plan": 1, "copy_until": None}
    with marked.opened() as library:
        assert library.asked.plan(1).copy_until_ms is None


def test_keeping_a_copy_never_sounds_like_putting_it_back(marked: Terminal) -> None:
    marked.json("plan")

    said = marked("keep-copy", 1)

    assert said.out.startswith("The copy here of what plan 1 asked for stays.\n")
    assert "never puts anything back" in said.out


def test_a_copy_that_was_destroyed_cannot_be_kept(marked: Terminal) -> None:
    marked.json("plan", "--no-wait")
    marked.json("delete", 1, "--done", "all")
    marked.json("erase", "--id", *marked.ids().values())

    said = marked("keep-copy", 1)

    assert (said.code, said.out) == (1, "")
    assert "destroyed already" in said.err


def test_a_copy_of_no_plan_is_a_problem(household: Terminal) -> None:
    assert household("keep-copy", 7).code == 1


def test_keepsakes_are_saved_where_they_are_wanted(household: Terminal, tmp_path: Path) -> None:
    household.json("decide", "keepsake", "--person", "Emma")

    answer = household.json("keepsakes", "--out", tmp_path / "box").answer

    assert answer["keepsakes"] == 1
    folder = Path(answer["folder"])
    assert folder.parent == tmp_path / "box"
    (words,) = folder.iterdir()
    assert "once upon a time" in words.read_text(encoding="utf-8")


def test_a_person_reads_that_keepsakes_are_not_sealed(household: Terminal, tmp_path: Path) -> None:
    household.json("decide", "keepsake", "--person", "Emma")

    said = household("keepsakes", "--out", tmp_path)

    assert said.out.startswith("1 keepsake in ")
    assert "not sealed" in said.out


def test_no_keepsakes_are_a_problem(household: Terminal, tmp_path: Path) -> None:
    assert household("keepsakes", "--out", tmp_path / "box").code == 1


def test_the_log_tells_who_did_what_the_newest_first(marked: Terminal, tmp_path: Path) -> None:
    marked.json("plan", "--no-wait")
    marked.json("delete", 1, "--done", "all")
    marked.json("report", 1, "--out", tmp_path)
    marked.json("keep-copy", 1)

    log = marked.json("log").lines

    happened = [entry["what"] for entry in log if entry["what"] != "opened"]
    assert happened == ["copy_kept", "exported", "asked", "planned", "decided", "brought_in"]
    assert [entry["number"] for entry in log] == list(range(len(log), 0, -1))
    assert all(set(entry) == {"number", "at", "what", "details"} for entry in log)
    assert {"what": "report"} in [entry["details"] for entry in log]


def test_the_log_holds_no_word_and_no_name(marked: Terminal) -> None:
    said = marked("log").out.casefold()

    assert "decided" in said
    assert not [word for word in ("emma", "nora", "kitchen", "kids", "story", "dragon", ".json") if word in said]


def test_the_log_prints_no_more_than_the_limit(marked: Terminal) -> None:
    assert [entry["what"] for entry in marked.json("log", "--limit", 2).lines] == ["opened", "decided"]


def test_a_long_log_is_printed_to_its_beginning(household: Terminal) -> None:
    with household.opened() as library, library.atomic():
        for number in range(300):
            library.log.note(Happened.PLAYED, interaction=number)

    log = household.json("log").lines

    assert log[-1]["number"] == 1
    assert len(log) > 300


def test_a_person_reads_the_log_as_words(marked: Terminal) -> None:
    marked.json("plan")
    marked.json("keep-copy", 1)

    lines = marked("log").out.splitlines()

    assert lines[1].endswith("  copy kept  plan 1, for good")
    assert any(line.endswith("  decided  decision delete, count 2") for line in lines)


def test_a_log_that_is_not_whole_is_said(household: Terminal) -> None:
    assert household("log").err == ""
    with household.opened() as library:
        library._store.connection.execute("UPDATE log SET details = '{}' WHERE number = 1")

    said = household("log")

    assert said.code == 0
    assert said.err == "This log is not whole: an entry was changed or taken out of it.\n"
