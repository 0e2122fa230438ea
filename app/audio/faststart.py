"""MP4 sound made readable from the front: its index moved before its samples, in memory."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_WAY_TO_OFFSETS = {b"trak", b"mdia", b"minf", b"stbl"}


@dataclass(frozen=True, slots=True)
class _Atom:
    name: bytes
    start: int
    body: int
    end: int


def faststart(data: bytes) -> bytes:
    """*data* with its index (the "moov" atom) before its samples; *data* itself where that is so already or cannot be.

    A pipe cannot be wound back: a decoder that reads one must meet the index first.
    """
    atoms = list(_atoms(data, 0, len(data)))
    index = next((atom for atom in atoms if atom.name == b"moov"), None)
    samples = next((atom for atom in atoms if atom.name == b"mdat"), None)
    if index is None or samples is None or index.start < samples.start:
        return data
    moved = bytearray(data[index.start : index.end])
    _shift(moved, index, samples.start)
    return b"".join((data[: samples.start], moved, data[samples.start : index.start], data[index.end :]))


def _atoms(data: bytes | bytearray, start: int, end: int) -> Iterator[_Atom]:
    """The atoms that lie between *start* and *end*; what is not whole ends them."""
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if size == 1 and start + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, start + 8)
            body = start + 16
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            return
        yield _Atom(name, start, body, start + size)
        start += size


def _shift(moved: bytearray, index: _Atom, gap: int) -> None:
    """Add the length of the index to every offset that points into what it now precedes."""
    within = [_Atom(index.name, 0, index.body - index.start, len(moved))]
    while within:
        parent = within.pop()
        for atom in _atoms(moved, parent.body, parent.end):
            if atom.name in _WAY_TO_OFFSETS:
                within.append(atom)
            elif atom.name in (b"stco", b"co64"):
                _shift_offsets(moved, atom, range(gap, index.start))


def _shift_offsets(moved: bytearray, table: _Atom, pushed: range) -> None:
    if table.body + 8 > table.end:
        return
    letter, width = ("Q", 8) if table.name == b"co64" else ("I", 4)
    (claimed,) = struct.unpack_from(">I", moved, table.body + 4)
    count = min(claimed, (table.end - table.body - 8) // width)
    offsets = struct.unpack_from(f">{count}{letter}", moved, table.body + 8)
    # Offsets beyond the samples point at nothing and stay; so no sum outgrows its field in a file under 2 GiB.
    by = len(moved)
    shifted = (offset + by if offset in pushed else offset for offset in offsets)
    struct.pack_into(f">{count}{letter}", moved, table.body + 8, *shifted)
