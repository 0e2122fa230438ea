"""The shape of a recording, with where it is being played; a click or an arrow key moves there."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.ui import look
from app.ui.look import HAIR, SMALL, Ink
from app.ui.widgets import draw_focus

_BAR, _PITCH = 2, 4
_STEP_MS = 2_000


class Waveform(QAbstractSlider):
    """A slider over milliseconds, painted as the loudness of what is heard there."""

    sought = Signal(float)
    """The second that the parent wants to hear."""
    play_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._peaks = b""
        self._bars: list[QLineF] = []
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Position in the recording")
        self.setSingleStep(_STEP_MS)
        self.setPageStep(_STEP_MS)
        self.actionTriggered.connect(lambda _action: self.sought.emit(self.sliderPosition() / 1000))

    def show_sound(self, peaks: bytes, seconds: float) -> None:
        """Show a recording of *seconds*; without *peaks* its shape is not known yet."""
        self._peaks = peaks
        self.setRange(0, round(seconds * 1000))
        self.setValue(0)
        self._lay_bars()

    def show_position(self, seconds: float) -> None:
        """Show that *seconds* have been played."""
        self.setValue(round(seconds * 1000))

    def sizeHint(self) -> QSize:
        return QSize(240, 56)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 56)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_bars()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        heard = self.value() * len(self._bars) // self.maximum() if self.maximum() else 0
        self._draw_bars(painter, self._bars[heard:], look.colour(Ink.QUIET, self.palette()))
        self._draw_bars(painter, self._bars[:heard], look.colour(Ink.ACCENT, self.palette()))
        if self.maximum():
            self._draw_playhead(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_focus(painter, QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), self.palette())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._seek_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek_to(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.play_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _seek_to(self, x: float) -> None:
        share = min(1.0, max(0.0, (x - SMALL) / max(1, self.width() - 2 * SMALL)))
        self.sought.emit(share * self.maximum() / 1000)

    def _lay_bars(self) -> None:
        count = max(0, (self.width() - 2 * SMALL) // _PITCH)
        middle, reach = self.height() / 2, self.height() / 2 - HAIR - 2
        self._bars = []
        for number in range(count):
            first = number * len(self._peaks) // count
            last = max(first + 1, (number + 1) * len(self._peaks) // count)
            tall = max(1.0, reach * max(self._peaks[first:last], default=0) / 255)
            x = SMALL + number * _PITCH + _PITCH / 2
            self._bars.append(QLineF(x, middle - tall, x, middle + tall))
        self.update()

    def _draw_bars(self, painter: QPainter, bars: list[QLineF], shade: QColor) -> None:
        if bars:
            painter.setPen(QPen(shade, _BAR))
            painter.drawLines(bars)

    def _draw_playhead(self, painter: QPainter) -> None:
        x = SMALL + (self.width() - 2 * SMALL) * self.value() / self.maximum()
        painter.setPen(QPen(look.colour(Ink.ACCENT, self.palette()), 1))
        painter.drawLine(QLineF(x, HAIR, x, self.height() - HAIR))
