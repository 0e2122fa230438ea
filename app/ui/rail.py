"""The rail: the pages in the order of the journey, each with the work that is left on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.ui import icons, look, words
from app.ui.look import EDGE, GAP, HAIR, SMALL, Ink
from app.ui.widgets import Button, Ringed, Title, draw_focus, row, stack

WIDTH = 200
_HIGH = 40


class RailButton(Ringed):
    """A page of the rail: a drawing, a name, and how much is left to do there."""

    def __init__(self, name: str, drawing: str) -> None:
        super().__init__(name)
        self._drawing = drawing
        self._left = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(_HIGH)
        self.setAccessibleName(name)

    def show_left(self, left: int) -> None:
        """Show that *left* things remain to be done on this page."""
        self._left = left
        self.setAccessibleName(f"{self.text()}, {words.number(left)} left" if left else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - GAP, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        here = self.isChecked()
        if here or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(Ink.PILL if here else Ink.HOVER, palette))
            painter.drawRoundedRect(box, look.ROUND, look.ROUND)
        if self.ringed:
            draw_focus(painter, box, palette)
        text = palette.color(QPalette.ColorRole.WindowText)
        shade = look.colour(Ink.ACCENT, palette) if here else look.colour(Ink.QUIET, palette)
        drawing = icons.pixmap(self._drawing, icons.SIZE, shade.name(), self.devicePixelRatioF())
        painter.drawPixmap(GAP - HAIR, (self.height() - icons.SIZE) // 2, drawing)
        painter.setFont(look.heading_font(self.font()) if here else self.font())
        painter.setPen(text)
        inside = QRectF(self.rect()).adjusted(GAP + EDGE, 0, -GAP, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._left:
            painter.setFont(look.number_font(look.quiet_font(self.font())))
            painter.setPen(shade)
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, _short(self._left))
        painter.end()


def _short(left: int) -> str:
    """The number as the rail has room for it."""
    return words.number(left) if left < 100_000 else f"{words.number(left // 1000)} k"


class Rail(QWidget):
    """Emits `chosen` with the place of the page that the parent wants."""

    chosen = Signal(int)

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._group = QButtonGroup(self)
        self.buttons = [RailButton(name, drawing) for name, drawing in pages]
        for place, button in enumerate(self.buttons):
            self._group.addButton(button, place)
        self._group.idClicked.connect(self.chosen)
        self.lock_now = Button("Lock now", "lock", plain=True)
        self.lock_now.setToolTip("Lock now (Ctrl+L)")
        self.keys = Button("All keys", "keyboard", plain=True)
        self.keys.setToolTip("All keys (?)")
        self.hide_all = Button("Hide everything", "eye-off", plain=True)
        self.hide_all.setToolTip("Hide everything at once (F9)")
        self._lay_out()

    def _lay_out(self) -> None:
        name = Title("Earshot")
        name.setContentsMargins(GAP - HAIR, 0, 0, 0)
        whole = stack(name, spacing=HAIR)
        whole.setContentsMargins(SMALL, EDGE, SMALL, GAP)
        whole.addSpacing(GAP)
        for button in self.buttons:
            whole.addWidget(button)
        whole.addStretch(1)
        for small in (self.keys, self.hide_all, self.lock_now):
            line = row(small, 1)
            line.setContentsMargins(HAIR, 0, 0, 0)
            whole.addLayout(line)
        self.setLayout(whole)

    def show_current(self, place: int) -> None:
        """Mark the page at *place* as the one that is open."""
        self.buttons[place].setChecked(True)

    def show_left(self, left: Sequence[int]) -> None:
        """Show what is left to do on each page."""
        for button, number in zip(self.buttons, left, strict=True):
            button.show_left(number)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), look.colour(Ink.LINE, self.palette()))
        painter.end()
