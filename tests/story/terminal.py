"""A household at the terminal, and what later archives can be bent into."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import cli
from tests.cli.doors import quick_door, secret_at

HISTORY = "customer-history-records"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Types commands of `earshot` and reads the JSON that they answer with."""

    library: Path

    def lines(self, *typed: str | Path) -> list[Any]:
        """Every line of the answer."""
        answer = io.StringIO()
        passphrase_file = secret_at(self.library.with_name("passphrase"))
        opening = ["--library", str(self.library), "--passphrase-file", str(passphrase_file), "--json"]
        with redirect_stdout(answer):
            code = cli.main([*opening, *map(str, typed)], window=no_window, door=quick_door())
        assert code == 0, typed
        return [json.loads(line) for line in answer.getvalue().splitlines()]

    def answer(self, *typed: str | Path) -> Any:
        """The one line of the answer."""
        (line,) = self.lines(*typed)
        return line


def no_window(library: Path, practice: bool) -> int:
    raise AssertionError("the terminal needs no window")


def bent(history: Path, name: str, bend: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Path:
    """A copy of a HAR file whose entries went through *bend*."""
    har = json.loads(history.read_text(encoding="utf-8"))
    har["log"]["entries"] = bend(har["log"]["entries"])
    path = history.with_name(name)
    path.write_text(json.dumps(har, ensure_ascii=False), encoding="utf-8")
    return path


def is_list(entry: dict[str, Any]) -> bool:
    """Whether an entry of a HAR file is a page of the list of recordings."""
    return HISTORY in entry["request"]["url"]


def verdicts(checked: Any) -> set[tuple[str, str | None]]:
    """The different verdicts of a check, each with the condition that is missing."""
    return {(item["verdict"], item["missing"]) for item in checked["items"]}
