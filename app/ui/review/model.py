"""The rows that the filter shows, fetched a page at a time."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.library import Results
from app.model import Row
from app.ui.review.words import sentence

_PAGE = 256
_PAGES = 24
ROW = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel):
    """One recording a row, in one column; `ROW` gives the whole of it."""

    def __init__(self, results: Results, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results = results
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._results.count

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index.row()).request
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return sentence(self.row(index.row()))
        return None

    def row(self, position: int) -> Row:
        """What is shown at *position*."""
        number, place = divmod(position, _PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._results.rows(number * _PAGE, _PAGE)
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page[place]

    def position(self, wanted: Row) -> int | None:
        """Where *wanted* is shown, if it is: rows are newest first, so a few are read rather than all of them."""
        first, end = 0, self._results.count
        while first < end:
            middle = (first + end) // 2
            (row,) = self._results.rows(middle, 1)
            if row.id == wanted.id:
                return middle
            if (row.at_ms, row.id) > (wanted.at_ms, wanted.id):
                first = middle + 1
            else:
                end = middle
        return None

    def show_found(self) -> None:
        """Show what was found last in place of what is shown now."""
        self.beginResetModel()
        self._pages.clear()
        self._results.swap()
        self.endResetModel()

    def read_again(self) -> None:
        """Show the same rows with what has become of them."""
        self._pages.clear()
        if self._results.count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._results.count - 1, 0))
