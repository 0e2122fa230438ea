"""The Google activity of the practice household, as a Takeout in two parts."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from app.practice.held import Held
from app.practice.household import Said

ACCOUNT = "nora.harlow@example.com"
_FOLDER = "Takeout/My Activity/Assistant"
_RECORDED = 0.7
"""The share of what was said to Google whose sound was kept."""


def write_takeout(folder: Path, held: Sequence[Held], made_ms: int, parts: int) -> tuple[Path, ...]:
    """Write what is *held* of Google: its activity as part one and, unless *parts* is 1, the recordings as part two."""
    newest_first = sorted((one for one in held if one.said.kind == "google"), key=lambda one: -one.said.at_ms)
    sounds = {_sound_name(one.said): sound for one in newest_first if one.sound and (sound := _sound(one.said))}
    rows = [row for one in newest_first for row in _rows(one, sounds)]
    stem = f"takeout-{datetime.fromtimestamp(made_ms / 1000, UTC):%Y%m%dT%H%M%SZ}"
    first, second = folder / f"{stem}-001.zip", folder / f"{stem}-002.zip"
    with zipfile.ZipFile(first, "w", zipfile.ZIP_DEFLATED) as part:
        part.writestr("Takeout/archive_browser.html", _index(["MyActivity.json", *sounds], made_ms))
        part.writestr(f"{_FOLDER}/MyActivity.json", json.dumps(rows, ensure_ascii=False, indent=2))
    if parts == 1:
        return (first,)
    with zipfile.ZipFile(second, "w", zipfile.ZIP_STORED) as part:
        for name, sound in sounds.items():
            part.writestr(f"{_FOLDER}/{name}", sound)
    return first, second


def _sound_name(said: Said) -> str:
    at = datetime.fromtimestamp(said.at_ms // 1000, UTC)
    return f"{at:%Y-%m-%d_%H_%M_%S}_{said.at_ms % 1000:03d}_UTC.mp3"


def _sound(said: Said) -> bytes | None:
    """The clip of what was said. No two recordings are alike, so each carries its own name in an ID3 tag."""
    if said.chance >= _RECORDED or not (clip := said.clip):
        return None
    return clip + b"TAG" + _sound_name(said).encode()[:30].ljust(125, b"\0")


def _rows(held: Held, sounds: dict[str, bytes]) -> list[dict[str, Any]]:
    """The row of what was said, and sometimes the one that the assistant was used, which nobody said."""
    said = held.said
    at = datetime.fromtimestamp(said.at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    words, answer = said.turns[0]
    row: dict[str, Any] = {
        "header": "Assistant",
        "title": f"Said {words}",
        "titleUrl": f"https://www.google.com/search?q={words.replace(' ', '+')}",
        "subtitles": [{"name": answer}],
        "time": at,
        "products": ["Assistant"],
        "activityControls": ["Web & App Activity"],
        "details": [{"name": "Started by hotword"}],
    }
    if _sound_name(said) in sounds:
        row["audioFiles"] = [_sound_name(said)]
    used = {"header": "Assistant", "title": "Used Assistant", "time": at, "products": ["Assistant"]}
    return [row, used] if said.chance < 0.1 else [row]


def _index(names: Sequence[str], made_ms: int) -> str:
    made = datetime.fromtimestamp(made_ms / 1000, UTC)
    files = "\n".join(f'<div class="extracted-file-name">{escape(name)}</div>' for name in names)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Google Takeout</title></head><body>
<h1 class="header_title">Archive for {ACCOUNT}</h1>
<div class="header_subtext">{made:%b} {made.day}, {made.year}, {made:%I:%M:%S %p} UTC</div>
<div class="service-tile" data-english-name="MY_ACTIVITY" data-folder-name="My Activity">My Activity</div>
<div id="service-details-MY_ACTIVITY" class="service-details">
<div class="extracted-folder-name">Assistant</div>
{files}
</div></body></html>
"""
