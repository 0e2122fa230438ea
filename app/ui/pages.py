"""The pages of the window, each made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from PySide6.QtWidgets import QStackedWidget, QWidget

BRING_IN, HOUSEHOLD, REVIEW, DELETE, CHECK, KEPT, LOCK = range(7)
PAGES = (
    ("Bring in", "package-open"),
    ("Household", "users"),
    ("Review", "audio-lines"),
    ("Delete", "trash-2"),
    ("Check", "shield-check"),
    ("Kept here", "archive"),
    ("Lock", "lock"),
)
"""Name and drawing of each page, in the order of the journey."""


class Page(Protocol):
    """What the window asks of a page."""

    def refresh(self) -> None:
        """Show the library as it is now."""


class Pages(QStackedWidget):
    """Holds the pages that were opened so far; *makers* make the others."""

    def __init__(self, makers: Sequence[Callable[[], QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers = makers
        self._made: dict[int, QWidget] = {}

    def show_page(self, place: int) -> QWidget:
        """The page at *place*, shown."""
        if place not in self._made:
            self._made[place] = self._makers[place]()
            self.addWidget(self._made[place])
        page = self._made[place]
        self.setCurrentWidget(page)
        return page

    def refresh(self) -> None:
        """Bring the page that is shown up to date."""
        cast(Page, self.currentWidget()).refresh()

    @property
    def place(self) -> int:
        """The place of the page that is shown."""
        return next(place for place, page in self._made.items() if page is self.currentWidget())
