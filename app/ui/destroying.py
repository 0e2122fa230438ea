"""Destroying the copy here, with the library closed and a page that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.model import Erased, Job
from app.ui import words
from app.ui.door import Door

if TYPE_CHECKING:
    from app.library import Library
    from app.vault import Vault


class Destroying(QObject):
    """Emits `ended` with what it came to (a sentence, or the `Problem` with it), or `emptied` where nothing is left.
    Call it only while no connection to the library is open."""

    ended = Signal(object)
    emptied = Signal()

    def __init__(self, door: Door, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door = door

    def destroy(self, which: Callable[[Library], Sequence[int]]) -> None:
        """Destroy what *which* names."""

        def make(vault: Vault) -> Job[Erased]:
            from app import keeping

            return keeping.erase(vault.folder, vault, which)

        self._carry_out(make)

    def destroy_due(self, now_ms: int) -> None:
        """Destroy the sealed copies whose day has come."""

        def make(vault: Vault) -> Job[Erased]:
            from app import keeping

            return keeping.destroy_due(vault.folder, vault, now_ms)

        self._carry_out(make, " whose day had come")

    def destroy_everything(self) -> None:
        """Destroy all there is, and the lock with it."""

        def work(vault: Vault) -> None:
            from app import keeping

            keeping.erase_everything(vault.folder, vault)

        self._door.do(work, lambda _: self.emptied.emit(), self.ended.emit)

    def _carry_out(self, make: Callable[[Vault], Job[Erased]], why: str = "") -> None:
        def tell(erased: Erased) -> None:
            verb = "was" if erased.interactions == 1 else "were"
            self.ended.emit(f"{words.count(erased.interactions, 'recording')}{why} {verb} destroyed here.")

        self._door.carry_out(make, tell, self.ended.emit)
