"""Looks for what a filter wants, away from the window; a newer filter overtakes an older one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.library import Facets, Interrupted, Library, Results
from app.model import Filter, Member, Speaker
from app.ui.review.background import Background


@dataclass(frozen=True, slots=True)
class Offer:
    """What a filter can choose from, and how much there is in all."""

    facets: Facets
    members: tuple[Member, ...]
    speakers: tuple[Speaker, ...]
    total: int


class Search(QObject):
    """One thread with its own connection to *library*; fills *results*, which its owner then swaps."""

    found = Signal(int)
    """How many; only for the newest filter."""
    offered = Signal(object)

    def __init__(self, library: Library, results: Results, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library.another()
        self._results = results
        self._background = Background(1, self)
        self._generation = 0

    def look_for(self, wanted: Filter) -> None:
        """Look for *wanted* and for nothing older."""
        self._generation += 1
        generation = self._generation
        self._results.interrupt()
        self._background.start(self._showing(wanted, generation), lambda count: self._settle(generation, count))

    def ask_offer(self) -> None:
        """Count what there is to choose from; `offered` follows."""
        self._background.start(self._offer, self.offered.emit)

    def shut(self) -> None:
        """Stop looking and let go of the library."""
        self._generation += 1
        self._results.interrupt()
        self._background.shut()
        self._library.close()

    def _showing(self, wanted: Filter, generation: int) -> Callable[[], int | None]:
        def show() -> int | None:
            if generation != self._generation:
                return None
            try:
                return self._results.show(wanted)
            except Interrupted:
                return None

        return show

    def _settle(self, generation: int, count: int | None) -> None:
        if count is not None and generation == self._generation:
            self.found.emit(count)

    def _offer(self) -> Offer:
        household = self._library.household
        return Offer(
            self._library.facets(),
            tuple(household.members()),
            tuple(household.speakers()),
            self._library.count(Filter()),
        )
