"""What kind of sound some bytes are, by their beginning."""

from __future__ import annotations

_STILL_PICTURES = {b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif", b"avis", b"crx "}
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_BEGINNINGS = (
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"#!AMR", "amr"),
    (b"caff", "caf"),
    (_ASF, "asf"),
)
_ENDINGS = {"mov": "m4a", "matroska": "mka", "asf": "wma"}


def is_sound(head: bytes) -> bool:
    """Whether a file that begins with *head* is a recording that can be tried."""
    return container(head) is not None


def extension(head: bytes) -> str:
    """How the name of a file of the sound that begins with *head* should end: ".mp3"."""
    found = container(head)
    return f".{_ENDINGS.get(found, found)}" if found else ".bin"


def container(head: bytes) -> str | None:
    """The container of the sound that begins with *head*, as the decoder names it; None if it is no sound."""
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[4:8] == b"ftyp" and head[8:12] not in _STILL_PICTURES:
        return "mov"
    for beginning, name in _BEGINNINGS:
        if head.startswith(beginning):
            return name
    if head[:3] == b"ID3":
        return _after_tag(head)
    return _frame(head)


def _after_tag(head: bytes) -> str:
    """What follows an ID3 tag; an MP3 unless something else is seen there (the tag may be longer than *head*)."""
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    rest = head[10 + size : 14 + size]
    return "flac" if rest == b"fLaC" else _frame(rest) or "mp3"


def _frame(head: bytes) -> str | None:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0xF6 == 0xF0 and head[2] >> 2 & 0x0F < 13:
        return "aac"
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    # Layer I is left out: its sync word is also the byte order mark of UTF-16 text.
    return "mp3" if version != 1 and layer in (1, 2) and rate not in (0, 15) and sampling != 3 else None
