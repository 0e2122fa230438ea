"""The page where a passphrase is chosen: at the first start, and after the recovery code was needed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.model import Problem
from app.ui.fields import Field, Tick
from app.ui.look import GAP, SMALL
from app.ui.threshold import Threshold
from app.ui.widgets import Button, Line, Quiet, QuietProse, Said, row, stack

_WELCOME = "Choose a passphrase"
_WHY = (
    "What you bring in is sealed on this computer, and the passphrase opens it. Nobody can reset it, not even we, so "
    "choose one that you will remember."
)
_AGAIN = "Choose a new passphrase"
_WHY_AGAIN = "The recovery code opened the library. The passphrase that you choose now opens it from here on."
_LENGTHS = (
    (8, "Short: somebody could guess it in time."),
    (14, "Fair. A few words one after another are easy to keep in mind and hard to guess."),
    (1_000, "Long enough to be hard to guess."),
)
"""Up to how many letters we say what. Only the length counts: other rules make people write it on a note."""
_WITHOUT = (
    "Without a passphrase only the keychain of this computer locks it: everybody who uses this computer account can "
    "open it, children too."
)
_NO_KEYCHAIN = "This computer offers no keychain to programs, so without a passphrase nothing would be locked."


class PassphrasePage(Threshold):
    """Emits `chosen` with the passphrase, or with None where the parent wants none."""

    chosen = Signal(object)

    def __init__(self, *, again: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("key-round", _AGAIN if again else _WELCOME, _WHY_AGAIN if again else _WHY, parent)
        self.passphrase = _secret("Passphrase")
        self.repeated = _secret("The passphrase again")
        self.strength = Quiet()
        self.reveal = Tick("Show what I type")
        self.go_on = Button("Continue", primary=True)
        self.without = Button("Continue without a passphrase", plain=True)
        self.about_without = QuietProse("")
        self._fill()
        self._connect()
        self.without.hide()
        self.about_without.hide()

    def offer_keychain(self, there_is_one: bool) -> None:
        """Offer to go without a passphrase, or say why that cannot be."""
        self.without.setVisible(there_is_one)
        self.about_without.setText(_WITHOUT if there_is_one else _NO_KEYCHAIN)
        self.about_without.show()

    def show_busy(self) -> None:
        """Show that the choice was taken."""
        self.forget_problem()
        self._let_choose(False)

    def show_problem(self, problem: Problem) -> None:
        super().show_problem(problem)
        self._let_choose(True)
        self.passphrase.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus()

    def _choose(self) -> None:
        if not self.passphrase.text().strip():
            self.show_problem(Problem("Type a passphrase first."))
        elif not self.repeated.text():
            self.forget_problem()
            self.repeated.setFocus()
        elif self.passphrase.text() != self.repeated.text():
            super().show_problem(Problem("The two are not the same.", advice="Type the passphrase again."))
            self.repeated.selectAll()
            self.repeated.setFocus()
        else:
            self.show_busy()
            self.chosen.emit(self.passphrase.text())

    def _choose_none(self) -> None:
        self.show_busy()
        self.chosen.emit(None)

    def _let_choose(self, can: bool) -> None:
        for part in (self.passphrase, self.repeated, self.reveal, self.go_on, self.without):
            part.setEnabled(can)

    def _show_strength(self, passphrase: str) -> None:
        said = next(words for most, words in _LENGTHS if len(passphrase) < most or most == _LENGTHS[-1][0])
        self.strength.setText(said if passphrase else "")

    def _reveal(self, visible: bool) -> None:
        for field in (self.passphrase, self.repeated):
            field.setEchoMode(QLineEdit.EchoMode.Normal if visible else QLineEdit.EchoMode.Password)

    def _fill(self) -> None:
        self.strength.setMinimumHeight(self.strength.sizeHint().height())
        for name, field in (("Passphrase", self.passphrase), ("Once more", self.repeated)):
            label = Said(name)
            label.setBuddy(field)
            self.column.addLayout(stack(label, field, spacing=SMALL // 2))
            if field is self.passphrase:
                self.column.addWidget(self.strength)
                self.column.addSpacing(SMALL // 2)
        self.column.addWidget(self.reveal)
        self.column.addWidget(self.trouble)
        self.column.addSpacing(SMALL)
        self.column.addLayout(row(1, self.go_on))
        self.column.addSpacing(SMALL)
        self._below = stack(Line(), self.about_without, row(self.without, 1), spacing=SMALL)
        self._below.setContentsMargins(0, GAP - SMALL, 0, 0)
        self.column.addLayout(self._below)

    def _connect(self) -> None:
        self.passphrase.textChanged.connect(self._show_strength)
        self.passphrase.returnPressed.connect(self._choose)
        self.repeated.returnPressed.connect(self._choose)
        self.reveal.toggled.connect(self._reveal)
        self.go_on.clicked.connect(self._choose)
        self.without.clicked.connect(self._choose_none)


def _secret(name: str) -> Field:
    field = Field()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
