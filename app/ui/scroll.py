"""A column that scrolls, and a scroll bar that keeps out of the way."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)

from app.ui import look
from app.ui.look import EDGE, GAP, Ink

_BAR = 12


class SlimBar(QScrollBar):
    """A scroll bar that is only its handle."""

    def sizeHint(self) -> QSize:
        return QSize(_BAR, _BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = look.colour(Ink.QUIET, self.palette())
        shade.setAlpha(200 if self.underMouse() or self.isSliderDown() else 110)
        painter.setBrush(shade)
        painter.drawRoundedRect(QRectF(handle).adjusted(3, 3, -3, -3), 3, 3)
        painter.end()


class Scroll(QScrollArea):
    """A column that scrolls when the window is too low for it; add to `column`."""

    def __init__(self, parent: QWidget | None = None, *, widest: int = 0) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        body = QWidget()
        body.setLayout(self.column)
        if widest:
            body.setMaximumWidth(widest)
        line = QHBoxLayout(inside)
        line.setContentsMargins(EDGE, 0, EDGE, EDGE)
        line.addWidget(body, 1000)
        line.addStretch(1)
        self.setWidget(inside)
        if not look.native():
            self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
