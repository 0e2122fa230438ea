"""A field, a choice and a tick in the look of the buttons beside them; the platform's own where it has them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QStyle, QStyleOptionButton, QWidget

from app.ui import icons, look
from app.ui.look import EDGE, HAIR, SMALL, Ink

_HIGH = 32


class Field(QLineEdit):
    """One line of text to fill in."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setMinimumHeight(_HIGH)
        self.setTextMargins(HAIR, 0, HAIR, 0)
        self.setFrame(look.native())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not look.native():
            _draw_frame(self, fill=False)


class Choice(QComboBox):
    """One of a few."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(_HIGH)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if look.native() else QSize(hint.width() + SMALL + HAIR, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if look.native():
            super().paintEvent(event)
            return
        _draw_frame(self, fill=True)
        painter = QPainter(self)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.ButtonText))
        inside = QRectF(self.rect()).adjusted(SMALL + HAIR, 0, -EDGE - HAIR, 0)
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, round(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, text)
        shade = look.colour(Ink.QUIET, self.palette()).name()
        arrow = icons.pixmap("chevron-down", 16, shade, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - EDGE, (self.height() - 16) // 2, arrow)
        painter.end()


class Tick(QCheckBox):
    """Yes or no, with a word beside it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if look.native():
            super().paintEvent(event)
            return
        palette = self.palette()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        place = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        box = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = Ink.ACCENT if self.isChecked() and self.isEnabled() else Ink.FIELD
        painter.setPen(QPen(look.colour(Ink.ACCENT if self.hasFocus() else ink, palette), 2 if self.hasFocus() else 1))
        painter.setBrush(look.colour(ink, palette) if self.isChecked() else palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, HAIR, HAIR)
        if self.isChecked():
            shade = look.colour(Ink.ON_ACCENT, palette).name()
            painter.drawPixmap(place.topLeft(), icons.pixmap("check", place.width(), shade, self.devicePixelRatioF()))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        words = QRectF(self.rect()).adjusted(place.right() + SMALL, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


def _draw_frame(widget: QWidget, *, fill: bool) -> None:
    palette = widget.palette()
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    focused = widget.hasFocus()
    painter.setPen(QPen(look.colour(Ink.ACCENT if focused else Ink.FIELD, palette), 2 if focused else 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Button) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
    painter.end()
