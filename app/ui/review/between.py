"""A small question: between which two days, or which two hours."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QWidget

from app.ui.look import EDGE, SMALL


class _Between(QDialog):
    """Two fields, from and to."""

    def __init__(self, title: str, first: QWidget, last: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        form.setSpacing(SMALL)
        form.addRow("&From", first)
        form.addRow("&To", last)
        form.addRow(buttons)


class BetweenDays(_Between):
    """Asks for two days, both included."""

    def __init__(self, earliest: QDate, latest: QDate, parent: QWidget) -> None:
        self.first, self.last = QDateEdit(earliest), QDateEdit(latest)
        for field in (self.first, self.last):
            field.setCalendarPopup(True)
        super().__init__("Between two days", self.first, self.last, parent)

    @property
    def days(self) -> tuple[QDate, QDate]:
        """The two days, the earlier first."""
        first, last = self.first.date(), self.last.date()
        return (first, last) if first <= last else (last, first)


class BetweenHours(_Between):
    """Asks for two hours of the day; from an evening to a morning is fine."""

    def __init__(self, parent: QWidget) -> None:
        self.first, self.last = QComboBox(), QComboBox()
        for hour in range(24):
            self.first.addItem(hour_words(hour), hour)
            self.last.addItem(hour_words(hour), hour)
        self.first.setCurrentIndex(15)
        self.last.setCurrentIndex(18)
        super().__init__("Between two hours", self.first, self.last, parent)

    @property
    def hours(self) -> tuple[int, int]:
        """From this hour, to the beginning of that one."""
        return self.first.currentData(), self.last.currentData()


def hour_words(hour: int) -> str:
    """ "15:00", as the locale writes it."""
    return QLocale().toString(QTime(hour % 24, 0), QLocale.FormatType.ShortFormat)
