"""How long a parent waits for the lock at its usual cost: ``python -m tests.benchmarks.unlock``."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.vault import Keychain, Vault
from tests.keychain import FakeKeychain

RUNS = 15
MOST_S = 0.4
PASSPHRASE = "four words that nobody guesses"


def main() -> None:
    """Print the median, the shortest and the longest of every way in, and whether unlocking stays under the limit."""
    slowest_s = max(measure("passphrase and keychain", FakeKeychain()), measure("passphrase alone", None))
    print(f"unlock: {'under' if slowest_s < MOST_S else 'OVER'} the limit of {MOST_S * 1000:.0f} ms")


def measure(lock: str, keychain: Keychain | None) -> float:
    """Print what is done with a *lock* of this kind; the median of an unlock in seconds."""
    with tempfile.TemporaryDirectory() as place:
        vault = Vault(Path(place), keychain)
        vault.make(PASSPHRASE)
        code = vault.new_recovery_code()
        unlock_s = show(f"{lock}: unlock", lambda: Vault(Path(place), keychain).unlock(PASSPHRASE))
        show(f"{lock}: open with the recovery code", lambda: vault.recover(code))
        show(f"{lock}: change the passphrase", lambda: vault.change_passphrase(PASSPHRASE))
        show(f"{lock}: adopt another key", lambda: vault.adopt(vault.next_keys()))
    return unlock_s


def show(name: str, act: Callable[[], object]) -> float:
    """Print one line of numbers; the median in seconds."""
    seconds = sorted(timed(act) for _ in range(RUNS))
    middle = statistics.median(seconds)
    print(f"{name}: {middle * 1000:.1f} ms ({seconds[0] * 1000:.1f}-{seconds[-1] * 1000:.1f})")
    return middle


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
