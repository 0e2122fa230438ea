"""A vendor takes a record away and keeps the sound itself; the sound is known again by its bytes, and by its name."""

from __future__ import annotations

import io
import json
import math
import wave
import zipfile
from array import array
from pathlib import Path

from tests.story.terminal import Terminal

INDEX = (
    "<html><body>Archive for mum@example.com, created {made}"
    '<div data-english-name="MY_ACTIVITY" data-folder-name="My Activity"></div></body></html>'
)
STAMPS = ("2025-05-01_09_00_00_000_UTC.wav", "2025-05-02_09_00_00_000_UTC.wav", "2025-05-03_09_00_00_000_UTC.wav")


def tone(pitch: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(array("h", (int(9_000 * math.sin(pitch * n / 8_000)) for n in range(2_000))).tobytes())
    return file.getvalue()


SOUNDS = {stamp: tone(1_000 + 400 * place) for place, stamp in enumerate(STAMPS)}


def takeout(path: Path, stamps: tuple[str, ...], made: str, sounds: dict[str, bytes]) -> Path:
    rows = [
        {
            "header": "Assistant",
            "title": f"Said wish of {stamp[:10]}",
            "time": f"{stamp[:10]}T09:00:00Z",
            "products": ["Assistant"],
            "audioFiles": [stamp],
        }
        for stamp in stamps
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Takeout/archive_browser.html", INDEX.format(made=made))
        archive.writestr("Takeout/My Activity/Assistant/MyActivity.json", json.dumps(rows))
        for name, data in sounds.items():
            archive.writestr(f"Takeout/My Activity/Assistant/{name}", data)
    return path


def test_a_sound_that_outlives_its_record_is_still_held(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "library")
    terminal.answer("bring-in", takeout(tmp_path / "first.zip", STAMPS, "Jun 1, 2025, 10:10:10 AM UTC", SOUNDS))
    terminal.answer("decide", "delete", "--until", "2025-05-03")
    plan = str(terminal.answer("plan", "--no-wait")["plan"])
    terminal.answer("delete", plan, "--done", "all")
    kept = {STAMPS[2]: SOUNDS[STAMPS[2]], STAMPS[0]: tone(5_000), "copy.wav": SOUNDS[STAMPS[1]]}
    later = takeout(tmp_path / "later.zip", STAMPS[2:], "Jun 1, 2099, 10:10:10 AM UTC", kept)

    checked = terminal.answer("check", plan, later)

    assert checked["layers"]["request"] == {"GONE": 2}
    assert checked["layers"]["audio"] == {"STILL_HELD": 2}
