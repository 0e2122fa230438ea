"""Samples in memory: as a WAV file to play, and as the peaks of a waveform."""

from __future__ import annotations

import io
import warnings
import wave
from dataclasses import dataclass, field
from itertools import pairwise

_QUIETEST = 328
"""Below this loudest sample (1 % of the most there can be) a waveform is not blown up: silence stays flat."""


@dataclass(frozen=True, slots=True)
class Pcm:
    """One channel of signed 16 bit little-endian samples."""

    samples: bytes = field(repr=False)
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / 2 / self.rate


def as_wav(pcm: Pcm) -> bytes:
    """*pcm* as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(pcm.rate)
        wav.writeframes(pcm.samples)
    return out.getvalue()


def peaks(pcm: Pcm, bins: int = 200) -> bytes:
    """The loudest sample of each of *bins* equal parts, 0 to 255; the loudest of all is 255 unless all is silence."""
    # Imported late: pydub takes 80 ms that the window must not wait for when it opens. It warns of audioop's end in
    # Python 3.13 (where audioop-lts takes its place) and of a missing ffmpeg, which is never asked to do anything here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

    sound = AudioSegment(data=pcm.samples, sample_width=2, frame_rate=pcm.rate, channels=1)
    frames = len(pcm.samples) // 2
    edges = [frames * number // bins for number in range(bins + 1)]
    loudest = [
        sound.get_sample_slice(first, max(last, first + 1)).max if first < frames else 0
        for first, last in pairwise(edges)
    ]
    scale = max(*loudest, _QUIETEST)
    return bytes(value * 255 // scale for value in loudest)
