"""The bar that appears when several recordings are selected: how many, and what to do with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui import words
from app.ui.look import GAP, SMALL
from app.ui.review.card import ACTIONS, DecisionButton
from app.ui.widgets import Heading, row


class BulkBar(QWidget):
    """Shown by itself when more than one is selected."""

    decided_on = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = Heading()
        self.buttons = {decision: DecisionButton(decision, plain=True) for decision in ACTIONS}
        for decision, button in self.buttons.items():
            button.clicked.connect(lambda _on, decision=decision: self.decided_on.emit(decision))
        line = row(self.said, 1, *self.buttons.values(), spacing=0)
        line.setContentsMargins(GAP, SMALL, SMALL, SMALL)
        self.setLayout(line)
        self.hide()

    def show_selected(self, selected: int, shown: int) -> None:
        """Say that *selected* of the *shown* ones are selected."""
        whole = f"All {words.number(selected)} selected"
        self.said.setText(whole if selected == shown else f"{words.number(selected)} selected")
        self.setVisible(selected > 1)
