"""Sealing bytes with a key so that nobody reads or changes them: AES-256-GCM (NIST SP 800-38D)."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_ONLY_NONCE = bytes(_NONCE_BYTES)


class Unsealable(Exception):
    """The key is another one, or the sealed bytes were changed."""


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    """*plain*, sealed together with what it is *about* (which is not kept in it); 28 bytes longer."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """What `seal` was given; raises `Unsealable`."""
    return _decrypt(key, sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)


def seal_once(plain: bytes, about: bytes) -> tuple[bytes, bytes]:
    """A new key that seals nothing else, and *plain* sealed with it; 16 bytes longer."""
    key = new_key()
    return key, AESGCM(key).encrypt(_ONLY_NONCE, plain, about)  # a nonce may only not come twice under one key


def unseal_once(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """What `seal_once` was given; raises `Unsealable`."""
    return _decrypt(key, _ONLY_NONCE, sealed, about)


def _decrypt(key: bytes, nonce: bytes, sealed: bytes, about: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, sealed, about)
    except (InvalidTag, ValueError) as error:
        raise Unsealable from error
