"""A recovery code survives being written down and typed again by a tired person."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Problem
from app.vault.recovery import LENGTH, new_code, secret_of

CODE = "01AB-CDEF-GH10-JKMN-PQRS-TVWX"


def test_a_code_has_six_groups_of_four_without_the_letters_that_look_like_digits() -> None:
    codes = [new_code() for _ in range(200)]

    assert all(re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)


def test_no_code_comes_twice() -> None:
    codes = {secret_of(new_code()) for _ in range(1000)}

    assert len(codes) == 1000


def test_every_letter_of_a_code_counts() -> None:
    letters = [place for place, letter in enumerate(CODE) if letter != "-"]

    others = {secret_of(CODE[:place] + ("Z" if place else "Y") + CODE[place + 1 :]) for place in letters}

    assert len(others - {secret_of(CODE)}) == LENGTH


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", "\u00a0\u2013 "),
        lambda code: code.replace("-", "\n"),
        lambda code: code.replace("-", "\u2212").replace("0", "O"),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: code.replace("1", "I"),
        lambda code: code.replace("1", "i").lower(),
        lambda code: f'  "{code}." ',
        lambda code: "".join(chr(ord(letter) + 0xFEE0) if letter.isalnum() else letter for letter in code),
    ],
    ids=["small", "at-once", "spaces", "dashes", "lines", "O", "o-and-l", "I", "i", "quoted", "full-width"],
)
def test_a_code_is_the_same_however_it_is_typed(typed: Callable[[str], str]) -> None:
    secret = secret_of(typed(CODE))

    assert secret == secret_of(CODE)


@pytest.mark.parametrize("typed", ["", "-", CODE[:-1], CODE + "A", CODE.replace("A", "U"), CODE.replace("A", "É")])
def test_what_cannot_be_a_code_is_refused_with_what_one_looks_like(typed: str) -> None:
    with pytest.raises(Problem, match="24 letters and digits"):
        secret_of(typed)


@given(st.text(max_size=60))
def test_whatever_else_is_typed_gives_a_secret_or_one_sentence_that_does_not_repeat_it(typed: str) -> None:
    try:
        told = len(secret_of(typed))
    except Problem as refused:
        told = len(refused.message)

    assert told in (15, len("This is not a recovery code."))
