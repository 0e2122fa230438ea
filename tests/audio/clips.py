"""Short clips in every format, made on the spot by the same ffmpeg that reads them."""

from __future__ import annotations

import math
import struct
import subprocess
from pathlib import Path

import imageio_ffmpeg

from app.audio import Pcm, as_wav

SECONDS = 2.0
_ENCODERS = {
    "mp3": ("libmp3lame", "a.mp3"),
    "m4a": ("aac", "a.m4a"),
    "opus": ("libopus", "a.opus"),
    "ogg": ("libvorbis", "a.ogg"),
    "flac": ("flac", "a.flac"),
}
"""What a format is encoded by, and the name whose ending tells ffmpeg the container."""


def tone(seconds: float = SECONDS, rate: int = 16_000, loudness: int = 8_000) -> Pcm:
    """A beep: half of it sounds, half of it is silent."""
    count = round(seconds * rate)
    wave = (round(loudness * math.sin(number * 2 * math.pi * 440 / rate)) for number in range(count // 2))
    return Pcm(b"".join(struct.pack("<h", value) for value in wave) + bytes(count - count // 2) * 2, rate)


def clips(folder: Path) -> dict[str, bytes]:
    """The beep in every format, by the format's name; made in *folder*."""
    source = folder / "a.wav"
    source.write_bytes(as_wav(tone()))
    made = {"wav": source.read_bytes()}
    for name, (codec, file) in _ENCODERS.items():
        made[name] = _encoded(source, folder / file, "-c:a", codec)
    made["m4a index first"] = _encoded(source, folder / "b.m4a", "-c:a", "aac", "-movflags", "+faststart")
    return made


def _encoded(source: Path, target: Path, *how: str) -> bytes:
    program = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([program, "-v", "error", "-nostdin", "-i", str(source), *how, str(target)], check=True)
    return target.read_bytes()
