"""Looking for what must not be there: every file, byte for byte, in every way that it could be written."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_CASES = (str, str.casefold, str.upper)


def patterns_of(words: Iterable[str], pieces: Iterable[bytes]) -> dict[bytes, str]:
    """The bytes by which *words*, and *pieces* of sounds, would give themselves away, each with its name."""
    found: dict[bytes, str] = {}
    for word in words:
        for case in _CASES:
            for coding in ("utf-8", "utf-16-le", "utf-16-be"):
                for pattern in (case(word).encode(coding), *_in_base64(case(word).encode(coding))):
                    found[pattern] = f"{word} ({coding})"
    for number, piece in enumerate(pieces):
        for pattern in (piece, piece.hex().encode(), *_in_base64(piece)):
            found[pattern] = f"piece {number} of a voice"
    return found


def hits(folders: Iterable[Path], patterns: Mapping[bytes, str]) -> Iterator[str]:
    """Every file below *folders* in whose bytes or name one of *patterns* stands, and which."""
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            held = str(file.relative_to(folder)).encode() + (file.read_bytes() if file.is_file() else b"")
            for pattern, name in patterns.items():
                if pattern in held:
                    yield f"{file}: {name}"


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """What is the same of *plain* in Base64 wherever in a text of three-byte groups it begins."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + plain)
        first = -(-8 * before // 6)
        last = 8 * (before + len(plain)) // 6
        yield coded[first:last]
