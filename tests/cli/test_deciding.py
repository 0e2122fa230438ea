"""`earshot find` and `earshot decide`."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.cli.conftest import Terminal


def requests(household: Terminal, *filters: str) -> list[str]:
    return [line["turns"][0]["text"].removeprefix("alexa ") for line in household.json("find", *filters).lines]


def test_find_prints_one_object_a_line_with_the_agreed_keys(household: Terminal) -> None:
    story = household.json("find", "--person", "emma").answer

    assert isinstance(story.pop("id"), int)
    assert story.pop("child") == {"score": 0.9, "reasons": ["profile Emma, as the archive suggests"]}
    assert story == {
        "identity": "A1CUSTOMER#1772388000000#A3S5BH2HU6VAYF#KITCHEN0000",
        "provider": "alexa",
        "account": "A1CUSTOMER",
        "at": "2026-03-01T18:00:00Z",
        "device": "Kitchen",
        "person": "Emma",
        "kind": "said",
        "turns": [
            {"role": "request", "text": "alexa tell me a story"},
            {"role": "response", "text": "once upon a time"},
        ],
        "audio": [],
        "sensitive": [],
        "skill": "Owl Stories",
        "decision": None,
    }


def test_find_shows_the_newest_first_and_no_more_than_the_limit(household: Terminal) -> None:
    assert requests(household, "--limit", "2") == ["add milk", "how big is a dragon"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (("--children",), ["how big is a dragon", "tell me a story"]),
        (("--device", "Kids Room"), ["how big is a dragon"]),
        (("--device", "Kids Room", "--device", "kitchen", "--person", "Nora"), ["add milk"]),
        (("--provider", "alexa", "--skill", "owl stories"), ["tell me a story"]),
        (("--words", "dragon"), ["how big is a dragon"]),
        (("--words", "milk list"), ["add milk"]),
        (("--since", "2026-03-02T07:30:00Z"), ["add milk", "how big is a dragon"]),
        (("--until", "2026-03-02T07:30:00Z"), ["tell me a story"]),
        (("--decision", "delete"), []),
        (("--decision", "undecided", "--decision", "keep", "--person", "Nora"), ["add milk"]),
        (("--kind", "activity"), []),
        (("--accidental",), []),
    ],
)
def test_every_filter_narrows(household: Terminal, filters: tuple[str, ...], found: list[str]) -> None:
    assert requests(household, *filters) == found


def test_a_day_begins_at_midnight_here(household: Terminal) -> None:
    day = datetime.fromisoformat("2026-03-02T07:30:00+00:00").astimezone().date().isoformat()

    assert "how big is a dragon" in requests(household, "--since", day)
    assert "how big is a dragon" not in requests(household, "--until", day)


def test_hours_are_the_households_from_included_to_excluded(household: Terminal) -> None:
    hour = datetime.fromisoformat("2026-03-02T07:30:00+00:00").astimezone().hour

    assert requests(household, "--hours", f"{hour}-{hour + 1}") == ["how big is a dragon"]
    assert "how big is a dragon" not in requests(household, "--hours", f"{(hour + 1) % 24}-{hour}")


def test_an_unknown_name_is_a_problem_that_lists_the_known_ones(household: Terminal) -> None:
    said = household("find", "--person", "Emil")

    assert said.code == 1
    assert "Emma, Nora" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--since", "yesterday"),
        ("--hours", "7"),
        ("--hours", "7-99"),
        ("--limit", "-1"),
        ("--decision", "perhaps"),
        ("--kind", "nonsense"),
        ("--child",),
    ],
)
def test_a_wrong_value_is_wrong_usage(household: Terminal, arguments: tuple[str, ...]) -> None:
    assert household("find", *arguments).code == 2


def test_a_person_reads_one_line_each(household: Terminal) -> None:
    household.json("decide", "delete", "--person", "Emma")

    (line,) = household("find", "--person", "Emma").out.splitlines()

    assert line.endswith("Kitchen  Emma  [delete]  [child]  alexa tell me a story / once upon a time")


def test_deciding_by_filter_changes_what_the_filter_finds(household: Terminal) -> None:
    answer = household.json("decide", "delete", "--children").answer

    assert answer == {"changed": 2}
    assert requests(household, "--decision", "delete") == ["how big is a dragon", "tell me a story"]


def test_deciding_by_number_takes_many_and_repeats(household: Terminal) -> None:
    story, dragon, milk = (household.ids()[words] for words in sorted(household.ids(), reverse=True))

    answer = household.json("decide", "keepsake", "--id", story, dragon, "--id", milk).answer

    assert answer == {"changed": 3}


def test_numbers_and_filters_together_narrow(household: Terminal) -> None:
    answer = household.json("decide", "keep", "--id", *household.ids().values(), "--person", "Nora").answer

    assert answer == {"changed": 1}


def test_undecided_takes_a_decision_back(household: Terminal) -> None:
    household.json("decide", "delete", "--children")

    answer = household.json("decide", "undecided", "--person", "Emma").answer

    assert answer == {"changed": 1}
    assert requests(household, "--decision", "delete") == ["how big is a dragon"]


@pytest.mark.parametrize(
    "arguments", [("delete",), ("burn", "--children"), ("delete", "--id"), ("delete", "--id", "x")]
)
def test_deciding_about_nothing_in_particular_is_wrong_usage(household: Terminal, arguments: tuple[str, ...]) -> None:
    said = household("decide", *arguments)

    assert said.code == 2
    assert requests(household, "--decision", "delete") == []
