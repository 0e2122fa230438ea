"""What the window has to say in between: a hint on a page, or what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.model import Problem
from app.ui import look
from app.ui.look import EDGE, GAP, HAIR, SMALL, Ink
from app.ui.widgets import Button, Card, Heading, Picture, Prose, row, stack


class Hint(Card):
    """What to do next: a drawing, a heading, a sentence and perhaps a button."""

    def __init__(
        self, picture: str, title: str, sentence: str, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.button = Button(button, primary=True)
        if not button:
            self.button.hide()
        mark = Picture(picture, 20, Ink.ACCENT, circle=True)
        line = row(mark, stack(Heading(title), Prose(sentence), spacing=HAIR), 1, self.button, spacing=GAP)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(line)


class Notice(QWidget):
    """What went wrong and what can be done, or what was done; emits `detail_wanted` where there is more to tell."""

    detail_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Prose()
        self.sentence.setFont(look.heading_font(self.sentence.font()))
        self.advice = Prose()
        self.detail = Button("Copy the details", plain=True)
        self.detail.clicked.connect(self.detail_wanted)
        self.dismiss = Button("Close", "x", plain=True)
        self.dismiss.clicked.connect(self.hide)
        self._mark = Picture("triangle-alert", 20, Ink.WARNING)
        said = stack(self.sentence, self.advice, spacing=HAIR)
        line = row(self._mark, said, 1, self.detail, self.dismiss, spacing=GAP)
        for part in (self._mark, self.detail, self.dismiss):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        card = Card()
        card.column.addLayout(line)
        card.column.setContentsMargins(GAP, SMALL + HAIR, SMALL, SMALL + HAIR)
        whole = stack(card)
        whole.setContentsMargins(EDGE, GAP, EDGE, 0)
        self.setLayout(whole)
        self.hide()

    def show_problem(self, problem: Problem) -> None:
        """Show the world's fault in its own words."""
        self._show(problem.message, problem.advice, detail=False)

    def show_mistake(self) -> None:
        """Show that the fault is ours."""
        self._show(
            "Earshot made a mistake.",
            "Nothing was lost: what was not finished was taken back. Try again; if it happens twice, send us the "
            "details (they hold nothing that anyone said).",
            detail=True,
        )

    def show_done(self, sentence: str, advice: str = "") -> None:
        """Show what was done."""
        self._show(sentence, advice, detail=False)
        self._mark.show_drawing("circle-check", Ink.KEEP)

    def _show(self, sentence: str, advice: str, *, detail: bool) -> None:
        self._mark.show_drawing("triangle-alert", Ink.WARNING)
        self.sentence.setText(sentence)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.detail.setVisible(detail)
        self.setAccessibleName(f"{sentence} {advice}".strip())
        self.show()
