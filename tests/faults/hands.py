"""The hand that does one thing after the other to a library, and one that does the same carelessly."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from enum import Enum
from multiprocessing.connection import Connection
from pathlib import Path

from app import deletion
from app.intake import bring_in
from app.keeping import close_library, erase, erase_everything, finish_erasing, open_library
from app.library import Library
from app.library.engine import Store
from app.model import Filter, Happened, Kind, finish
from app.vault import Keys, Vault
from tests.faults.expected import Deed, Expected, What, next_deed
from tests.intake.diary import PROVIDERS
from tests.vault.making import vault_in

_NOW_MS = 1_790_000_000_000


class How(Enum):
    """A hand that works as Earshot does, and two that a harness with eyes finds out: one says that a thing is done
    before it is, one does it piece by piece."""

    REAL = "real"
    BOASTS = "boasts"
    PIECEMEAL = "piecemeal"


class Hand:
    """Does what it is told to the library in *folder*, whose passphrase has a number."""

    def __init__(self, folder: Path, archives: Sequence[Path], passphrase: int) -> None:
        self._folder = folder
        self._archives = archives
        self._passphrase = passphrase
        self._open()

    def do(self, deed: Deed) -> None:
        library = self._library
        match deed.what:
            case What.BRING_IN:
                self._bring_in(self._archives[deed.archive])
            case What.DECIDE:
                deletion.decide(library, self._ids(deed.identities), deed.decision, _NOW_MS)
            case What.UNDO:
                change = library.asked.last_undoable()
                library.asked.undo(change.id if change else 0)
            case What.REDO:
                change = library.asked.last_redoable()
                library.asked.redo(change.id if change else 0)
            case What.PLAN:
                deletion.freeze(library, PROVIDERS, Filter(), now_ms=_NOW_MS, wait=False)
            case What.ATTEST:
                deletion.attest(library, deed.number + 1, None, _NOW_MS)
            case What.ERASE:
                self._erase(self._ids(deed.identities))
            case What.PASSPHRASE:
                library.log.note(Happened.LOCK_CHANGED, what="passphrase")
                self._vault.change_passphrase(passphrase_of(deed.number))
                self._passphrase = deed.number
            case What.ERASE_EVERYTHING:
                library.close()
                erase_everything(self._folder, self._vault)
                self._open()

    def _open(self) -> None:
        self._vault = vault_in(self._folder, None)
        keys = opened(self._vault, self._passphrase)
        self._library = open_library(self._folder, self._vault, keys, how="passphrase", by="terminal")

    def _bring_in(self, archive: Path) -> None:
        finish(bring_in(self._library, [archive], PROVIDERS, now_ms=_NOW_MS))

    def _erase(self, ids: Sequence[int]) -> None:
        close_library(self._library, self._vault)
        finish(erase(self._folder, self._vault, lambda _: ids))
        self._library = Library.open(self._folder, self._vault.keys)

    def _ids(self, identities: Sequence[str]) -> list[int]:
        every = self._library.cards(self._library.ids(Filter(kinds=frozenset(Kind))))
        return [card.id for card in every if card.identity in identities]


class PiecemealHand(Hand):
    """Takes the words away before, and apart from, the rest of an erasure: killed between, it is half-done."""

    def _erase(self, ids: Sequence[int]) -> None:
        store = Store(self._library.path, self._library.keys.library, cache_mib=2)
        for id in ids:
            store.connection.execute("DELETE FROM turn WHERE interaction = ?", (id,))
        store.close()
        time.sleep(0.1)
        super()._erase(ids)


def work(folder: Path, archives: Sequence[Path], expected: Expected, seed: int, how: How, say: Connection) -> None:
    """Do one thing after the other, saying each before it is begun and again once it is done; never return."""
    chance = random.Random(seed)
    hand = (PiecemealHand if how is How.PIECEMEAL else Hand)(folder, archives, expected.passphrase)
    while True:
        deed = next_deed(expected, chance)
        say.send(deed)
        if how is How.BOASTS:
            say.send(None)
        hand.do(deed)
        if how is not How.BOASTS:
            say.send(None)
        expected = expected.after(deed)


def opened(vault: Vault, passphrase: int) -> Keys:
    """The keys of the library, as a fresh start gets them: after clearing away what was destroyed, and making a lock
    where there is none."""
    finish_erasing(vault.folder, vault)
    return (vault.unlock if vault.exists else vault.make)(passphrase_of(passphrase))


def passphrase_of(number: int) -> str:
    return f"number {number} of the passphrases"
