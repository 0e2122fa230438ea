"""The page about what stays on this computer: keepsakes, sealed copies, and destroying what must not stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app import keeping
from app.library import Library
from app.model import Decision, Filter, Row
from app.providers.provider import Provider
from app.ui import words
from app.ui.behind import line_of
from app.ui.copies import CopiesCard, Copy, copies, copy_of
from app.ui.erasing import HERE, EverythingQuestion, Stake, ask_to_destroy, at_stake
from app.ui.jobs import JobRunner, at_once
from app.ui.look import EDGE, GAP, HAIR, Ink
from app.ui.question import Destructive, Question
from app.ui.scroll import Scroll
from app.ui.sources import LongList
from app.ui.widgets import (
    Button,
    Card,
    EmptyState,
    Heading,
    Line,
    PageHeader,
    Picture,
    Prose,
    QuietProse,
    Said,
    row,
    stack,
)
from app.vault import Vault

PURPOSE = "See what stays on this computer: keep what you love, and destroy for good what must not stay."
_KEEPSAKES = Filter(decisions=frozenset({Decision.KEEPSAKE}), kinds=HERE)
_MOST = 1_000
"""Keepsakes that are listed; nobody reads more of them in a list like this."""
_BOX = "They stay here, sealed, until you say otherwise."
_NO_KEEPSAKES = "There is none yet. In Review, press B on a recording that you want to have for good."
_PLAIN = (
    "These files are not sealed: whoever opens the folder can hear and read them. What is in it is not destroyed with "
    "the copy here."
)
_EVERYTHING = "For when you are done with Earshot, or give this computer away: nothing of it can be read afterwards."


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays here: how many keepsakes (and the newest of them), the sealed copies, and how many records in all."""

    keepsakes: int
    shown: tuple[Row, ...] = field(repr=False)
    copies: tuple[Copy, ...]
    records: int
    sounds: int


def kept(library: Library) -> Kept:
    """What stays here now."""
    ids = library.ids(_KEEPSAKES)
    return Kept(
        len(ids),
        tuple(library.rows(ids[:_MOST])),
        copies(library),
        library.count(Filter(kinds=HERE)),
        library.sounds_held(),
    )


class KeptPage(QWidget):
    """Emits `erasing_wanted` with what to destroy here and a title, or `everything_wanted`.

    *vault*: what opens the library is asked for again before everything is destroyed (None: in a practice it is not).
    """

    erasing_wanted = Signal(object, str)
    everything_wanted = Signal()
    bring_in_wanted = Signal()

    def __init__(
        self,
        jobs: JobRunner,
        providers: Mapping[str, Provider],
        vault: Vault | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._providers = providers
        self._vault = vault
        self.header = PageHeader("Kept here", PURPOSE)
        self.empty = EmptyState("archive", "Nothing is kept here yet. Bring in an archive.", "Bring in an archive")
        self.box = KeepsakeCard()
        self.copies = CopiesCard()
        self.everything = EverythingCard()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._body = Scroll(widest=960)
        for card in (self.box, self.copies, self.everything):
            self._body.column.addWidget(card)
        self._body.column.addStretch(1)
        self._body.hide()
        self.empty.hide()
        top = stack(self.header)
        top.setContentsMargins(EDGE, EDGE, EDGE, GAP)
        whole = stack(top, spacing=0)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.empty, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.empty.button.clicked.connect(self.bring_in_wanted)
        self.box.save.clicked.connect(self._choose_folder)
        self.copies.kept.connect(self._keep_copy)
        self.copies.destroying_wanted.connect(self._ask_about_copy)
        self.everything.destroy_all.clicked.connect(self._count_everything)

    def refresh(self) -> None:
        """Show what stays here."""
        self._jobs.start("", at_once(kept), self._show)

    def _show(self, found: Kept) -> None:
        anything = bool(found.records or found.copies)
        self.empty.setVisible(not anything)
        self._body.setVisible(anything)
        self.box.show_keepsakes(found.keepsakes, found.shown)
        self.copies.show_copies(found.copies)
        self.everything.show_records(found.records, found.sounds)

    def _keep_copy(self, plan: int, until_ms: int | None) -> None:
        work = at_once(lambda library: library.asked.keep_copy(plan, until_ms))
        self._jobs.start("", work, lambda _: self.refresh())

    def _ask_about_copy(self, plan: int) -> None:
        ask_to_destroy(
            self._jobs, self._providers, lambda library: copy_of(library, plan), self, self.erasing_wanted.emit
        )

    def _count_everything(self) -> None:
        self._jobs.start(
            "Counting what would go…", at_once(lambda library: at_stake(library, None)), self._ask_about_everything
        )

    def _ask_about_everything(self, stake: Stake) -> None:
        vault = self._vault
        asks = vault is not None and vault.needs_passphrase
        question = EverythingQuestion(stake, self._providers, self, passphrase=asks)

        def prove(_: Library) -> None:
            if vault is not None and asks:
                vault.unlock(question.secret.text)

        question.agreed.connect(
            lambda: question.carry_out(self._jobs, "", prove, lambda _: self.everything_wanted.emit())
        )
        question.ask()

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose a folder for the keepsakes")
        if name:
            self.ask_to_save(Path(name))

    def ask_to_save(self, folder: Path) -> None:
        """Say what it means that keepsakes are saved into *folder*, and where the parent agrees, save them."""
        question = Question("Save the keepsakes as files?", _PLAIN, Button("Save as files", primary=True), self)
        where = QuietProse(f"Into a new folder in {folder}")
        question.column.addWidget(where)
        question.agreed.connect(
            lambda: question.carry_out(
                self._jobs,
                "Saving the keepsakes…",
                lambda library: keeping.save_keepsakes(library, folder),
                self.box.show_saved,
            )
        )
        question.ask()


class KeepsakeCard(Card):
    """The keepsake box: what is in it, and a way to have it as files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Heading("Keepsake box")
        self.about = QuietProse()
        self.save = Button("Save as files…", "file-down")
        self.list: LongList | None = None
        self.saved = Said()
        self.open = Button("Open folder", "folder-open", plain=True)
        self._folder = Path()
        self._saved = QWidget()
        self._saved.setLayout(row(Picture("circle-check", 16, Ink.KEEP), self.saved, self.open, 1))
        self._saved.hide()
        head = row(stack(self.title, self.about, spacing=HAIR), 1, self.save)
        self.column.addLayout(head)
        self._line = Line()
        self._line.hide()
        self._list = stack(spacing=0)
        self.column.addWidget(self._line)
        self.column.addLayout(self._list)
        self.column.addWidget(self._saved)
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))

    def show_keepsakes(self, number: int, rows: Sequence[Row]) -> None:
        """Show *number* keepsakes, of which *rows* are the newest."""
        self.title.setText(f"Keepsake box · {words.count(number, 'keepsake')}" if number else "Keepsake box")
        self.about.setText(_BOX if number else _NO_KEEPSAKES)
        self.save.setVisible(bool(number))
        if self.list is not None:
            self.list.hide()
            self.list.deleteLater()
            self.list = None
        self._line.setVisible(bool(rows))
        if rows:
            self.list = LongList("Keepsakes", [line_of(one) for one in rows])
            self._list.addWidget(self.list)

    def show_saved(self, saved: keeping.Saved) -> None:
        """Show where they lie now."""
        self._folder = saved.folder
        self.saved.setText(f"{words.count(saved.keepsakes, 'keepsake')} saved in “{saved.folder.name}”")
        self.saved.setToolTip(str(saved.folder))
        self._saved.show()


class EverythingCard(Card):
    """How much is here in all, and the way to destroy all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = Prose()
        self.destroy_all = Destructive("Destroy everything…")
        text = stack(Heading("Everything here"), self.about, QuietProse(_EVERYTHING), spacing=HAIR)
        self.column.addLayout(row(text, 1, self.destroy_all))

    def show_records(self, records: int, sounds: int) -> None:
        """Show how much there is."""
        with_sounds = f" and {words.count(sounds, 'sound')}" if sounds else ""
        self.about.setText(f"{words.count(records, 'record')}{with_sounds} on this computer.")
