"""Two records of the same words in the same second: one is asked to be deleted, and nobody can say which one went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.model import Condition
from tests.story.terminal import Terminal

EARLIER, LATER = "2025-05-01T09:00:00.100Z", "2025-05-01T09:00:00.700Z"


def takeout(folder: Path, made: str, *times: str) -> Path:
    activity = folder / "Takeout" / "My Activity" / "Assistant" / "MyActivity.json"
    activity.parent.mkdir(parents=True)
    rows = [{"header": "Assistant", "title": "Said stop", "time": time, "products": ["Assistant"]} for time in times]
    kept = {"header": "Assistant", "title": "Said lights on", "time": "2025-05-03T09:00:00Z", "products": ["Assistant"]}
    activity.write_text(json.dumps([kept, *rows]), encoding="utf-8")
    index = (
        f"<html><body>Archive for mum@example.com, created {made}"
        '<div data-english-name="MY_ACTIVITY" data-folder-name="My Activity"></div></body></html>'
    )
    (folder / "Takeout" / "archive_browser.html").write_text(index, encoding="utf-8")
    return folder


def checked(tmp_path: Path, asked: int, left: tuple[str, ...]) -> Any:
    terminal = Terminal(tmp_path / "library")
    terminal.answer("bring-in", takeout(tmp_path / "first", "Jun 1, 2025, 10:10:10 AM UTC", LATER, EARLIER))
    twins = terminal.lines("find", "--words", "stop")
    terminal.answer("decide", "delete", "--id", str(twins[asked]["id"]))
    plan = str(terminal.answer("plan", "--no-wait")["plan"])
    terminal.answer("delete", plan, "--done", "all")
    return terminal.answer("check", plan, takeout(tmp_path / "later", "Jun 1, 2099, 10:10:10 AM UTC", *left))


@pytest.mark.parametrize("asked", [0, 1])
@pytest.mark.parametrize("left", [EARLIER, LATER])
def test_a_twin_that_stays_proves_nothing_of_the_other(tmp_path: Path, asked: int, left: str) -> None:
    answer = checked(tmp_path, asked, (left,))

    assert answer["layers"]["request"] == {"CANNOT_TELL": 1}
    assert answer["items"][0]["missing"] == Condition.ALIKE.value


def test_twins_that_are_both_there_are_both_held(tmp_path: Path) -> None:
    assert checked(tmp_path, 0, (LATER, EARLIER))["layers"]["request"] == {"STILL_HELD": 1}


def test_twins_that_are_both_away_are_both_gone(tmp_path: Path) -> None:
    assert checked(tmp_path, 0, ())["layers"]["request"] == {"GONE": 1}
