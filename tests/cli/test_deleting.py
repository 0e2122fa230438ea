"""`earshot plan`, `delete`, `check` and `report`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.cli.shown import check_shape
from app.model import Conclusion, Layer, Look, Verdict, day_words
from tests.cli.conftest import Terminal
from tests.cli.listing import DRAGON, MILK, STORY, listing_at


def asked(household: Terminal) -> None:
    """The children's recordings are marked, planned, and asked for."""
    household.json("decide", "delete", "--children")
    household.json("decide", "keep", "--person", "Nora")
    household.json("plan", "--no-wait")
    household.json("delete", 1, "--done", "all")


def now() -> str:
    return datetime.now(UTC).isoformat()


def test_a_plan_counts_what_each_step_covers(household: Terminal) -> None:
    household.json("decide", "delete", "--children")

    plan = household.json("plan").answer

    assert set(plan) == {"plan", "items", "operations", "ready_at", "copy_until"}
    assert (plan["plan"], plan["items"]) == (1, 2)
    assert sum(step["covers"] for step in plan["operations"]) == 2
    assert {step["step"] for step in plan["operations"]} == {1, 2}
    assert set(plan["operations"][0]) == {"step", "provider", "kind", "words", "covers", "collateral"}
    ready = datetime.fromisoformat(plan["ready_at"])
    assert timedelta(minutes=59) < ready - datetime.now(UTC) <= timedelta(hours=1)


def test_a_plan_holds_only_what_the_filters_find(household: Terminal) -> None:
    household.json("decide", "delete", "--children")

    plan = household.json("plan", "--person", "Emma").answer

    assert plan["items"] == 1


def test_a_plan_of_nothing_is_a_problem(household: Terminal) -> None:
    said = household("plan")

    assert said.code == 1
    assert "marked delete" in said.err


def test_a_person_reads_what_goes_and_what_stays(household: Terminal) -> None:
    household.json("decide", "delete", "--children")
    household.json("decide", "keep", "--person", "Nora")

    said = household("plan", "--no-wait")

    first, last = day_words(STORY["timestamp"]), day_words(DRAGON["timestamp"])
    assert f"2 recordings would be deleted, from {first} to {last}." in said.out
    assert "What stays: 1 kept, 0 keepsakes, 0 undecided" in said.out
    assert "This is plan 1. Its steps can be done now." in said.out
    assert "Kids Room" in said.out


def test_nothing_can_be_asked_while_the_plan_cools_off(household: Terminal) -> None:
    household.json("decide", "delete", "--children")
    household.json("plan")

    said = household("delete", 1, "--done", "all")

    assert said.code == 1
    assert "cooling off" in said.err
    assert household.json("delete", 1).answer == {"attempts": {"planned": 2}}


def test_steps_are_recorded_one_by_one(household: Terminal) -> None:
    household.json("decide", "delete", "--children")
    household.json("plan", "--no-wait")

    first = household.json("delete", 1, "--done", 1).answer
    both = household.json("delete", 1, "--done", 1, 2).answer

    assert first == {"attempts": {"attested": 1, "planned": 1}}
    assert both == {"attempts": {"attested": 2}}


def test_an_unknown_step_and_an_unknown_plan_are_problems(household: Terminal) -> None:
    household.json("decide", "delete", "--children")
    household.json("plan", "--no-wait")

    step, plan, word = (
        household("delete", 1, "--done", 9),
        household("delete", 7),
        household("delete", 1, "--done", "x"),
    )

    assert (step.code, plan.code, word.code) == (1, 1, 2)


def test_the_guide_names_page_and_device(household: Terminal) -> None:
    household.json("decide", "delete", "--children")
    household.json("plan", "--no-wait")

    said = household("delete", 1)

    assert "https://www.amazon.com" in said.out
    assert "Kids Room" in said.out
    assert "2 planned" in said.out


def test_a_later_listing_gives_every_layer_its_verdict(household: Terminal, tmp_path: Path) -> None:
    asked(household)
    later = listing_at(tmp_path / "later.json", [DRAGON, MILK])

    answer = household.json("check", 1, later, "--made-at", now()).answer

    assert answer["look"] == answer["looks"][0]
    assert (answer["look"]["source"], answer["look"]["complete"], answer["look"]["why"]) == ("later.json", True, "")
    assert answer["layers"]["audio"] == {"CANNOT_TELL": 2}
    assert answer["layers"]["request"]["STILL_HELD"] == 1
    items = {(item["identity"], item["layer"]): item for item in answer["items"]}
    assert items[DRAGON["recordKey"], "response"]["verdict"] == "STILL_HELD"
    assert items[DRAGON["recordKey"], "audio"]["missing"]
    assert all(item["reason"] for item in answer["items"])
    assert MILK["recordKey"] not in {item["identity"] for item in answer["items"]}


def test_a_listing_made_at_an_unknown_time_cannot_tell(household: Terminal, tmp_path: Path) -> None:
    asked(household)

    answer = household.json("check", 1, listing_at(tmp_path / "later.json", [MILK])).answer

    assert answer["look"]["made_at"] is None
    assert {item["verdict"] for item in answer["items"]} == {"CANNOT_TELL"}


def test_a_look_at_nothing_of_the_vendor_is_a_problem(household: Terminal, tmp_path: Path) -> None:
    asked(household)
    letter = tmp_path / "letter.txt"
    letter.write_text("Hello.")

    said = household("check", 1, letter)

    assert said.code == 1
    assert "Nothing in there is from Amazon Alexa" in said.err


def test_a_person_reads_the_verdicts(household: Terminal, tmp_path: Path) -> None:
    asked(household)
    later = listing_at(tmp_path / "later.json", [STORY, MILK])

    said = household("check", 1, later, "--made-at", now())

    assert "Looked at later.json" in said.out
    assert "audio: 2 CANNOT_TELL" in said.out


def test_of_several_looks_the_gravest_word_counts() -> None:
    def look(*verdicts: Verdict) -> Look:
        layers = (Layer.REQUEST, Layer.RESPONSE, Layer.AUDIO)
        conclusions = [
            Conclusion(1, "one", layer, verdict, None, "because")
            for layer, verdict in zip(layers, verdicts, strict=True)
        ]
        return Look(1, 1, 1, "a", "alexa", None, False, 0, True, "", 1, tuple(conclusions))

    first = look(Verdict.STILL_HELD, Verdict.GONE, Verdict.CANNOT_TELL)
    second = look(Verdict.GONE, Verdict.CANNOT_TELL, Verdict.REAPPEARED)

    shape = check_shape([first, second])

    assert shape["layers"] == {"request": {"STILL_HELD": 1}, "response": {"GONE": 1}, "audio": {"REAPPEARED": 1}}
    assert len(shape["looks"]) == 2


def test_the_report_lies_where_it_was_wanted(household: Terminal, tmp_path: Path) -> None:
    asked(household)

    answer = household.json("report", 1, "--out", tmp_path / "out").answer

    written = Path(answer["report"])
    assert written.parent == tmp_path / "out"
    assert "dragon" not in written.read_text(encoding="utf-8")
