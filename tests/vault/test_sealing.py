"""What is sealed opens with its own key, and unchanged, or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.vault import Unsealable, seal_once, unseal_once
from app.vault.sealing import new_key, seal, unseal

WORDS = b"tell me a story about a dragon"
Opening = Callable[[bytes, bytes, bytes], bytes]


def kept() -> tuple[bytes, bytes, Opening]:
    key = new_key()
    return key, seal(key, WORDS, b"7"), unseal


def kept_once() -> tuple[bytes, bytes, Opening]:
    key, sealed = seal_once(WORDS, b"7")
    return key, sealed, unseal_once


both = pytest.mark.parametrize("keep", [kept, kept_once])
Keeping = Callable[[], tuple[bytes, bytes, Opening]]


@both
def test_what_was_sealed_comes_back(keep: Keeping) -> None:
    key, sealed, open_ = keep()

    plain = open_(key, sealed, b"7")

    assert plain == WORDS


@both
def test_what_was_sealed_cannot_be_read_as_it_lies_there(keep: Keeping) -> None:
    _, sealed, _ = keep()

    readable = [word for word in WORDS.split() if len(word) > 3 and word in sealed]

    assert not readable


@both
def test_another_key_opens_nothing(keep: Keeping) -> None:
    _, sealed, open_ = keep()

    with pytest.raises(Unsealable):
        open_(new_key(), sealed, b"7")


@both
def test_what_was_sealed_for_one_recording_does_not_pass_for_another(keep: Keeping) -> None:
    key, sealed, open_ = keep()

    with pytest.raises(Unsealable):
        open_(key, sealed, b"8")


@both
def test_every_flipped_bit_is_noticed(keep: Keeping) -> None:
    key, sealed, open_ = keep()
    unnoticed = []

    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            open_(key, bytes(changed), b"7")
        except Unsealable:
            continue
        unnoticed.append(bit)

    assert not unnoticed


@both
def test_what_was_cut_short_anywhere_is_noticed(keep: Keeping) -> None:
    key, sealed, open_ = keep()
    unnoticed = []

    for length in range(len(sealed)):
        try:
            open_(key, sealed[:length], b"7")
        except Unsealable:
            continue
        unnoticed.append(length)

    assert not unnoticed


def test_nobody_sees_that_the_same_was_sealed_twice() -> None:
    key = new_key()

    sealed = {seal(key, WORDS, b"7") for _ in range(100)} | {seal_once(WORDS, b"7")[1] for _ in range(100)}

    assert len(sealed) == 200
