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
        cost = None if told["cost"] is None else Cost(**{name: int(told["cost"][name]) for name in Cost.__slots__})
        return cls(str(told["kind"]), decoded(told["salt"]), cost, decoded(told["sealed"]))


def new_salt() -> bytes:
    return secrets.token_bytes(_SALT_BYTES)


def new_slot(kind: str, vault: str, master: bytes, secret: bytes, salt: bytes, cost: Cost | None) -> Slot:
    """A slot that *secret* opens."""
    return Slot(kind, salt, cost, seal(_derived(secret, salt, kind), master, _about(vault, kind)))


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The passphrase as a secret that is dear to guess; the same however a keyboard composes its letters."""
    plain = unicodedata.normalize("NFC", passphrase).encode()
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
    """The bytes of *text*; raises `ValueError`."""
    return base64.b64decode(text, validate=True)


def _derived(secret: bytes, salt: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, f"earshot {purpose}".encode()).derive(secret)


def _about(vault: str, kind: str) -> bytes:
    return f"earshot master {vault} {kind}".encode()
