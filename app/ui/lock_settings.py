"""The page about the lock: what opens the library, when it locks itself, and who did what."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.library import Library
from app.model import Happened, Problem
from app.ui import idle, words
from app.ui.fields import Choice, Tick
from app.ui.jobs import JobRunner, at_once
from app.ui.log_card import LogCard
from app.ui.look import EDGE, GAP, HAIR, SMALL
from app.ui.question import Question, Secret
from app.ui.recovery_page import CodeSheet, print_code
from app.ui.scroll import Scroll
from app.ui.widgets import Button, Card, Heading, PageHeader, Prose, QuietProse, Said, row, stack
from app.vault import Vault

PURPOSE = "See what opens this library and who did what in it, and change the lock."
SETTING = "lock.minutes"
MINUTES = (1, 2, 5, 10, 30, 0)
"""After how many minutes without a key or the mouse it can lock itself; 0: never."""
_NARROW = 900
"""A page that is less wide has its cards one below the other."""
_PASSPHRASE_AND_KEYCHAIN = "Your passphrase together with the keychain of this computer: neither opens it alone."
_PASSPHRASE = "Your passphrase alone. The keychain of this computer is not needed."
_KEYCHAIN = (
    "The keychain of this computer alone: everybody who uses this computer account can open it, children too. A "
    "passphrase closes it to them."
)
_CODE = "The recovery code on paper opens it too, if the passphrase or this computer is lost."
_NO_CODE = "There is no recovery code: if the passphrase or this computer is lost, so is what is kept here."
_PRACTICE = "This is a practice: nothing in it is yours, and it locks nothing."
_ALWAYS = "It always locks when the screen of this computer locks, and at once with Ctrl+L."
_NEW_CODE = "The older code opens nothing any more. The new one is shown only once, so have a printer or a pen ready."
_ON_PAPER = "It is shown only now: print it or write it down, and keep it where you keep your papers."


@dataclass(frozen=True, slots=True)
class Lock:
    """What opens the library, and after how many minutes it locks itself (0: never)."""

    passphrase: bool
    keychain: bool
    code: bool
    minutes: float


def lock_of(library: Library, vault: Vault) -> Lock:
    """How it stands now."""
    minutes = idle.minutes(library.setting(SETTING))
    return Lock(vault.needs_passphrase, vault.needs_keychain, vault.has_recovery_code, minutes)


class LockSettingsPage(QWidget):
    """Emits `lock_time_changed` when another time was chosen after which it locks itself. In a practice there is no
    *vault* to change."""

    lock_time_changed = Signal()

    def __init__(self, jobs: JobRunner, vault: Vault | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._vault = vault
        self.header = PageHeader("Lock", PURPOSE)
        self.locking = LockingCard(jobs)
        self.opening: OpeningCard | None = None
        self.log = LogCard(jobs)
        self._lay_out()
        self.locking.changed.connect(self.lock_time_changed)

    def _lay_out(self) -> None:
        body = Scroll(widest=1200)
        self._cards = self._both()
        body.column.addLayout(self._cards)
        body.column.addWidget(self.log, 1)
        top = stack(self.header)
        top.setContentsMargins(EDGE, EDGE, EDGE, GAP)
        self.setLayout(stack(top, body, spacing=0))

    def _both(self) -> QHBoxLayout:
        if self._vault is None:
            self.locking.hide()
            told = Card()
            told.column.addWidget(Prose(_PRACTICE))
            return row(told)
        self.opening = OpeningCard(self._jobs, self._vault)
        self.opening.changed.connect(self.refresh)
        cards = row(self.opening, self.locking, spacing=GAP)
        cards.setStretch(0, 3)
        cards.setStretch(1, 2)
        return cards

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.TopToBottom if self.width() < _NARROW else directions.LeftToRight)

    def refresh(self) -> None:
        """Show how the lock stands, and what happened."""
        if (vault := self._vault) is not None:
            self._jobs.start("", at_once(lambda library: lock_of(library, vault)), self._show)
        self.log.refresh()

    def _show(self, lock: Lock) -> None:
        if self.opening is not None:
            self.opening.show_lock(lock)
        self.locking.show_minutes(lock.minutes)


class LockingCard(Card):
    """When it locks itself; emits `changed` when the parent chose another time."""

    changed = Signal()

    def __init__(self, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.minutes = Choice()
        self.minutes.setAccessibleName("Lock itself without key or mouse")
        for one in MINUTES:
            self.minutes.addItem(f"after {words.count(one, 'minute')}" if one else "never by itself", float(one))
        self.minutes.setEnabled(False)
        self.minutes.activated.connect(self._keep)
        self.column.addLayout(stack(Heading("When it locks itself"), QuietProse(_ALWAYS), spacing=HAIR))
        self.column.addStretch(1)
        self.column.addLayout(row(Said("Without key or mouse"), self.minutes, 1))

    def show_minutes(self, minutes: float) -> None:
        """Show that it locks itself after so many *minutes* (0: never)."""
        if self.minutes.findData(minutes) < 0:
            self.minutes.addItem(f"after {minutes:g} minutes", minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(minutes))
        self.minutes.setEnabled(True)

    def _keep(self) -> None:
        chosen = f"{self.minutes.currentData():g}"
        work = at_once(lambda library: library.set_setting(SETTING, chosen))
        self._jobs.start("", work, lambda _: self.changed.emit())


class OpeningCard(Card):
    """What opens the library, and how to change it; emits `changed`."""

    changed = Signal()

    def __init__(self, jobs: JobRunner, vault: Vault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._vault = vault
        self._asks = True
        self.opens = Prose()
        self.code = QuietProse()
        self.passphrase = Button("Change passphrase…", "key-round")
        self.new_code = Button("New recovery code…", "printer")
        for button in (self.passphrase, self.new_code):
            button.setEnabled(False)
        self.passphrase.clicked.connect(self._ask_for_passphrase)
        self.new_code.clicked.connect(self._ask_for_code)
        self.column.addLayout(stack(Heading("What opens it"), self.opens, self.code, spacing=HAIR))
        self.column.addStretch(1)
        self.column.addLayout(row(self.passphrase, self.new_code, 1))

    def show_lock(self, lock: Lock) -> None:
        """Show what opens it now."""
        self._asks = lock.passphrase
        with_passphrase = _PASSPHRASE_AND_KEYCHAIN if lock.keychain else _PASSPHRASE
        self.opens.setText(with_passphrase if lock.passphrase else _KEYCHAIN)
        self.code.setText(_CODE if lock.code else _NO_CODE)
        self.passphrase.setText("Change passphrase…" if lock.passphrase else "Set a passphrase…")
        self.new_code.setText("New recovery code…" if lock.code else "Make a recovery code…")
        for button in (self.passphrase, self.new_code):
            button.updateGeometry()
            button.setEnabled(True)

    def _ask_for_passphrase(self) -> None:
        question = PassphraseQuestion(self, asks=self._asks, keychain=self._vault.keychain is not None)
        question.agreed.connect(lambda: self._change_passphrase(question))
        question.ask()

    def _change_passphrase(self, question: PassphraseQuestion) -> None:
        if not question.is_sound():
            return
        old, new = question.old.text, question.wanted

        def change(library: Library) -> None:
            self._prove(old)
            self._vault.must_take(new)
            # Noted first: so a lock never changes unnoticed, nor although it was said that it could not.
            library.log.note(Happened.LOCK_CHANGED, what="no passphrase" if new is None else "passphrase")
            self._vault.change_passphrase(new)

        question.carry_out(self._jobs, "Changing the lock…", change, lambda _: self.changed.emit())

    def _ask_for_code(self) -> None:
        question = CodeQuestion(self, asks=self._asks)
        question.agreed.connect(lambda: self._make_code(question))
        question.ask()

    def _make_code(self, question: CodeQuestion) -> None:
        typed = question.old.text

        def make(library: Library) -> str:
            self._prove(typed)
            library.log.note(Happened.LOCK_CHANGED, what="recovery code")  # first, as above
            return self._vault.new_recovery_code()

        question.carry_out(self._jobs, "Making a recovery code…", make, self._show_code)

    def _show_code(self, code: str) -> None:
        NewCode(code, self).ask()
        self.changed.emit()

    def _prove(self, passphrase: str) -> None:
        """Let only go on who knows the passphrase: somebody else may have sat down at an open library."""
        if self._vault.needs_passphrase:
            self._vault.unlock(passphrase)


class PassphraseQuestion(Question):
    """Asks for another passphrase: twice, and for the one that opens the library now if it has one (*asks*)."""

    def __init__(self, parent: QWidget, *, asks: bool, keychain: bool) -> None:
        title = "Change the passphrase" if asks else "Set a passphrase"
        go_on = Button("Change it" if asks else "Set it", primary=True)
        super().__init__(title, "Nobody can reset it, we neither. The recovery code stays as it is.", go_on, parent,
                         eager=True)  # fmt: skip
        self.old = Secret("The passphrase until now")
        self.new = Secret("New passphrase")
        self.again = Secret("The new passphrase once more")
        self.without = Tick("No passphrase: the keychain of this computer alone opens it")
        for part in (self.old, self.new, self.again, self.without):
            self.column.addWidget(part)
        self.column.setSpacing(SMALL)
        self.old.setVisible(asks)
        self.without.setVisible(asks and keychain)
        self.without.toggled.connect(lambda without: self._ask_for_new(not without))

    @property
    def wanted(self) -> str | None:
        """The new passphrase; None: the parent wants none."""
        return None if self.without.isChecked() else self.new.text

    def is_sound(self) -> bool:
        """Whether what was typed can be used; if not, it says what is wrong."""
        if self.without.isChecked():
            return True
        if not self.new.text.strip():
            self.show_problem(Problem("Type the new passphrase first."))
            self.new.field.setFocus()
        elif self.new.text != self.again.text:
            self.show_problem(Problem("The two are not the same.", advice="Type the new passphrase again."))
            self.again.field.setFocus()
        else:
            return True
        return False

    def _ask_for_new(self, wanted: bool) -> None:
        self.new.setEnabled(wanted)
        self.again.setEnabled(wanted)


class CodeQuestion(Question):
    """Asks before a new recovery code takes the place of the older one."""

    def __init__(self, parent: QWidget, *, asks: bool) -> None:
        super().__init__("Make a new recovery code?", _NEW_CODE, Button("Make it", primary=True), parent, eager=True)
        self.old = Secret("Your passphrase")
        self.old.setVisible(asks)
        self.column.addWidget(self.old)


class NewCode(Question):
    """Shows the new recovery code, once."""

    def __init__(self, code: str, parent: QWidget) -> None:
        super().__init__("Your recovery code", _ON_PAPER, Button("Done", primary=True), parent)
        self.sheet = CodeSheet(code)
        self.print_it = Button("Print…", "printer")
        self.on_paper = Tick("I have it on paper")
        self.column.addWidget(self.sheet)
        self.column.addLayout(row(self.print_it, 1))
        self.column.addWidget(self.on_paper)
        self.cancel.hide()
        self.go_on.setEnabled(False)
        self.on_paper.toggled.connect(self.go_on.setEnabled)
        self.print_it.clicked.connect(lambda: print_code(code, self))
        self.agreed.connect(self.accept)
