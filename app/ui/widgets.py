"""The small parts that every page is made of: headers, cards, prose, buttons, empty states."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QIcon, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons, look
from app.ui.look import GAP, HAIR, SMALL, Ink


class Said(QLabel):
    """A line of text: plain, whoever wrote it, in the colour of *ink* (None: that of text)."""

    def __init__(self, text: str = "", ink: Ink | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._ink = ink
        self._colour()

    def set_ink(self, ink: Ink | None) -> None:
        """Show the text in the colour of *ink* from now on."""
        self._ink = ink
        self._colour()

    def _colour(self) -> None:
        parent = self.parentWidget()
        around = parent.palette() if parent else QPalette()
        mine = QPalette()
        if self._ink is not None:
            mine.setColor(QPalette.ColorRole.WindowText, look.colour(self._ink, around))
        self.setPalette(mine)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ParentChange) and self._ink is not None:
            self._colour()
        super().changeEvent(event)


class Quiet(Said):
    """A line said in passing: smaller and fainter."""

    def __init__(self, text: str = "", ink: Ink = Ink.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(text, ink, parent)
        self.setFont(look.quiet_font(self.font()))


class Heading(Said):
    """A heading inside a page."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, None, parent)
        self.setFont(look.heading_font(self.font()))


class Title(Said):
    """The title of a page."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, None, parent)
        self.setFont(look.title_font(self.font()))


class Prose(Said):
    """Sentences, in lines of at most seventy characters."""

    def __init__(self, text: str = "", ink: Ink | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, ink, parent)
        self.setWordWrap(True)
        self.setMaximumWidth(look.prose_width(self.font()))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(min(width, self.maximumWidth()))  # layouts ask for more than they may give it

    def sizeHint(self) -> QSize:
        wide = min(self.maximumWidth(), round(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + HAIR)
        return QSize(wide, self.heightForWidth(wide))


class QuietProse(Prose):
    """Sentences said in passing."""

    def __init__(self, text: str = "", ink: Ink = Ink.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(text, ink, parent)
        self.setFont(look.quiet_font(self.font()))


class Ringed(QPushButton):
    """A button that shows its ring when the keyboard came to it, not when the mouse did."""

    _ring = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = Qt.FocusReason
        if event.reason() not in (reasons.ActiveWindowFocusReason, reasons.PopupFocusReason):
            self._ring = event.reason() not in (reasons.MouseFocusReason, reasons.OtherFocusReason)
        super().focusInEvent(event)

    @property
    def ringed(self) -> bool:
        """Whether the keyboard is here."""
        return self._ring and self.hasFocus()


class Button(Ringed):
    """A button; *primary* is the one thing to do next, *plain* one that shows no frame until it is pointed at.

    Where the platform has a style of its own the button is that style's; on Fusion we paint it.
    """

    def __init__(
        self, text: str, icon: str = "", *, primary: bool = False, plain: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._drawing = icon
        self._primary = primary
        self._plain = plain
        self.setIconSize(QSize(16, 16))
        self.setFlat(plain)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if primary:
            self.setFont(look.heading_font(self.font()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._draw()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if look.native():
            return hint
        wide = QFontMetricsF(self.font()).horizontalAdvance(self.text().replace("&", ""))
        wide += 16 + SMALL if self._drawing and self.text() else 16 if self._drawing else 0
        return QSize(round(wide) + (GAP if self._plain or not self.text() else 2 * GAP), max(hint.height(), 32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_drawing(self, icon: str) -> None:
        """Show another drawing beside the words."""
        self._drawing = icon
        self._draw()

    def _draw(self) -> None:
        if self._drawing:
            ink = Ink.ON_ACCENT if self._primary and self.isEnabled() and not look.native() else None
            self.setIcon(icons.icon(self._drawing, ink, self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self._draw()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if look.native():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen if self._primary or self._plain else look.colour(Ink.LINE, self.palette()))
        painter.setBrush(self._ground())
        painter.drawRoundedRect(box, 6, 6)
        if self.ringed:
            draw_focus(painter, box, self.palette())
        self._draw_words(painter)
        painter.end()

    def _ground(self) -> QColor:
        palette = self.palette()
        busy = self.isDown() or (self.underMouse() and self.isEnabled())
        if self._primary:
            ground = look.colour(Ink.ACCENT if self.isEnabled() else Ink.LINE, palette)
            return ground.darker(112) if self.isDown() else ground.lighter(108) if busy else ground
        if self._plain:
            return look.colour(Ink.HOVER, palette) if busy or self.isChecked() else QColor(Qt.GlobalColor.transparent)
        return look.colour(Ink.HOVER, palette) if busy else palette.color(QPalette.ColorRole.Button)

    def _draw_words(self, painter: QPainter) -> None:
        wide = QFontMetricsF(self.font()).horizontalAdvance(self.text().replace("&", ""))
        whole = wide + ((16 + (SMALL if self.text() else 0)) if self._drawing else 0)
        left = (self.width() - whole) / 2
        if self._drawing:
            mode = self.icon().pixmap(QSize(16, 16), self.devicePixelRatioF(), self._mode())
            painter.drawPixmap(round(left), (self.height() - 16) // 2, mode)
            left += 16 + SMALL
        shade = self.palette().color(QPalette.ColorRole.ButtonText)
        if self._primary and self.isEnabled():
            shade = look.colour(Ink.ON_ACCENT, self.palette())
        elif not self.isEnabled():
            shade = look.colour(Ink.QUIET, self.palette())
        painter.setPen(shade)
        painter.setFont(self.font())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        if not self.style().styleHint(self.style().StyleHint.SH_UnderlineShortcut):
            flags |= Qt.TextFlag.TextHideMnemonic
        painter.drawText(QRectF(left, 0, wide + HAIR, self.height()), int(flags), self.text())

    def _mode(self) -> QIcon.Mode:
        return QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled


def draw_focus(painter: QPainter, box: QRectF, palette: QPalette) -> None:
    """The ring around what the keyboard is on."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour(Ink.ACCENT, palette), 2))
    painter.drawRoundedRect(box, 6, 6)
    painter.restore()


class Card(QFrame):
    """A raised sheet that groups what belongs together."""

    def __init__(self, parent: QWidget | None = None, *, inside: int = GAP) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(inside, inside, inside, inside)
        self.column.setSpacing(SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour(Ink.LINE, self.palette()))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.ROUND, look.ROUND)
        painter.end()


class Line(QWidget):
    """A hair line between two rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour(Ink.LINE, self.palette()))
        painter.end()


class Picture(QWidget):
    """A drawing, in a soft circle if it is a large one."""

    def __init__(self, name: str, size: int = icons.SIZE, ink: Ink = Ink.QUIET, *, circle: bool = False) -> None:
        super().__init__()
        self._name, self._size, self._ink, self._circle = name, size, ink, circle
        side = size * 2 if circle else size
        self.setFixedSize(side, side)

    def show_drawing(self, name: str, ink: Ink) -> None:
        """Show another drawing in its place."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._circle:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(Ink.PILL, self.palette()))
            painter.drawEllipse(self.rect())
        shade = look.colour(self._ink, self.palette()).name()
        drawing = icons.pixmap(self._name, self._size, shade, self.devicePixelRatioF())
        left = (self.width() - self._size) // 2
        painter.drawPixmap(left, left, drawing)
        painter.end()


class PageHeader(QWidget):
    """What a page is called and, in one sentence, what it is for; *tools* stand at its right end."""

    def __init__(self, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Title(title)
        self.purpose = Prose(purpose, Ink.QUIET)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(SMALL)
        line = row(stack(self.title, self.purpose, spacing=HAIR), 1, self.tools, spacing=GAP)
        line.setAlignment(self.tools, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)


class EmptyState(QWidget):
    """A page with nothing on it yet: one picture, one sentence, one button."""

    def __init__(self, picture: str, sentence: str, button: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Prose(sentence, Ink.QUIET)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(button, primary=True)
        if not button:
            self.button.hide()  # never shown before it has its place: it would be a window of its own for a moment
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addWidget(Picture(picture, 40, Ink.ACCENT, circle=True), 0, middle)
        column.addWidget(self.sentence, 0, middle)
        column.addWidget(self.button, 0, middle)
        column.addStretch(3)


def row(*parts: QWidget | QLayout | int, spacing: int = SMALL) -> QHBoxLayout:
    """The *parts* side by side; a number is a stretch."""
    made = QHBoxLayout()
    _fill(made, parts, spacing)
    return made


def stack(*parts: QWidget | QLayout | int, spacing: int = SMALL) -> QVBoxLayout:
    """The *parts* one below the other; a number is a stretch."""
    made = QVBoxLayout()
    _fill(made, parts, spacing)
    return made


def _fill(box: QBoxLayout, parts: Sequence[QWidget | QLayout | int], spacing: int) -> None:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            box.addStretch(part)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)


def clear(layout: QLayout) -> None:
    """Take everything out of *layout* and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
