"""Paints a recording as two calm lines: when, who and where; and what was said."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.model import Kind, Row
from app.ui import icons, look
from app.ui.look import GAP, HAIR, SMALL, Ink
from app.ui.review.model import ROW
from app.ui.review.words import DECISION_ICONS, DECISION_INKS, DECISIONS, NO_WORDS, clock, weekday_and_day

_ICON = 16
_MARK = 3
_PILL_ICON = 12
_SELECTED = 0.16
"""How much of the accent lies over the ground of what is selected: its words keep their own colours."""


@dataclass(frozen=True, slots=True)
class _Type:
    """The fonts of a row with their measures."""

    plain: QFont
    strong: QFont
    quiet: QFont
    plain_size: QFontMetrics
    strong_size: QFontMetrics
    quiet_size: QFontMetrics

    @classmethod
    def of(cls, base: QFont) -> _Type:
        fonts = base, look.heading_font(base), look.number_font(look.quiet_font(base))
        return cls(*fonts, *(QFontMetrics(font) for font in fonts))

    @property
    def first_line(self) -> int:
        return max(self.strong_size.height(), self.quiet_size.height() + 2 * 2)

    @property
    def row(self) -> int:
        return SMALL + self.first_line + HAIR + self.plain_size.height() + SMALL + 2


class RowDelegate(QStyledItemDelegate):
    """Reads its colours from the palette of the table, so it follows light, dark and high contrast."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._type = _Type.of(parent.font())

    @property
    def height(self) -> int:
        """How tall every row is."""
        return self._type.row

    def take_font(self, font: QFont) -> None:
        """Write in *font* from now on."""
        self._type = _Type.of(font)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(320, self.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(ROW)
        area, palette, state = QRect(option.rect), QPalette(option.palette), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(painter, area, palette, state, row)
        inside = area.adjusted(GAP, SMALL, -GAP, -SMALL)
        if row.recordings:
            shade = look.colour(Ink.QUIET, palette).name()
            ratio = painter.device().devicePixelRatio()
            top = inside.top() + (self._type.first_line - _ICON) // 2
            painter.drawPixmap(inside.left(), top, icons.pixmap("volume-2", _ICON, shade, ratio))
        inside.setLeft(inside.left() + _ICON + SMALL)
        first = QRect(inside.left(), inside.top(), inside.width(), self._type.first_line)
        second = QRect(inside.left(), first.bottom() + 1 + HAIR, inside.width(), self._type.plain_size.height())
        self._draw_first(painter, first, palette, row)
        self._draw_second(painter, second, palette, row)
        painter.restore()

    def _draw_first(self, painter: QPainter, line: QRect, palette: QPalette, row: Row) -> None:
        kind = self._type
        quiet = look.colour(Ink.QUIET, palette)
        right = line.right()
        if row.decision is not None:
            right = self._draw_pill(
                painter, line, right, palette, DECISIONS[row.decision], DECISION_INKS[row.decision],
                DECISION_ICONS[row.decision],
            )  # fmt: skip
        day = f"{weekday_and_day(row.at_ms, short=True)}  {clock(row.at_ms)}"
        left = line.left()
        person = kind.strong_size.elidedText(row.person, Qt.TextElideMode.ElideRight, max(0, line.width() // 3))
        if person:
            left = _write(painter, line, left, person, kind.strong, kind.strong_size, palette.text().color()) + SMALL
        if row.childs:
            left = self._draw_child(painter, line, left, palette) + SMALL
        wanted = f"{day}   ·   {row.device}" if row.device else day
        shown = kind.quiet_size.elidedText(wanted, Qt.TextElideMode.ElideRight, max(0, right - left - SMALL))
        _write(painter, line, left, shown, kind.quiet, kind.quiet_size, quiet)

    def _draw_second(self, painter: QPainter, line: QRect, palette: QPalette, row: Row) -> None:
        words, shade = row.request.replace("\n", " "), palette.text().color()
        if not words.strip():
            words, shade = NO_WORDS.get(row.kind, "No words were kept"), look.colour(Ink.QUIET, palette)
        if row.kind is Kind.CONVERSATION:
            words = f"Conversation: {words}"
        shown = self._type.plain_size.elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        _write(painter, line, line.left(), shown, self._type.plain, self._type.plain_size, shade)

    def _draw_child(self, painter: QPainter, line: QRect, left: int, palette: QPalette) -> int:
        word = "child"
        wide = self._type.quiet_size.horizontalAdvance(word) + 2 * SMALL
        box = QRect(left, line.top(), wide, line.height())
        _fill_pill(painter, box, look.colour(Ink.PILL, palette))
        accent = look.colour(Ink.ACCENT, palette)
        _write(painter, line, left + SMALL, word, self._type.quiet, self._type.quiet_size, accent)
        return left + wide

    def _draw_pill(
        self, painter: QPainter, line: QRect, right: int, palette: QPalette, word: str, ink: Ink, drawing: str
    ) -> int:
        """A word in its colour behind its drawing, ending at *right*; where it begins."""
        shade = look.colour(ink, palette)
        wide = self._type.quiet_size.horizontalAdvance(word) + _PILL_ICON + HAIR
        left = right - wide
        ratio = painter.device().devicePixelRatio()
        top = line.top() + (line.height() - _PILL_ICON) // 2
        painter.drawPixmap(left, top, icons.pixmap(drawing, _PILL_ICON, shade.name(), ratio))
        _write(painter, line, left + _PILL_ICON + HAIR, word, self._type.quiet, self._type.quiet_size, shade)
        return left - SMALL


def _draw_ground(painter: QPainter, area: QRect, palette: QPalette, state: QStyle.StateFlag, row: Row) -> None:
    accent = look.colour(Ink.ACCENT, palette)
    # The style has filled selected rows already, too loudly for a whole page of them.
    painter.fillRect(area, palette.color(QPalette.ColorRole.Base))
    if state & QStyle.StateFlag.State_Selected:
        ground = QColor(accent)
        ground.setAlphaF(_SELECTED)
        painter.fillRect(area, ground)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, look.colour(Ink.HOVER, palette))
    painter.fillRect(QRect(area.left() + GAP, area.bottom(), area.width() - 2 * GAP, 1), look.colour(Ink.LINE, palette))
    if row.decision is not None:
        mark = QRect(area.left(), area.top() + 1, _MARK, area.height() - 2)
        painter.fillRect(mark, look.colour(DECISION_INKS[row.decision], palette))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(area).adjusted(HAIR + 0.5, 1.5, -HAIR - 0.5, -2.5), 6, 6)


def _fill_pill(painter: QPainter, box: QRect, shade: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)


def _write(
    painter: QPainter, line: QRect, left: int, words: str, font: QFont, size: QFontMetrics, shade: QColor
) -> int:
    """Write *words* from *left* in the middle of *line*; where they end."""
    painter.setFont(font)
    painter.setPen(shade)
    painter.drawText(left, line.top() + (line.height() - size.height()) // 2 + size.ascent(), words)
    return left + size.horizontalAdvance(words)
