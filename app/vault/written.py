"""What stands in the file of a lock (vault.json): no secret, only what secrets open."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from app.model import Problem
from app.vault.slots import Slot, decoded, encoded, whole

ERASED = b'{"version": 1, "erased": true}'
"""Stands in the place of a lock whose library was destroyed, until the files of that library are deleted too."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Written:
    """A lock. The slots hold the master key, and that one seals the key of the library: so the library can get another
    key while nobody types a passphrase."""

    id: str
    generation: int
    library: bytes = field(repr=False)
    slots: tuple[Slot, ...]

    def slot(self, *kinds: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.kind in kinds), None)

    def as_bytes(self) -> bytes:
        told = {
            "version": _VERSION,
            "id": self.id,
            "generation": self.generation,
            "library": encoded(self.library),
            "slots": [slot.as_json() for slot in self.slots],
        }
        return json.dumps(told, indent=1).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Written:
        """What `as_bytes` gave. Raises `ValueError` for anything else, and a `Problem` if a newer Earshot wrote it."""
        try:
            return cls._from_json(json.loads(content))
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError("not the file of a lock") from error

    @classmethod
    def _from_json(cls, told: Any) -> Written:
        if whole(told["version"]) > _VERSION:
            raise Problem(
                "This library was locked by a newer version of Earshot.", advice="Install the newest version."
            )
        id = told["id"]
        if bytes.fromhex(id).hex() != id:
            raise ValueError("not a name of ours")
        slots = tuple(Slot.from_json(slot) for slot in told["slots"])
        return cls(id, whole(told["generation"]), decoded(told["library"]), slots)
