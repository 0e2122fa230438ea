"""The ways into a library: each slot holds the master key, sealed with what one of them needs."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.vault.sealing import KEY_BYTES, seal, unseal

PASSPHRASE, PASSPHRASE_AND_DEVICE, DEVICE, RECOVERY = "passphrase", "passphrase+device", "device", "recovery"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs (Argon2id, RFC 9106): 64 MiB, and about a sixth of a second."""

    memory_kib: int = 64 << 10
    passes: int = 3
    lanes: int = 4


USUAL_COST = Cost()
_HIGHEST_COST = Cost(memory_kib=512 << 10, passes=16, lanes=16)
"""We never ask for more, and a damaged file must not take all memory or the whole evening."""
_KIB_PER_LANE = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in, as it stands in the vault's file. Only a passphrase has a cost: the other secrets are random."""

    kind: str
    salt: bytes
    cost: Cost | None
    sealed: bytes = field(repr=False)

    def open(self, vault: str, secret: bytes) -> bytes:
        """The master key; raises `Unsealable` if *secret* is not the one."""
        return unseal(_derived(secret, self.salt, self.kind), self.sealed, _about(vault, self.kind))

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "salt": encoded(self.salt),
            "cost": None if self.cost is None else asdict(self.cost),
            "sealed": encoded(self.sealed),
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Slot:
        """What `as_json` gave; raises `ValueError`, `KeyError` or `TypeError` for anything else."""
        salt = decoded(told["salt"])
        if len(salt) != _SALT_BYTES:
            raise ValueError("a salt of another length")
        cost = None if told["cost"] is None else _cost(told["cost"])
        return cls(str(told["kind"]), salt, cost, decoded(told["sealed"]))


def new_salt() -> bytes:
    return secrets.token_bytes(_SALT_BYTES)


def new_slot(kind: str, vault: str, master: bytes, secret: bytes, salt: bytes, cost: Cost | None) -> Slot:
    """A slot that *secret* opens."""
    return Slot(kind, salt, cost, seal(_derived(secret, salt, kind), master, _about(vault, kind)))


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The passphrase as a secret that is dear to guess; the same however a keyboard composes its letters."""
    plain = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")  # whatever a keyboard gives
    stretch = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return stretch.derive(plain)


def derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for *purpose*, from which *key* cannot be found (HKDF, RFC 5869)."""
    return _derived(key, b"", purpose)


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def decoded(text: str) -> bytes:
    """The bytes of *text*, which must be what `encoded` gives for them; raises `ValueError`."""
    data = base64.b64decode(text, validate=True)
    if encoded(data) != text:
        raise ValueError("spare bits that are not empty")
    return data


def whole(told: Any, most: int = 1 << 32) -> int:
    """*told*, if it is a whole number from 1 to *most*; raises `ValueError`."""
    if type(told) is not int or not 1 <= told <= most:
        raise ValueError("not a number that can stand here")
    return told


def _cost(told: dict[str, Any]) -> Cost:
    most = asdict(_HIGHEST_COST)
    cost = Cost(**{name: whole(told[name], most[name]) for name in most})
    if cost.memory_kib < _KIB_PER_LANE * cost.lanes:
        raise ValueError("less memory than Argon2id can do with")
    return cost


def _derived(secret: bytes, salt: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, f"earshot {purpose}".encode()).derive(secret)


def _about(vault: str, kind: str) -> bytes:
    return f"earshot master {vault} {kind}".encode()
