"""The page where archives come in: drop them, see them read, and see what was not read."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from app.library import Library
from app.model import Job, Problem, Source
from app.providers.provider import Provider
from app.ui.drop_field import DropField
from app.ui.jobs import JobRunner, at_once
from app.ui.look import EDGE, GAP, SMALL
from app.ui.scroll import Scroll
from app.ui.sources import SourceCard, UnreadCard
from app.ui.widgets import Button, Card, Heading, PageHeader, Prose, Said, clear, row, stack

PURPOSE = "Drop what Amazon or Google sent you. It stays on this computer."
ARCHIVES = (
    "Archives and records (*.zip *.json *.html *.har *.csv *.tgz *.wav *.mp3 *.m4a *.ogg *.opus *.flac);;All files (*)"
)


class BringInPage(QWidget):
    """Emits `brought_in` with the new sources, and `household_wanted` when the parent moves on."""

    brought_in = Signal(object)
    household_wanted = Signal()
    problem = Signal(object)

    def __init__(
        self, library: Library, jobs: JobRunner, providers: Mapping[str, Provider], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._providers = providers
        self.header = PageHeader("Bring in", PURPOSE)
        self.drop = DropField()
        self.drop.dropped.connect(self.bring_in)
        self.drop.files.clicked.connect(self._choose_files)
        self.drop.folder.clicked.connect(self._choose_folder)
        self.drop.stop.clicked.connect(jobs.cancel)
        jobs.progressed.connect(self.drop.show_progress)
        self.next = Button("Next: who is who", "users", primary=True)
        self.next.clicked.connect(self.household_wanted)
        self.unread = UnreadCard()
        self.unread.hide()
        self.cards: list[SourceCard] = []
        self._lay_out()

    def _lay_out(self) -> None:
        self._sources = stack(spacing=SMALL)
        self._guides = QGridLayout()
        self._guides.setSpacing(GAP)
        self._brought = QWidget()
        self._brought.setLayout(
            stack(row(Heading("What was brought in"), 1, self.next), self._sources, self.unread, spacing=SMALL)
        )
        self._brought.hide()
        scroll = Scroll(widest=960)
        scroll.column.addWidget(self.drop)
        scroll.column.addWidget(self._brought)
        scroll.column.addSpacing(SMALL)
        scroll.column.addWidget(Heading("How to get the archive"))
        scroll.column.addLayout(self._guides)
        scroll.column.addStretch(1)
        top = stack(self.header)
        top.setContentsMargins(EDGE, EDGE, EDGE, GAP)
        self.setLayout(stack(top, scroll, spacing=0))

    def _show_guides(self) -> None:
        for place, provider in enumerate(self._providers.values()):
            self._guides.addWidget(Guide(provider), place // 2, place % 2)
            self._guides.setColumnStretch(place % 2, 1)

    def refresh(self) -> None:
        """Show the sources of the library."""
        self._jobs.start("", at_once(lambda library: library.sources()), self._show_sources)

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Read what lies at *paths* into the library."""
        providers = self._providers
        now_ms = round(time.time() * 1000)

        def job(library: Library) -> Job[object]:
            from app import finding, intake

            brought = yield from intake.bring_in(library, paths, providers, now_ms=now_ms)
            finding.suggest(library)
            return brought

        self.drop.show_reading(True)
        self._jobs.start("Reading…", job, self._finish)

    def _finish(self, brought: object) -> None:
        from app.intake import BroughtIn

        assert isinstance(brought, BroughtIn)
        self.drop.show_reading(False)
        self.unread.show_unread(brought.unread, brought.issues)
        if brought.unread and not brought.sources:
            self.problem.emit(
                Problem(
                    "Nothing in there is an archive that Earshot knows.",
                    advice="Drop the whole zip as it came, or look below at how to get it.",
                )
            )
        self.refresh()
        self.brought_in.emit(brought.sources)

    def show_rest(self) -> None:
        """Show that nothing is being read."""
        self.drop.show_reading(False)

    def _show_sources(self, sources: Sequence[Source]) -> None:
        if not self._guides.count():
            self._show_guides()  # now, not at the start: the window stands before the vendors' readers are loaded
        clear(self._sources)
        self.cards = [
            SourceCard(source, self._providers[source.provider].name)
            for source in sorted(sources, key=lambda one: (-one.brought_in_ms, one.id))
        ]
        for card in self.cards:
            self._sources.addWidget(card)
        self._brought.setVisible(bool(sources) or self.unread.isVisibleTo(self._brought))
        self.next.setVisible(bool(sources))

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Choose archives", "", ARCHIVES)
        if names:
            self.bring_in([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose a folder")
        if name:
            self.bring_in([Path(name)])


class Guide(Card):
    """How to get the archive of one vendor, in short steps, with a link to the vendor's page."""

    def __init__(self, provider: Provider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = Button(f"Open {provider.name}'s page", "external-link")
        self.open.setToolTip(provider.getting_page)
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(provider.getting_page)))
        self.column.addWidget(Heading(provider.name))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SMALL)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(1, 1)
        for place, step in enumerate(provider.getting):
            number = Said(f"{place + 1}.")
            grid.addWidget(number, place, 0, number.alignment() | number.alignment().AlignTop)
            grid.addWidget(Prose(step), place, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.column.addLayout(row(self.open, 1))
