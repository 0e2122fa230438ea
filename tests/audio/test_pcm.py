"""The peaks of a waveform show where a recording is loud."""

from __future__ import annotations

from app.audio import Pcm, peaks
from tests.audio.clips import tone


def test_the_loud_half_is_high_and_the_silent_half_is_flat() -> None:
    shape = peaks(tone(), bins=100)

    assert len(shape) == 100
    assert min(shape[:49]) > 200
    assert max(shape[51:]) == 0


def test_a_quiet_voice_fills_the_height() -> None:
    assert max(peaks(tone(loudness=900))) == 255


def test_near_silence_stays_near_flat() -> None:
    assert max(peaks(tone(loudness=10))) < 10


def test_fewer_samples_than_bins_still_give_every_bin() -> None:
    assert len(peaks(Pcm(b"\x00\x40" * 7, 16_000))) == 200


def test_no_samples_give_a_flat_line() -> None:
    assert peaks(Pcm(b"", 16_000)) == bytes(200)
