"""Zips as honest and as hostile programs write them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def zipped(files: Mapping[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, data)
    return held.getvalue()


def zip_at(path: Path, files: Mapping[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    path.write_bytes(zipped(files))
    return path


def patched(data: bytes, record: bytes, offset: int, field: str, value: int) -> bytes:
    """*data* with *value* written as *field* at *offset* of its last *record*."""
    changed = bytearray(data)
    struct.pack_into(f"<{field}", changed, data.rindex(record) + offset, value)
    return bytes(changed)


def overlapping() -> bytes:
    """Two files in the table of contents whose body is one and the same."""
    data = zipped({"a.bin": b"a" * 2_000, "b.bin": b"b" * 2_000})
    first_header = 0
    return patched(data, CENTRAL, 42, "L", first_header)
