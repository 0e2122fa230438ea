"""Speak the sentences of the practice household into resources/practice; needs espeak-ng and ffmpeg on the PATH."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PRACTICE = Path(__file__).resolve().parent.parent / "resources" / "practice"


def speak(person: dict[str, Any], words: str, clip: Path) -> None:
    """Write *words* in the voice of *person* as a small mp3."""
    voice = ["-v", person["voice"], "-p", str(person["pitch"]), "-s", str(person["speed"])]
    spoken = subprocess.run(["espeak-ng", *voice, "--stdout", words], capture_output=True, check=True).stdout
    small = [
        "-ac",
        "1",
        "-ar",
        "16000",
        "-b:a",
        "24k",
        "-map_metadata",
        "-1",
        "-fflags",
        "+bitexact",
        "-flags",
        "+bitexact",
    ]
    command = ["ffmpeg", "-y", "-loglevel", "error", "-i", "pipe:0", *small, str(clip)]
    subprocess.run(command, input=spoken, check=True)


def main() -> int:
    household = json.loads((PRACTICE / "household.json").read_text(encoding="utf-8"))
    for old in PRACTICE.glob("*.mp3"):
        old.unlink()
    for sentence in household["google"]:
        words = sentence["turns"][0][0]
        for who in sentence["who"]:
            speak(household["people"][who], words, PRACTICE / f"{who}-{words.replace(' ', '-')}.mp3")
    clips = list(PRACTICE.glob("*.mp3"))
    print(f"{len(clips)} clips, {sum(clip.stat().st_size for clip in clips) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
