"""The page where recordings are found, heard and decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.library import Library, Results
from app.model import Decision, Filter
from app.providers.provider import Provider
from app.ui import icons, words
from app.ui.erasing import ask_to_destroy
from app.ui.jobs import JobRunner
from app.ui.look import EDGE, GAP, HAIR, SMALL
from app.ui.review.bulk import BulkBar
from app.ui.review.card import ACTIONS, KEYS, CardPanel
from app.ui.review.field import SearchField
from app.ui.review.filters import FilterBar, with_words
from app.ui.review.halves import Halves
from app.ui.review.marking import Marking
from app.ui.review.model import RowsModel
from app.ui.review.search import Offer, Search
from app.ui.review.sound import SKIP_SECONDS
from app.ui.review.table import RowsTable
from app.ui.review.words import DECISION_ICONS, DECISION_INKS
from app.ui.widgets import Card as Sheet
from app.ui.widgets import EmptyState, PageHeader, Quiet, row, stack

PURPOSE = "Hear and read what was kept, and decide what stays and what must go. Every decision can be undone."
_SETTLED_MS = 80


class ReviewPage(QWidget):
    """Emits `decided` after every decision, and `erasing_wanted` with what to destroy here and a title. Call `shut`
    before the library is closed."""

    decided = Signal()
    bring_in_wanted = Signal()
    erasing_wanted = Signal(object, str)

    def __init__(
        self,
        library: Library,
        jobs: JobRunner,
        providers: Mapping[str, Provider] = MappingProxyType({}),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._jobs, self._providers = library, jobs, providers
        self._results = Results(library)
        self._search = Search(library, self._results, self)
        self._marking = Marking(jobs, self._results, self)
        self._model = RowsModel(self._results, self)
        self._total = 0
        self._refreshing = _timer(self, 0)
        self._ahead = _timer(self, _SETTLED_MS)
        self.header = PageHeader("Review", PURPOSE)
        self.words = SearchField()
        self.filters = FilterBar(providers)
        self.count = Quiet()
        self.table = RowsTable(self._model)
        self.bulk = BulkBar()
        self.card = CardPanel(library, providers)
        self.nothing = EmptyState("package-open", "Nothing here yet. Bring in an archive.", "Bring in an archive")
        self.no_match = EmptyState("search", "Nothing matches all of these filters.", "Clear all filters")
        self._lay_out()
        self._connect()
        self._bind_keys()

    @property
    def wanted(self) -> Filter:
        """What the parent wants to see."""
        return with_words(self.filters.wanted, self.words.text())

    def refresh(self) -> None:
        """Show the library as it is now, as soon as the page is seen."""
        self._refreshing.start()

    def show_children(self) -> None:
        """Show what the children said."""
        self.words.clear()
        self.filters.show_children()

    def shut(self) -> None:
        """Fall silent and let go of the library."""
        for timer in (self._refreshing, self._ahead, self.words.typed, self.halves.settled):
            timer.stop()
        self.card.sound.shut()
        self._search.shut()
        self._results.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self.card.sound.stop()
        super().hideEvent(event)

    def _refresh(self) -> None:
        if self.isVisible():
            self.header.purpose.setVisible(self._library.asked.last_undoable() is None)
            self._search.ask_offer()
            self._look()

    def _look(self) -> None:
        if not self._marking.holds_rows:
            self._search.look_for(self.wanted)

    def _show_found(self) -> None:
        if self._marking.holds_rows:
            return
        position = max(0, self.table.currentIndex().row())
        offset = position - self.table.top_position()
        known = self._model.row(position) if self._results.count else None
        self._model.show_found()
        found = None if known is None else self._model.position(known)
        self._show_counts()
        if not self._results.count:
            self.card.show_card(None)
            return
        # The row they were at stays where it was; if it is not among these, they begin at the newest.
        self.table.go_to(found or 0)
        self.table.bring_to(found or 0, offset if found is not None else 0)

    def _show_offer(self, offer: Offer) -> None:
        self._total = offer.total
        self.filters.offer(offer)
        self._show_counts()

    def _show_counts(self) -> None:
        shown = self._results.count
        of = max(self._total, shown)
        self.count.setText(f"{words.number(shown)} of {words.number(of)}")
        self._list.setCurrentIndex(0 if shown else 1)
        self._whole.setCurrentIndex(0 if of or self.wanted != Filter() else 1)

    def _show_current(self, position: int) -> None:
        if 0 <= position < self._results.count:
            self.card.show_card(self._library.card(self._model.row(position).id))
            self._ahead.start()

    def _prepare_next(self) -> None:
        """Have the next recording ready before it is asked for."""
        following = self.table.currentIndex().row() + 1
        if 0 < following < self._results.count:
            card = self._library.card(self._model.row(following).id)
            digest = next((sound.digest for sound in card.sounds if sound.digest), None)
            if digest is not None:
                self.card.sound.clips.ask(digest)

    def _show_selected(self) -> None:
        self.bulk.show_selected(self.table.selected(), self._results.count)

    def _mark_selected(self, decision: Decision | None) -> None:
        ranges, many = self.table.ranges(), self.table.selected()
        if many:
            self._marking.mark(ranges, decision)
        if many == 1:
            self.table.step(1)

    def _mark_current(self, decision: Decision | None) -> None:
        position = self.table.currentIndex().row()
        if position >= 0:
            self._marking.mark([(position, position)], decision)
            self.table.step(1)

    def _ask_to_forget(self, id: int) -> None:
        self.card.sound.stop()
        ask_to_destroy(self._jobs, self._providers, lambda _: [id], self, self.erasing_wanted.emit)

    def _show_decided(self) -> None:
        self._model.read_again()
        position = self.table.currentIndex().row()
        if 0 <= position < self._results.count:
            self.card.show_decision(self._model.row(position).decision)
        self.header.purpose.hide()
        self.decided.emit()

    def _show_menu(self, where: QPoint) -> None:
        if not self.table.selected():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("play"), "Play or pause").triggered.connect(self.card.sound.toggle)
        menu.addSeparator()
        for decision, name in ACTIONS.items():
            drawing = icons.icon(DECISION_ICONS[decision], DECISION_INKS[decision])
            action = menu.addAction(drawing, f"{name}\t{KEYS[decision]}")
            action.triggered.connect(lambda _on, decision=decision: self._mark_selected(decision))
        menu.addSeparator()
        menu.addAction("Select all that is shown").triggered.connect(self.table.selectAll)
        menu.popup(where)

    def _clear_filters(self) -> None:
        self.words.clear()
        self.filters.clear()

    def _lay_out(self) -> None:
        self.header.tools.addWidget(self.words)
        sheet = Sheet(inside=HAIR)
        sheet.column.setSpacing(0)
        sheet.column.addWidget(self.table)
        sheet.column.addWidget(self.bulk)
        self._list = QStackedWidget()
        self._list.addWidget(sheet)
        self._list.addWidget(self.no_match)
        self.halves = Halves(self._list, self.card, self._library, self._jobs)
        bar = row(self.filters, self.count, spacing=GAP)
        bar.setStretch(0, 1)
        bar.setAlignment(self.count, Qt.AlignmentFlag.AlignTop)
        bar.setContentsMargins(0, 0, EDGE, 0)
        self.header.setContentsMargins(0, 0, EDGE, 0)
        self.count.setMinimumHeight(self.filters.children_only.sizeHint().height())
        body = stack(self.header, bar, spacing=SMALL + HAIR)
        body.addWidget(self.halves, 1)
        page = QWidget()
        page.setLayout(body)
        self._whole = QStackedWidget()
        self._whole.addWidget(page)
        self._whole.addWidget(self.nothing)
        outer = stack(self._whole)
        outer.setContentsMargins(EDGE, EDGE, 0, GAP)
        self.setLayout(outer)

    def _connect(self) -> None:
        self._refreshing.timeout.connect(self._refresh)
        self._ahead.timeout.connect(self._prepare_next)
        self._search.found.connect(self._show_found)
        self._search.offered.connect(self._show_offer)
        self.words.searched.connect(self._look)
        self.words.left.connect(self.table.setFocus)
        self.filters.changed.connect(self._look)
        self.table.current_changed.connect(self._show_current)
        self.table.selection_changed.connect(self._show_selected)
        self.table.play_wanted.connect(self.card.sound.toggle)
        self.table.menu_wanted.connect(self._show_menu)
        self.bulk.decided_on.connect(self._mark_selected)
        self.card.decided_on.connect(self._mark_current)
        self.card.forget_wanted.connect(self._ask_to_forget)
        self._marking.decided.connect(self._show_decided)
        self._marking.released.connect(self._look)
        self.nothing.button.clicked.connect(self.bring_in_wanted)
        self.no_match.button.clicked.connect(self._clear_filters)

    def _bind_keys(self) -> None:
        for decision, key in KEYS.items():
            self._bind(key, partial(self._mark_selected, decision))
        self._bind("J", lambda: self.card.sound.skip(-SKIP_SECONDS))
        self._bind("L", lambda: self.card.sound.skip(SKIP_SECONDS))
        self._bind("/", self.words.take_focus)
        self._bind("F", self.filters.children_only.setFocus)
        self._bind("Ctrl+A", self.table.selectAll)

    def _bind(self, key: str, to: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), self, to, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)


def _timer(parent: QWidget, ms: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    return timer
