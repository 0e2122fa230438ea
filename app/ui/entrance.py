"""The way to an open library: what is asked before, page by page."""

from __future__ import annotations

import gc
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.model import Happened, Problem
from app.ui.door import Door
from app.ui.lock_page import LockPage
from app.ui.threshold import Stopped, Threshold

if TYPE_CHECKING:
    from app.library import Library
    from app.vault import Vault


def _nothing(_: object = None) -> None:
    pass


class Entrance(QObject):
    """Emits `asks` with each page that the parent has to answer, and `opened` with the library at the end."""

    asks = Signal(object)
    opened = Signal(object)
    proven = Signal()
    """Somebody unlocked a library that lay open behind the page."""
    refused = Signal()

    def __init__(self, door: Door, *, practice: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._practice = practice
        self._page: Threshold | None = None
        self._how = "passphrase"
        self._open_behind = False

    def begin(self) -> None:
        """Ask for what the lock needs; where that is nothing, open the library."""
        try:
            self._begin(self._door.vault)
        except Problem as problem:
            self._stop(problem)

    def _begin(self, vault: Vault) -> None:
        if vault.erased:
            self._door.do(_finish_erasing, lambda _: self.begin(), self._stop)
        elif self._practice:
            self.open(lambda vault: vault.make(secrets.token_hex()))
        elif not vault.exists:
            self._welcome()
        else:
            page = self.ask()
            if not vault.needs_passphrase:
                page.show_busy()
                self._unlock(None)

    def ask(self, *, open_behind: bool = False) -> LockPage:
        """The page that asks for what unlocks; *open_behind*: until `lock` the library is still open."""
        vault = self._door.vault
        self._open_behind = open_behind
        page = LockPage(passphrase=vault.needs_passphrase, code=vault.has_recovery_code, open_behind=open_behind)
        page.unlock_wanted.connect(self._unlock)
        page.recovery_wanted.connect(self._recover)
        self._show(page)
        page.count_down(vault.wait_s)
        return page

    def open(self, unlock: Callable[[Vault], object], noted: Callable[[Library], None] = _nothing) -> None:
        """Open the library once *unlock* opened the vault, and let the log know what is *noted*."""
        how = self._how

        def work(vault: Vault) -> Library:
            from app import keeping

            unlock(vault)
            library = keeping.open_library(vault.folder, vault, vault.keys, how=how, by="window")
            noted(library)
            return library

        self._door.do(work, self._hand_over, self._refuse)

    def open_again(self) -> None:
        """Open the library anew while the vault is open."""
        self.open(_nothing)

    def close(self, library: Library, then: Callable[[], None] = _nothing) -> None:
        """Close *library*, and go on with *then*."""

        def work(vault: Vault) -> None:
            from app import keeping

            keeping.close_library(library, vault)

        def go_on(_: object) -> None:
            gc.collect()  # the pages of a desk that went, and what they showed, hold each other
            then()

        self._door.do(work, go_on, go_on)

    def lock(self) -> None:
        """Forget the keys; the page tells that nothing is open behind it any more."""
        self._open_behind = False
        if isinstance(self._page, LockPage):
            self._page.show_closed()
        self._door.do(lambda vault: vault.lock(), _nothing, _nothing)

    def _welcome(self) -> None:
        from app.ui.passphrase_page import PassphrasePage

        page = PassphrasePage()
        page.chosen.connect(self._make)
        self._show(page)
        if self._door.knows_keychain:
            page.offer_keychain(self._door.vault.keychain is not None)
        else:
            self._door.keychain_found.connect(page.offer_keychain)

    def _make(self, passphrase: str | None) -> None:
        def work(vault: Vault) -> str:
            vault.make(passphrase)
            return vault.new_recovery_code()

        self._how = _how(passphrase)
        self._door.do(work, self._show_code, self._refuse)

    def _show_code(self, code: str) -> None:
        from app.ui.recovery_page import RecoveryPage

        page = RecoveryPage(code)
        page.done.connect(self._code_shown)
        self._show(page)

    def _code_shown(self, on_paper: bool) -> None:
        self.open(_nothing if on_paper else lambda vault: vault.forget_recovery_code())

    def _unlock(self, passphrase: str | None) -> None:
        if self._open_behind:
            self._door.do(lambda vault: vault.unlock(passphrase), lambda _: self._let_back(), self._refuse)
        else:
            self._how = _how(passphrase)
            self.open(lambda vault: vault.unlock(passphrase))

    def _recover(self, code: str) -> None:
        self._door.do(lambda vault: vault.recover(code), lambda _: self._ask_for_another(), self._refuse)

    def _ask_for_another(self) -> None:
        """The code opened the library, so the passphrase or the keychain is lost."""
        from app.ui.passphrase_page import PassphrasePage

        page = PassphrasePage(again=True)
        page.offer_keychain(self._door.vault.keychain is not None)
        page.chosen.connect(self._change)
        self._show(page)

    def _change(self, passphrase: str | None) -> None:
        what = "no passphrase" if passphrase is None else "passphrase"
        self._how = "recovery"
        self.open(
            lambda vault: vault.change_passphrase(passphrase),
            lambda library: library.log.note(Happened.LOCK_CHANGED, what=what),
        )

    def _hand_over(self, library: Library) -> None:
        self._page = None
        self.opened.emit(library)

    def _let_back(self) -> None:
        self._page = None
        self.proven.emit()

    def _show(self, page: Threshold) -> None:
        self._page = page
        self.asks.emit(page)

    def _stop(self, problem: Problem) -> None:
        page = Stopped(problem)
        page.again.clicked.connect(self.begin)
        self._show(page)
        self.refused.emit()

    def _refuse(self, problem: Problem) -> None:
        if self._page is None:
            self._stop(problem)
            return
        if isinstance(self._page, LockPage):
            self._page.show_problem(problem, self._door.vault.wait_s)
        else:
            self._page.show_problem(problem)
        self.refused.emit()


def _how(passphrase: str | None) -> str:
    return "keychain" if passphrase is None else "passphrase"


def _finish_erasing(vault: Vault) -> None:
    from app import keeping

    keeping.finish_erasing(vault.folder, vault)
