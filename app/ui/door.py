"""The vault as the window works with it: what takes a moment is done in a thread of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.model import Job, Problem
from app.vault import Keychain, Vault

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Wish:
    then: Callable[[Any], None]
    refused: Callable[[Problem], None]


class Door(QObject):
    """The vault of the library in *folder*. Its work is done one after another; results and refusals arrive on the
    window's thread, and so does a bug of ours, at `sys.excepthook`."""

    keychain_found = Signal(bool)
    """Whether the system has a keychain."""
    progressed = Signal(object)
    _finished = Signal(object, object)

    def __init__(
        self,
        folder: Path,
        keychain: Callable[[], Keychain | None],
        *,
        made: Callable[[Path, Keychain | None], Vault] = Vault,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.vault = made(folder, None)  # seen from outside it is the same without the keychain, which takes its time
        self._keychain = keychain
        self._made = made
        self._waiting = 0
        self._threads = ThreadPoolExecutor(1)
        self._finished.connect(self._settle)
        self._asked = self._found = False

    @property
    def busy(self) -> bool:
        """Whether something is being done or waits."""
        return self._waiting > 0

    @property
    def knows_keychain(self) -> bool:
        """Whether the system was asked for its keychain and has answered."""
        return self._found

    def find_keychain(self) -> None:
        """Ask the system for its keychain, if that was not done yet. Nothing is opened before."""
        if not self._asked:
            self._asked = True
            self.do(self._find, self._tell_found, lambda _: None)

    def do(self, work: Callable[[Vault], T], then: Callable[[T], None], refused: Callable[[Problem], None]) -> None:
        """Do *work* with the vault; *then* gets its result, or *refused* the `Problem` with it."""
        self.find_keychain()
        self._waiting += 1
        wish = _Wish(then, refused)
        self._threads.submit(lambda: work(self.vault)).add_done_callback(lambda done: self._finished.emit(wish, done))

    def carry_out(
        self, make: Callable[[Vault], Job[T]], then: Callable[[T], None], refused: Callable[[Problem], None]
    ) -> None:
        """Carry the job out that *make* returns, to its end; `progressed` tells how far it is."""

        def work(vault: Vault) -> T:
            job = make(vault)
            while True:
                try:
                    self.progressed.emit(next(job))
                except StopIteration as end:
                    result: T = end.value
                    return result

        self.do(work, then, refused)

    def finish(self) -> None:
        """Wait until everything is done that was wished for; nobody hears of it any more."""
        self._finished.disconnect(self._settle)
        self._threads.shutdown()

    def _find(self, _: Vault) -> bool:
        self.vault = self._made(self.folder, self._keychain())
        return self.vault.keychain is not None

    def _tell_found(self, there_is_one: bool) -> None:
        self._found = True
        self.keychain_found.emit(there_is_one)

    @Slot(object, object)
    def _settle(self, wish: _Wish, done: Future[Any]) -> None:
        self._waiting -= 1
        error = done.exception()
        if error is None:
            wish.then(done.result())
        elif isinstance(error, Problem):
            wish.refused(error)
        else:
            wish.refused(Problem("Earshot made a mistake.", advice="Try again."))
            sys.excepthook(type(error), error, error.__traceback__)
