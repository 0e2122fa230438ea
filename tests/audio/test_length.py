"""The length of a recording is known by its headers, and hostile headers say nothing worse than nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audio import as_wav, is_sound, seconds
from tests.audio.clips import SECONDS, tone

FORMATS = ["wav", "mp3", "m4a", "m4a index first", "opus", "ogg", "flac"]

BEGINNINGS = [b"OggS", b"fLaC", b"ID3", b"\x00\x00\x00\x20ftypM4A ", b"RIFF\0\0\0\0WAVE", b"\xff\xfb"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_recording_is_known_and_its_length_too(recordings: dict[str, bytes], name: str) -> None:
    data = recordings[name]

    assert is_sound(data[:16])
    assert seconds(data) == pytest.approx(SECONDS, abs=0.15)


def test_a_wav_that_claims_hours_is_as_long_as_its_bytes() -> None:
    wav = bytearray(as_wav(tone(0.5)))
    wav[40:44] = b"\xff\xff\xff\x7f"

    assert seconds(bytes(wav)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"PK\x03\x04",
        b"\xff\xfe<\x00h\x00t\x00m\x00",
        b"\xef\xbb\xbf{}",
        b"\xff\xd8\xff\xe0",
        b"\x00\x00\x00\x18ftypheic",
        b"RIFF\x00\x00\x00\x00AVI ",
    ],
)
def test_what_is_no_recording_has_no_length(head: bytes) -> None:
    assert not is_sound(head)
    assert seconds(head + bytes(64)) is None


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_recordings_never_raise(recordings: dict[str, bytes], name: str) -> None:
    dice = random.Random(name)
    for _ in range(60):
        data = bytearray(recordings[name])
        for _ in range(dice.randint(1, 40)):
            # Mostly the headers: that is where a reader can be led astray.
            data[dice.randrange(min(len(data), dice.choice([64, 512, len(data)])))] = dice.randrange(256)
        cut = bytes(data[: dice.randint(0, len(data))]) if dice.random() < 0.3 else bytes(data)

        length = seconds(cut)

        assert length is None or length > 0


@settings(max_examples=200, deadline=None)
@given(start=st.sampled_from(BEGINNINGS), rest=st.binary())
def test_hostile_bytes_never_raise(start: bytes, rest: bytes) -> None:
    length = seconds(start + rest)

    assert length is None or length > 0
