"""Recordings of every format become samples, and nothing else does."""

from __future__ import annotations

import io
import struct
import wave

import pytest

from app.audio import Pcm, as_wav, decode
from app.model import Problem
from tests.audio.clips import SECONDS, tone

FORMATS = ["wav", "mp3", "m4a", "m4a index first", "opus", "ogg", "flac"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_recording_of_every_format_can_be_heard(recordings: dict[str, bytes], name: str) -> None:
    pcm = decode(recordings[name])

    first, second = pcm.samples[: len(pcm.samples) // 2 - 4_000], pcm.samples[len(pcm.samples) // 2 + 4_000 :]
    assert pcm.seconds == pytest.approx(SECONDS, abs=0.15)
    assert max(first) > 0
    assert _loudest(first) > 4_000
    assert _loudest(second) < 400


def test_the_samples_of_plain_wav_come_back_as_they_were() -> None:
    beep = tone(0.25, rate=22_050)

    assert decode(as_wav(beep)) == beep


@pytest.mark.parametrize(
    ("width", "frame", "expected"),
    [
        (1, b"\xc0", 64 << 8),
        (2, struct.pack("<h", 16_384), 16_384),
        (3, b"\x00\x00\x40", 16_384),
        (4, struct.pack("<i", 1 << 30), 16_384),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_wav_of_every_width_becomes_one_channel_of_sixteen_bits(
    width: int, frame: bytes, expected: int, channels: int
) -> None:
    pcm = decode(_wav(frame * channels * 100, width, channels))

    assert pcm == Pcm(struct.pack("<h", expected) * 100, 8_000)


def test_wav_cut_off_in_the_middle_plays_what_is_there() -> None:
    whole = as_wav(tone(1.0))

    pcm = decode(whole[: len(whole) // 2 + 1])

    assert pcm.seconds == pytest.approx(0.5, abs=0.01)


def test_no_more_than_a_quarter_of_an_hour_is_decoded() -> None:
    hour = _wav(bytes(4_000 * 3_600), 1, 1, rate=4_000)

    assert decode(hour).seconds == 900


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>not found</html>",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"fLaC" + bytes(500),
        b"\x00\x00\x00\x18ftypM4A " + bytes(500),
        b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(500),
    ],
)
def test_what_is_no_sound_is_said_in_words(data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        decode(data)

    assert caught.value.message.startswith("This")
    assert caught.value.advice


def test_a_play_list_in_disguise_opens_nothing() -> None:
    disguised = b"ID3\x04\x00\x00\x00\x00\x00\x00#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n"

    with pytest.raises(Problem):
        decode(disguised)


def _wav(frames: bytes, width: int, channels: int, rate: int = 8_000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as wav:
        wav.setparams((channels, width, rate, 0, "NONE", ""))
        wav.writeframes(frames)
    return out.getvalue()


def _loudest(samples: bytes) -> int:
    values: tuple[int, ...] = struct.unpack(f"<{len(samples) // 2}h", samples[: len(samples) // 2 * 2])
    return max(map(abs, values))
