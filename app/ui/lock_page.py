"""The page that stands in front of a locked library."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.model import Problem
from app.ui.fields import Field, Tick
from app.ui.look import SMALL
from app.ui.threshold import Threshold
from app.ui.widgets import Button, Said, row, stack

_ASKS = "Type your passphrase to open the library."
_NEEDS_NONE = "This library has no passphrase: the keychain of this computer opens it."
_ASKS_CODE = "Type the 24 letters and digits of the recovery code that you have on paper."
_AT_WORK = "Something is still being read. It is finished behind this page, and then everything is locked."
_OPENING = "Opening…"
_SECOND_MS = 1_000
_PATIENCE_MS = 300
"""What is done sooner is not worth a word."""


class LockPage(Threshold):
    """Emits `unlock_wanted` with a passphrase (None: it needs none) or `recovery_wanted` with the recovery code.

    *open_behind*: the library is still open behind the page until `show_closed`; if that lasts, the page says why."""

    unlock_wanted = Signal(object)
    recovery_wanted = Signal(str)

    def __init__(
        self, *, passphrase: bool, code: bool, open_behind: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("lock", "Earshot is locked", "", parent)
        self._needs_passphrase = passphrase
        self._has_code = code
        self._open_behind = open_behind
        self._at_work = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._recovering = False
        self._seconds = 0
        self._busy = False
        self._second = QTimer(
            self, interval=_SECOND_MS, timerType=Qt.TimerType.PreciseTimer
        )  # the vault counts exactly
        self.label = Said()
        self.field = Field()
        self.reveal = Tick("Show what I type")
        self.unlock = Button("Unlock", primary=True)
        self.other_way = Button("", plain=True)
        self._fill()
        self._connect()
        self._show_way()
        if open_behind:
            self._at_work.start()

    def count_down(self, wait_s: float) -> None:
        """Let nobody try a passphrase for so many seconds."""
        self._seconds = math.ceil(wait_s)
        if self._seconds > 0:
            self._second.start()
        self._show_state()

    def show_busy(self) -> None:
        """Show that the library is being opened."""
        self._busy = True
        self.forget_problem()
        self._show_state()

    def show_problem(self, problem: Problem, wait_s: float = 0.0) -> None:
        """Show what went wrong; the next passphrase may be tried in *wait_s* seconds."""
        super().show_problem(problem)
        self._busy = False
        self.count_down(wait_s)
        self.field.selectAll()
        self._take_focus()

    def show_closed(self) -> None:
        """Show that nothing is open behind the page any more."""
        self._at_work.stop()
        self._open_behind = False
        self._show_words()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._busy:
            self.field.clear()
            self._recovering = False
            self._show_way()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        if not self.unlock.isEnabled():
            return
        if self._recovering:
            self.show_busy()
            self.recovery_wanted.emit(self.field.text())
        elif not self._needs_passphrase:
            self.show_busy()
            self.unlock_wanted.emit(None)
        elif self.field.text():
            self.show_busy()
            self.unlock_wanted.emit(self.field.text())

    def _take_other_way(self) -> None:
        self._recovering = not self._recovering
        self.field.clear()
        self._show_way()
        self._take_focus()

    def _show_way(self) -> None:
        self.forget_problem()
        asks = self._recovering or self._needs_passphrase
        named = "Recovery code" if self._recovering else "Passphrase"
        self.label.setText(named)
        self.field.setAccessibleName(named)
        self.field.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" if self._recovering else "")
        for part in (self.label, self.field):
            part.setVisible(asks)
        self.reveal.setVisible(asks and not self._recovering)
        back = "Back" if not self._needs_passphrase else "Use the passphrase"
        self.other_way.setText(back if self._recovering else "Use the recovery code")
        self._show_words()
        self._show_echo()
        self._show_state()

    def _show_words(self) -> None:
        asks = _ASKS_CODE if self._recovering else _ASKS if self._needs_passphrase else _NEEDS_NONE
        self.purpose.setText(_AT_WORK if self._open_behind and not self._at_work.isActive() else asks)
        self.other_way.setVisible(self._has_code and not self._open_behind)

    def _show_state(self) -> None:
        waits = self._seconds > 0 and not self._recovering
        self.unlock.setText(_OPENING if self._busy else f"Wait {self._seconds} s" if waits else "Unlock")
        self.unlock.setEnabled(not self._busy and not waits)
        self.field.setReadOnly(self._busy)
        self.other_way.setEnabled(not self._busy)

    def _show_echo(self) -> None:
        plain = self._recovering or self.reveal.isChecked()
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if plain else QLineEdit.EchoMode.Password)

    def _tick(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self._second.stop()
        self._show_state()

    def _take_focus(self) -> None:
        (self.field if self._recovering or self._needs_passphrase else self.unlock).setFocus()

    def _fill(self) -> None:
        self.label.setBuddy(self.field)
        self.column.addLayout(stack(self.label, self.field, spacing=SMALL // 2))
        self.column.addWidget(self.reveal)
        self.column.addWidget(self.trouble)
        self.column.addSpacing(SMALL)
        self.column.addLayout(row(self.other_way, 1, self.unlock))

    def _connect(self) -> None:
        self._at_work.timeout.connect(self._show_words)
        self._second.timeout.connect(self._tick)
        self.field.returnPressed.connect(self._go)
        self.reveal.toggled.connect(self._show_echo)
        self.unlock.clicked.connect(self._go)
        self.other_way.clicked.connect(self._take_other_way)
