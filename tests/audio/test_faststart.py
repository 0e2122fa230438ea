"""An MP4's index is brought before its samples, and its offsets still point at them."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audio.faststart import faststart

SAMPLES = b"first-chunk-second-chunk"


def _atom(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def _index(offsets: bytes) -> bytes:
    for name in (b"stbl", b"minf", b"mdia", b"trak"):
        offsets = _atom(name, offsets)
    return _atom(b"moov", _atom(b"mvhd", bytes(20)) + offsets)


def _offsets(width: str, *values: int) -> bytes:
    return _atom(b"stco" if width == "I" else b"co64", struct.pack(f">II{len(values)}{width}", 0, len(values), *values))


@pytest.mark.parametrize("width", ["I", "Q"])
def test_the_index_moves_forward_and_still_finds_the_samples(width: str) -> None:
    start = _atom(b"ftyp", b"M4A 0000")
    first = len(start) + 8
    samples = _atom(b"mdat", SAMPLES)
    index = _index(_offsets(width, first, first + 12))
    tail = _atom(b"free", b"rest")

    moved = faststart(start + samples + index + tail)

    new_first = first + len(index)
    assert moved == start + _index(_offsets(width, new_first, new_first + 12)) + samples + tail
    assert moved[new_first:].startswith(b"first-chunk")


def test_a_file_with_its_index_in_front_is_left_alone() -> None:
    data = _atom(b"ftyp", b"M4A 0000") + _index(_offsets("I", 200)) + _atom(b"mdat", SAMPLES)

    assert faststart(data) is data


def test_offsets_that_point_beyond_the_samples_stay() -> None:
    data = _atom(b"ftyp", b"M4A 0000") + _atom(b"mdat", SAMPLES) + _index(_offsets("I", 0xFFFFFFFF))

    assert _offsets("I", 0xFFFFFFFF) in faststart(data)


def test_a_table_that_claims_more_than_it_holds_is_read_to_its_end() -> None:
    claims = _atom(b"stco", struct.pack(">III", 0, 0xFFFFFFFF, 24))
    data = _atom(b"ftyp", b"M4A 0000") + _atom(b"mdat", SAMPLES) + _index(claims)

    assert len(faststart(data)) == len(data)


@given(st.lists(st.tuples(st.sampled_from([b"moov", b"trak", b"stco", b"co64", b"mdat"]), st.binary(max_size=40))))
def test_no_structure_makes_it_lose_a_byte(parts: list[tuple[bytes, bytes]]) -> None:
    data = b"".join(struct.pack(">I4s", len(body), name) + body for name, body in parts)

    assert len(faststart(data)) == len(data)
