"""Locks that cost nothing to try, and a clock that only a test moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.vault import Cost, Keychain, Vault

QUICK = Cost(memory_kib=8, passes=1, lanes=1)


class Clock:
    """Stands still unless somebody sets *now_s*."""

    def __init__(self, now_s: float = 1_790_000_000.0) -> None:
        self.now_s = now_s

    def __call__(self) -> float:
        return self.now_s


def vault_in(folder: Path, keychain: Keychain | None, clock: Callable[[], float] | None = None) -> Vault:
    """The lock of *folder*, as a freshly started program sees it."""
    return Vault(folder, keychain, clock=clock or Clock(), cost=QUICK)
