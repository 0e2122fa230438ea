"""Every page of a library decrypted by hand, in use or not: what somebody finds who has a file and its key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE, _SALT, _IV, _MAC = 4096, 16, 16, 64
_WAL_HEAD, _FRAME_HEAD = 32, 24


def pages(file: Path, key: str) -> bytes:
    """What *file* and its write-ahead log hold in the clear; nonsense if *key* is not theirs.

    https://www.zetetic.net/sqlcipher/design: AES-256-CBC, at the end of each page its vector and its HMAC.
    """
    clear = [_opened(page, key, first=number == 0) for number, page in enumerate(_cut(file.read_bytes(), 0, _PAGE))]
    log = file.with_name(f"{file.name}-wal")
    if log.exists():
        for frame in _cut(log.read_bytes(), _WAL_HEAD, _FRAME_HEAD + _PAGE):
            number = int.from_bytes(frame[:4], "big")
            clear.append(_opened(frame[_FRAME_HEAD:], key, first=number == 1))
    return b"\n".join(clear)


def _cut(data: bytes, start: int, length: int) -> Iterator[bytes]:
    for at in range(start, len(data) - length + 1, length):
        yield data[at : at + length]


def _opened(page: bytes, key: str, *, first: bool) -> bytes:
    end = _PAGE - _IV - _MAC
    cipher = Cipher(algorithms.AES(bytes.fromhex(key)), modes.CBC(page[end : end + _IV])).decryptor()
    return cipher.update(page[_SALT if first else 0 : end]) + cipher.finalize()
