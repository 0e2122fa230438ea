"""The question when an archive was made, for those that do not say it themselves."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from app.model import Source
from app.ui.look import Ink
from app.ui.widgets import Button, Card, Heading, Prose, row


class MadeQuestion(Card):
    """Emits `answered` with the source and when it was made (None: the parent does not know)."""

    answered = Signal(object, object)

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.when = QDateTimeEdit(QDateTime.currentDateTime())
        self.when.setAccessibleName(f"When {source.name} was made")
        self.when.setCalendarPopup(True)
        self.when.setMaximumDateTime(QDateTime.currentDateTime())
        self.look = Button("Look", primary=True)
        self.unknown = Button("I don't know", plain=True)
        self.look.clicked.connect(lambda: self.answered.emit(source, self.when.dateTime().toMSecsSinceEpoch()))
        self.unknown.clicked.connect(lambda: self.answered.emit(source, None))
        self.column.addWidget(Heading(f"When was “{source.name}” made?"))
        self.column.addWidget(
            Prose(
                "It does not say so itself. Give the day and time when you saved or downloaded it. "
                "Only what was made after you asked can show that something is gone.",
                Ink.QUIET,
            )
        )
        self.column.addLayout(row(self.when, self.look, self.unknown, 1))
