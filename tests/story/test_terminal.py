"""A household walks from its first archives to the report at the terminal, and finds out every lie."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.model import Condition
from app.practice import Lies, Practice, practice
from tests.story.terminal import Terminal, bent, is_list, no_window, verdicts

DAY = 86_400_000


@dataclass(frozen=True)
class Journey:
    """A household that asked for everything its children said to be deleted, and what it was told on the way."""

    terminal: Terminal
    household: Practice
    now_ms: int
    brought: Any
    children: list[Any]
    plan: Any
    attempts: Any
    checked_later: Any
    checked_latest: Any

    @property
    def asked(self) -> list[tuple[str, int]]:
        return [(found["provider"], milliseconds(found["at"])) for found in self.children]

    @property
    def lies(self) -> Lies:
        return self.household.lies(self.asked)

    def judged(self, checked: Any, keys: Iterable[tuple[str, int]], layer: str) -> set[str]:
        """The verdicts of *checked* on the *layer* of the records that *keys* name by vendor and second."""
        wanted = set(keys)
        identities = {
            found["identity"]
            for found in self.children
            if (found["provider"], milliseconds(found["at"]) // 1000) in wanted
        }
        assert len(identities) == len(wanted)
        return {
            item["verdict"] for item in checked["items"] if item["layer"] == layer and item["identity"] in identities
        }


def milliseconds(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    now_ms = time.time_ns() // 1_000_000
    household = practice(tmp_path_factory.mktemp("archives"), now_ms=now_ms)
    terminal = Terminal(tmp_path_factory.mktemp("library"))
    brought = terminal.answer("bring-in", *household.first(now_ms - 2 * DAY))
    terminal.answer("decide", "delete", "--children")
    terminal.answer("decide", "delete", "--provider", "google", "--words", "unicorn")
    children = terminal.lines("find", "--decision", "delete")
    plan = terminal.answer("plan", "--no-wait")
    attempts = terminal.answer("delete", str(plan["plan"]), "--done", "all")
    asked = [(found["provider"], milliseconds(found["at"])) for found in children]
    later, latest = household.later(asked, now_ms + DAY), household.latest(asked, now_ms + 8 * DAY)
    checked_later = terminal.answer("check", "1", *later)
    checked_latest = terminal.answer("check", "1", *latest)
    return Journey(
        terminal, household, now_ms, brought, children, plan, attempts["attempts"], checked_later, checked_latest
    )


def test_both_archives_come_in_whole(journey: Journey) -> None:
    sources = {source["provider"]: source for source in journey.brought["sources"]}

    assert set(sources) == {"alexa", "google"}
    assert all(source["coverage"]["complete"] for source in sources.values())
    assert sources["google"]["audio"]["missing"] == 0
    assert journey.brought["unread"] == []


def test_the_same_archives_again_add_nothing(journey: Journey) -> None:
    again = journey.terminal.answer("bring-in", *sorted(journey.household.folder.joinpath("first").iterdir()))

    assert [source["new"] for source in again["sources"]] == [0, 0]


def test_the_children_are_found_with_reasons(journey: Journey) -> None:
    found = journey.terminal.lines("find", "--children")

    spoken = [said for said in journey.household.people.said(journey.now_ms - 2 * DAY) if said.kind != "google"]
    certain = [said for said in spoken if said.who.key == "emma"]
    assert len(found) >= len(certain)
    assert all(one["child"]["reasons"] for one in found)
    assert not {"Nora", "Tom"} & {one["person"] for one in found}


def test_the_plan_holds_everything_that_was_marked_and_it_was_all_asked(journey: Journey) -> None:
    assert journey.plan["items"] == len(journey.children) > 2_000
    assert sum(operation["covers"] for operation in journey.plan["operations"]) == journey.plan["items"]
    assert journey.attempts == {"attested": journey.plan["items"]}


def test_what_was_forgotten_is_gone(journey: Journey) -> None:
    lies = journey.lies
    kept = lies.untouched | lies.half_kept
    forgotten = {(vendor, at_ms // 1000) for vendor, at_ms in journey.asked} - kept

    for layer in ("request", "response", "action", "conversation"):
        assert journey.judged(journey.checked_later, forgotten, layer) == {"GONE"}


def test_a_vendor_that_did_nothing_is_found_out(journey: Journey) -> None:
    for layer in ("request", "response", "action"):
        assert journey.judged(journey.checked_later, journey.lies.untouched, layer) == {"STILL_HELD"}


def test_a_vendor_that_keeps_the_answers_is_found_out(journey: Journey) -> None:
    alexa = {key for key in journey.lies.half_kept if key[0] == "alexa"}

    assert journey.judged(journey.checked_later, alexa, "response") == {"STILL_HELD"}
    assert journey.judged(journey.checked_later, alexa, "request") == {"GONE"}


def test_a_vendor_that_keeps_the_words_is_found_out(journey: Journey) -> None:
    google = {key for key in journey.lies.half_kept if key[0] == "google"}

    assert journey.judged(journey.checked_later, google, "request") == {"STILL_HELD"}
    assert "STILL_HELD" not in journey.judged(journey.checked_later, google, "audio")


def test_a_list_says_nothing_about_sound(journey: Journey) -> None:
    alexa = {(vendor, at_ms // 1000) for vendor, at_ms in journey.asked if vendor == "alexa"}

    assert journey.judged(journey.checked_later, alexa, "audio") == {"CANNOT_TELL"}


def test_what_comes_back_is_found_out(journey: Journey) -> None:
    for layer in ("request", "response", "action"):
        assert journey.judged(journey.checked_latest, journey.lies.came_back, layer) == {"REAPPEARED"}


def test_a_missing_part_leaves_open_what_it_does_not_show(journey: Journey) -> None:
    google = {(vendor, at_ms // 1000) for vendor, at_ms in journey.asked if vendor == "google"}
    hidden = google - journey.lies.untouched - journey.lies.half_kept - journey.lies.came_back

    assert journey.judged(journey.checked_latest, hidden, "request") == {"CANNOT_TELL"}


def test_a_list_without_its_end_proves_nothing(journey: Journey) -> None:
    def without_its_last_page(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        last = [entry for entry in entries if is_list(entry)][-1]
        return [entry for entry in entries if entry is not last]

    checked = journey.terminal.answer("check", "1", bent(_later(journey), "cut.har", without_its_last_page))

    assert _not_shown(checked) == {("CANNOT_TELL", Condition.COMPLETE.value)}


def test_an_empty_list_proves_nothing(journey: Journey) -> None:
    def without_records(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for entry in entries[1:]:
            entry["response"]["content"]["text"] = json.dumps(
                {"customerHistoryRecords": [], "encodedRequestToken": None}
            )
        return [entry for entry in entries if is_list(entry)][-1:]

    checked = journey.terminal.answer("check", "1", bent(_later(journey), "empty.har", without_records))

    # Nobody's records are in it, so it does not even say whose list it is.
    assert verdicts(checked) == {("CANNOT_TELL", Condition.ACCOUNT.value)}


def test_a_list_without_anything_that_was_kept_proves_nothing(journey: Journey) -> None:
    asked = {found["identity"] for found in journey.children}

    def of_what_was_asked(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        lists = [entry for entry in entries if is_list(entry)]
        for content in (entry["response"]["content"] for entry in lists):
            page = json.loads(content["text"])
            page["customerHistoryRecords"] = [
                row for row in page["customerHistoryRecords"] if row["recordKey"] in asked
            ]
            content["text"] = json.dumps(page)
        return lists

    checked = journey.terminal.answer("check", "1", bent(_later(journey), "uncontrolled.har", of_what_was_asked))

    assert _not_shown(checked) == {("CANNOT_TELL", Condition.CONTROL.value)}


def test_another_account_proves_nothing(journey: Journey) -> None:
    later = _later(journey)
    other = later.with_name("other.har")
    other.write_text(later.read_text(encoding="utf-8").replace("A2EARSHOTPRACTICE", "A2SOMEBODYELSE"), encoding="utf-8")

    checked = journey.terminal.answer("check", "1", other)

    assert verdicts(checked) == {("CANNOT_TELL", Condition.ACCOUNT.value)}


def test_an_older_archive_proves_nothing(journey: Journey) -> None:
    first = journey.household.folder / "first" / "alexa-history.har"

    checked = journey.terminal.answer("check", "1", first)

    assert ("GONE", None) not in verdicts(checked)
    assert ("CANNOT_TELL", Condition.MADE_AFTER.value) in verdicts(checked)


def test_a_list_of_the_last_year_is_silent_about_the_years_before(journey: Journey) -> None:
    since = journey.now_ms - 365 * DAY

    def of_the_last_year(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for entry in entries:
            entry["request"]["url"] = entry["request"]["url"].replace("startTime=0", f"startTime={since}")
        return entries

    checked = journey.terminal.answer("check", "1", bent(_later(journey), "year.har", of_the_last_year))

    assert ("CANNOT_TELL", Condition.COVERAGE.value) in verdicts(checked)
    assert ("GONE", None) in verdicts(checked)


def test_the_report_holds_no_word_that_was_said(journey: Journey, tmp_path: Path) -> None:
    report = Path(journey.terminal.answer("report", "1", "--out", tmp_path)["report"])

    page = report.read_text(encoding="utf-8").casefold()
    said = {text for one in journey.children for turn in one["turns"] if (text := turn["text"])}
    assert "larkspur" not in page
    assert not [words for words in said if len(words) > 12 and words.casefold() in page]


def test_the_practice_household_walks_to_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["practice", "--headless"], window=no_window)

    said = capsys.readouterr().out
    assert code == 0
    assert "STILL_HELD" in said
    assert "REAPPEARED" in said
    report = Path(said.strip().splitlines()[-1].removeprefix("The report is at "))
    assert [path.name for path in report.parent.iterdir()] == [report.name]
    shutil.rmtree(report.parent)


def _later(journey: Journey) -> Path:
    return journey.household.folder / "later" / "alexa-history.har"


def _not_shown(checked: Any) -> set[tuple[str, str | None]]:
    """The verdicts on what the archive does not show, apart from the layer that no list shows."""
    shown = {("STILL_HELD", None), ("REAPPEARED", None), ("CANNOT_TELL", Condition.LAYER.value)}
    return verdicts(checked) - shown
