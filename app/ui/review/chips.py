"""The parts of the filter bar: chips that say what they narrow, and a row of them that wraps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLayout, QLayoutItem, QMenu, QToolButton, QWidget

from app.ui import icons, look
from app.ui.look import HAIR, SMALL, Ink
from app.ui.widgets import draw_focus

_ARROW = 12
_WIDEST_WORDS = 180


class Chip(QToolButton):
    """A small button that is filled while it narrows; *name* is what a screen reader calls it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opens = False
        self.setAccessibleName(name)
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def active(self) -> bool:
        """Whether it narrows what is shown."""
        return self.isChecked()

    def sizeHint(self) -> QSize:
        size = QFontMetrics(self.font())
        arrow = _ARROW + HAIR if self._opens else 0
        return QSize(
            min(size.horizontalAdvance(self.text()), _WIDEST_WORDS) + arrow + 2 * (SMALL + HAIR),
            size.height() + 2 * (HAIR + 2),
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        near = self.underMouse() or self.isDown()
        ground = look.colour(Ink.PILL if self.active else Ink.HOVER, palette)
        painter.setPen(look.colour(Ink.ACCENT if self.active else Ink.LINE, palette))
        painter.setBrush(ground if self.active or near else palette.color(QPalette.ColorRole.Button))
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            draw_focus(painter, box, palette)
        shade = look.colour(Ink.ACCENT, palette) if self.active else palette.color(QPalette.ColorRole.ButtonText)
        inside = self.rect().adjusted(SMALL + HAIR, 0, -SMALL - HAIR, 0)
        if self._opens:
            drawing = icons.pixmap("chevron-down", _ARROW, shade.name(), self.devicePixelRatioF())
            painter.drawPixmap(inside.right() - _ARROW + 1, (self.height() - _ARROW) // 2, drawing)
            inside.setRight(inside.right() - _ARROW - HAIR)
        painter.setPen(shade)
        words = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width() + 1)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()


class StayingMenu(QMenu):
    """A menu that stays open while several things are ticked in it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action: QAction | None = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action: QAction | None = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class ChoiceChip(Chip):
    """A chip with a menu of choices: one of them, or *several*. Nothing chosen means anything goes."""

    changed = Signal()

    def __init__(self, name: str, anything: str, *, several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name, self._anything, self._several = name, anything, several
        self._options: list[tuple[Any, str]] = []
        self._chosen: dict[Any, str] = {}
        self._opens = True
        self.setMenu(StayingMenu(self) if several else QMenu(self))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._tell()

    @property
    def active(self) -> bool:
        return bool(self._chosen)

    @property
    def chosen(self) -> frozenset[Any]:
        """The values that were chosen."""
        return frozenset(self._chosen)

    def offer(self, options: Sequence[tuple[Any, str]]) -> None:
        """Let the parent choose among these values, shown by their words."""
        self._options = list(options)
        words = dict(options)
        self._chosen = {value: words.get(value, before) for value, before in self._chosen.items()}
        self._fill()

    def choose(self, chosen: Sequence[tuple[Any, str]]) -> None:
        """Choose exactly these values; `changed` follows if that is a change."""
        before, self._chosen = self._chosen, dict(chosen)
        self._fill()
        if before != self._chosen:
            self.changed.emit()

    def add_action(self, words: str) -> QAction:
        """A last entry of the menu that is no choice by itself."""
        action = QAction(words, self)
        self.addAction(action)
        self._fill()
        return action

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        group = QActionGroup(menu)
        group.setExclusive(not self._several)
        anything = self._add(menu, group, self._anything, not self._chosen)
        anything.triggered.connect(lambda: self.choose(()))
        menu.addSeparator()
        for value, words in self._options:
            action = self._add(menu, group, words, value in self._chosen)
            action.triggered.connect(lambda _on, value=value, words=words: self._pick(value, words))
        menu.addActions(self.actions())
        self._tell()

    def _add(self, menu: QMenu, group: QActionGroup, words: str, ticked: bool) -> QAction:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(ticked)
        if not self._several:
            group.addAction(action)
        return action

    def _pick(self, value: Any, words: str) -> None:
        if not self._several:
            self.choose([(value, words)])
        elif value in self._chosen:
            self.choose([(kept, said) for kept, said in self._chosen.items() if kept != value])
        else:
            self.choose([*self._chosen.items(), (value, words)])

    def _tell(self) -> None:
        words = list(self._chosen.values())
        more = f" +{len(words) - 1}" if len(words) > 1 else ""
        self.setText(words[0] + more if words else self._name)
        self.setAccessibleName(f"{self._name}: {', '.join(words) or self._anything}")
        self.setToolTip(", ".join(words) if words else "")
        self.updateGeometry()
        self.update()


class Flow(QLayout):
    """Widgets in lines, as many to a line as fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(SMALL)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, area: QRect, *, move: bool) -> int:
        x, y, tall = area.left(), area.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > area.left() and x + size.width() > area.right() + 1:
                x, y, tall = area.left(), y + tall + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, tall = x + size.width() + self.spacing(), max(tall, size.height())
        return y + tall - area.top()
