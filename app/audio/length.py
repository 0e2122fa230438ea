"""How long a recording is, by its headers alone."""

from __future__ import annotations

import io
import math
import struct
from typing import TYPE_CHECKING

from app.audio.sniff import container

if TYPE_CHECKING:
    from mutagen import FileType

_HEAD = 4096


def seconds(data: bytes) -> float | None:
    """The length of the recording *data*; None where its headers do not say."""
    kind = container(data[:_HEAD])
    if kind is None:
        return None
    length = _of_wav(data) if kind == "wav" else _by_headers(data, kind)
    return length if length and math.isfinite(length) and length > 0 else None


def _of_wav(data: bytes) -> float | None:
    """By bytes a second and the bytes that are there, whatever the header claims."""
    position, per_second = 12, 0
    while position + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, position)
        if name == b"fmt " and position + 20 <= len(data):
            (per_second,) = struct.unpack_from("<I", data, position + 16)
        elif name == b"data":
            return min(size, len(data) - position - 8) / per_second if per_second else None
        position += 8 + size + size % 2
    return None


def _by_headers(data: bytes, kind: str) -> float | None:
    import mutagen  # imported late: only intake needs it

    reader = _reader(data[:_HEAD], kind)
    if reader is None:
        return None
    try:
        read = reader(io.BytesIO(data))
    except (mutagen.MutagenError, ArithmeticError, EOFError, LookupError, MemoryError, ValueError, struct.error):
        # What mutagen lets through on damaged files besides its own error.
        return None
    length: float | None = getattr(read.info, "length", None)
    return length


def _reader(head: bytes, kind: str) -> type[FileType] | None:
    from mutagen import aac, aiff, asf, flac, mp3, mp4, oggflac, oggopus, oggspeex, oggvorbis

    if kind != "ogg":
        readers: dict[str, type[FileType]] = {
            "mp3": mp3.MP3, "mov": mp4.MP4, "flac": flac.FLAC, "aac": aac.AAC, "aiff": aiff.AIFF, "asf": asf.ASF,
        }  # fmt: skip
        return readers.get(kind)
    codecs: tuple[tuple[bytes, type[FileType]], ...] = (
        (b"OpusHead", oggopus.OggOpus),
        (b"\x01vorbis", oggvorbis.OggVorbis),
        (b"\x7fFLAC", oggflac.OggFLAC),
        (b"Speex   ", oggspeex.OggSpeex),
    )
    return next((reader for mark, reader in codecs if mark in head), None)
