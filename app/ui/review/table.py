"""The list of recordings: quick at a million rows, and whole for the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.ui import look
from app.ui.review.delegate import RowDelegate
from app.ui.review.model import RowsModel
from app.ui.scroll import SlimBar

_SELECT = QItemSelectionModel.SelectionFlag


class RowsTable(QTableView):
    """One column of rows of one height; selection is read as ranges of positions."""

    current_changed = Signal(int)
    """The position the parent is at, -1 for none."""
    selection_changed = Signal()
    play_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        # The header would otherwise ask of every row whether it is selected: seconds for a million.
        across = self.horizontalHeader()
        across.setSelectionModel(QItemSelectionModel(model, self))
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not look.native():
            self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Recordings")
        self._take_height()
        chosen = self.selectionModel()
        chosen.currentRowChanged.connect(lambda now, _before: self.current_changed.emit(now.row()))
        chosen.selectionChanged.connect(lambda _now, _before: self.selection_changed.emit())

    def ranges(self) -> list[tuple[int, int]]:
        """The selected positions, first and last of each stretch, in order."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        return sorted((part.top(), part.bottom()) for part in parts)

    def selected(self) -> int:
        """How many rows are selected."""
        return sum(last - first + 1 for first, last in self.ranges())

    def go_to(self, position: int) -> None:
        """Select the row at *position*, and no other, and bring it into view."""
        index = self.model().index(position, 0)
        self.selectionModel().setCurrentIndex(index, _SELECT.ClearAndSelect)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Go to a row nearby, if there is one."""
        position = self.currentIndex().row() + by
        if 0 <= position < self.model().rowCount():
            self.go_to(position)

    def selectAll(self) -> None:
        last = self.model().rowCount() - 1
        if last >= 0:
            everything = QItemSelection(self.model().index(0, 0), self.model().index(last, 0))
            self.selectionModel().select(everything, _SELECT.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers()
        if plain and event.key() == Qt.Key.Key_Space:
            self.play_wanted.emit()
        elif plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here; Qt would read row after row to find one that begins with them."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(where)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._delegate.take_font(self.font())
            self._take_height()

    def _take_height(self) -> None:
        self.verticalHeader().setMinimumSectionSize(self._delegate.height)
        self.verticalHeader().setDefaultSectionSize(self._delegate.height)

    def top_position(self) -> int:
        """The position of the first row in view."""
        return max(0, self.rowAt(0))

    def bring_to(self, position: int, offset: int) -> None:
        """Scroll so that *position* stands *offset* rows below the top."""
        top: QModelIndex = self.model().index(max(0, position - offset), 0)
        self.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)
