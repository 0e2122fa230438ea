"""Processes of their own that hold or change a lock, for the hand that kills them."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from app.vault import Keychain, claim
from tests.vault.making import vault_in

# Not forks of this process: with the threads of Qt they may hang.
if sys.platform == "win32":
    _START = multiprocessing.get_context("spawn")
else:
    _START = multiprocessing.get_context("forkserver")
    _START.set_forkserver_preload([__name__])


@contextmanager
def another(work: Callable[..., None], *told: object) -> Iterator[Connection]:
    """Another process that does *work* with what it is *told*, and is killed at the end. What it says can be heard."""
    hear, say = _START.Pipe(duplex=False)
    process = _START.Process(target=work, args=(*told, say))
    process.start()
    say.close()
    try:
        yield hear
    finally:
        process.kill()
        process.join()


def everything(hear: Connection, first: int | str) -> list[int | str]:
    """All that was said before the process was killed, the *first* of which was heard already."""
    said = [first]
    try:
        while True:
            said.append(hear.recv())
    except EOFError:
        return said


def hold(folder: Path, say: Connection) -> None:
    """Claim *folder*, say so, and never let go."""
    with claim(folder):
        say.send("mine")
        time.sleep(60)


def change_passphrases(folder: Path, keychain: Keychain | None, say: Connection) -> None:
    """Open with the passphrase "0", then change it to "1", "2", …, each said before it is done."""
    vault = vault_in(folder, keychain)
    vault.unlock("0")
    number = 0
    while True:
        number += 1
        say.send(number)
        vault.change_passphrase(f"{number}")


def change_keys(folder: Path, keychain: Keychain | None, say: Connection) -> None:
    """Open with the passphrase "0", then adopt one key after the other, each said before it is done."""
    vault = vault_in(folder, keychain)
    vault.unlock("0")
    while True:
        keys = vault.next_keys()
        say.send(keys.library)
        vault.adopt(keys)
