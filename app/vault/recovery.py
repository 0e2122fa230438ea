"""The recovery code: 24 letters and digits on paper that open a library whose passphrase or keychain is lost."""

from __future__ import annotations

import secrets
import unicodedata

from app.model import Problem

LENGTH = 24
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, which leaves out I, L, O and U: https://www.crockford.com/base32.html"""
_BITS = 5
_GROUP = 4
_MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """A fresh code of 120 random bits, in groups of four as it is printed."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[place : place + _GROUP] for place in range(0, LENGTH, _GROUP))


def secret_of(code: str) -> bytes:
    """The 15 bytes that *code* stands for, however it was typed; a `Problem` if it cannot be one."""
    typed = unicodedata.normalize("NFKC", code).upper()
    letters = "".join(filter(str.isalnum, typed)).translate(_MISREAD)  # whatever stands between the groups
    if len(letters) != LENGTH or any(letter not in _ALPHABET for letter in letters):
        raise Problem(
            "This is not a recovery code.", advice=f"It has {LENGTH} letters and digits, in six groups of four."
        )
    number = 0
    for letter in letters:
        number = number << _BITS | _ALPHABET.index(letter)
    return number.to_bytes(LENGTH * _BITS // 8, "big")
