"""What is noted of our own bugs."""

from __future__ import annotations

import re
import stat
import sys
from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from app.cli.moments import hours
from app.model import Problem
from app.ui import mistakes
from app.vault import Vault

LINE = re.compile(r"([\w-]+/)*[\w-]+\.py:\d+ in [\w<>]+")
HEAD = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ Earshot [\d.]+\S* \w+")


def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> tuple[str, list[str]]:
    """What stands in the log after *error*, and what was shown."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    shown: list[str] = []
    mistakes.watch(tmp_path / "mistakes.log", shown.append)
    sys.excepthook(type(error), error, error.__traceback__)
    return (tmp_path / "mistakes.log").read_text(encoding="utf-8"), shown


def ours() -> BaseException:
    """An error that was raised inside of the program, with words in it."""
    with pytest.raises(ArgumentTypeError, match="shark") as raised:
        hours("play baby shark")
    return raised.value


def test_a_mistake_is_noted_by_its_time_version_kind_and_places_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, shown = noted(tmp_path, monkeypatch, ours())

    head, *lines = log.strip().splitlines()
    assert HEAD.fullmatch(head)
    assert lines
    assert all(LINE.fullmatch(line) for line in lines)
    assert [text.strip() for text in shown] == [log.strip()]


def test_no_word_and_no_folder_of_this_computer_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        raise ValueError("play baby shark")
    except ValueError as error:
        log, _ = noted(tmp_path, monkeypatch, error)

    assert "shark" not in log
    assert str(Path(__file__).parent) not in log
    assert "test_mistakes.py:" in log


def test_a_place_in_the_program_is_named_from_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Problem) as raised:
        Vault(tmp_path, None).unlock("three blue kites")

    log, _ = noted(tmp_path, monkeypatch, raised.value)

    assert "\napp/vault/vault.py:" in log


def test_only_the_owner_reads_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(tmp_path, monkeypatch, ValueError())

    assert stat.S_IMODE((tmp_path / "mistakes.log").stat().st_mode) & 0o077 == 0
