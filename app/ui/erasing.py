"""The question before the copy here is destroyed: what goes and whose, what stays, and what this cannot reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.library import Library
from app.model import Decision, Filter, Kind
from app.providers.provider import Provider
from app.ui import words
from app.ui.fields import Tick
from app.ui.jobs import JobRunner, at_once
from app.ui.look import HAIR, SMALL, Ink
from app.ui.question import Destructive, Question, Secret
from app.ui.tally import unasked
from app.ui.widgets import Heading, Picture, Prose, row, stack

Which = Callable[[Library], Sequence[int]]

HERE = frozenset(Kind) - {Kind.FORGOTTEN}
_TO_KEEP = frozenset({Decision.KEEP, Decision.KEEPSAKE})
_NAMES_SHOWN = 6
_FILES_SHOWN = 4
_STAYS = "When and where something was said stays without a word, so that later archives can be checked."
_SURE = "I understand that this cannot be undone"


@dataclass(frozen=True, slots=True)
class Stake:
    """What would be destroyed: so many records, whose, where and when; how many of them are to be kept or were marked
    delete and stand in no plan; how many that are to be kept would stay; and the archives that all came from."""

    ids: tuple[int, ...] = field(repr=False)
    items: int
    sounds: int
    first_ms: int | None
    last_ms: int | None
    people: Mapping[str, int] = field(repr=False)
    devices: Mapping[str, int]
    providers: tuple[str, ...]
    to_keep: int
    unplanned: int
    staying: int
    archives: tuple[str, ...]


def at_stake(library: Library, which: Which | None) -> Stake:
    """What *which* names (None: everything), counted."""
    ids = None if which is None else tuple(which(library))
    going = Filter(kinds=HERE, ids=frozenset(ids or ()))
    if ids is not None and not ids:
        return Stake((), 0, 0, None, None, {}, {}, (), 0, 0, 0, ())
    tally = library.tally(going)
    to_keep = library.count(Filter(kinds=HERE, ids=going.ids, decisions=_TO_KEEP))
    return Stake(
        ids=ids or (),
        items=tally.items,
        sounds=library.sounds_held(),
        first_ms=tally.first_ms,
        last_ms=tally.last_ms,
        people=tally.people,
        devices=tally.devices,
        providers=tuple(sorted(tally.providers)),
        to_keep=to_keep,
        unplanned=0 if ids is None else len(unasked(library) & going.ids),
        staying=library.count(Filter(kinds=HERE, decisions=_TO_KEEP)) - to_keep,
        archives=tuple(dict.fromkeys(source.name for source in library.sources())),
    )


class ErasingQuestion(Question):
    """Asks before a part of the copy here is destroyed."""

    def __init__(self, stake: Stake, providers: Mapping[str, Provider], parent: QWidget) -> None:
        one = stake.items == 1
        these = "this recording" if one else words.count(stake.items, "recording")
        go_on = Destructive("Destroy it here" if one else f"Destroy {words.number(stake.items)} here")
        super().__init__(f"Destroy the copy here of {these}?", "", go_on, parent)
        self.column.addLayout(_told("shredder", Ink.DELETE, "Goes for good", _goes(stake)))
        self.column.addLayout(_told("archive", Ink.KEEP, "Stays here", _stays(stake)))
        self.column.addLayout(_told("circle-alert", Ink.QUIET, "Not touched by this", _beyond(stake, providers)))
        if stake.unplanned:
            self.column.addLayout(_told("triangle-alert", Ink.WARNING, "Make the plan first", _unplanned(stake)))


class EverythingQuestion(Question):
    """Asks before everything here is destroyed; *passphrase*: it is asked for again."""

    def __init__(
        self, stake: Stake, providers: Mapping[str, Provider], parent: QWidget, *, passphrase: bool = False
    ) -> None:
        super().__init__(
            "Destroy everything here?", "", Destructive(f"Destroy all {words.number(stake.items)}"), parent
        )
        self.sure = Tick(_SURE)
        self.secret = Secret("Your passphrase")
        self._asks = passphrase
        self.column.addLayout(_told("shredder", Ink.DELETE, "Goes for good", _all_goes(stake)))
        self.column.addLayout(_told("circle-alert", Ink.QUIET, "Not touched by this", _beyond(stake, providers)))
        self.column.addWidget(self.sure)
        self.column.addWidget(self.secret)
        self.secret.setVisible(passphrase)
        self.sure.toggled.connect(self._show_state)
        self.secret.field.textChanged.connect(self._show_state)
        self._show_state()

    def _show_state(self) -> None:
        self.go_on.setEnabled(self.sure.isChecked() and bool(self.secret.text or not self._asks))


def ask_to_destroy(
    jobs: JobRunner,
    providers: Mapping[str, Provider],
    which: Which,
    parent: QWidget,
    agreed: Callable[[Which, str], object],
) -> None:
    """Count what *which* names, ask, and where the parent agrees, tell *agreed* what to destroy, and a title for it."""

    def show(stake: Stake) -> None:
        if stake.items:
            question = ErasingQuestion(stake, providers, parent)
            question.agreed.connect(lambda: go_on(question, stake))
            question.ask()

    def go_on(question: ErasingQuestion, stake: Stake) -> None:
        question.accept()
        title = f"Destroying the copy here of {words.count(stake.items, 'recording')}…"
        agreed(lambda _: stake.ids, title)  # what was counted, and nothing more

    jobs.start("Counting what would go…", at_once(lambda library: at_stake(library, which)), show)


def _told(drawing: str, ink: Ink, title: str, sentence: str) -> QBoxLayout:
    mark = Picture(drawing, 20, ink)
    line = row(mark, stack(Heading(title), Prose(sentence), spacing=HAIR), 1, spacing=SMALL + HAIR)
    line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    return line


def _goes(stake: Stake) -> str:
    whose = " · ".join(part for part in (_people(stake), _devices(stake), _when(stake)) if part)
    kept = ""
    if stake.to_keep:
        of_them = "It is" if stake.items == 1 else f"{words.number(stake.to_keep)} of them are"
        kept = f" {of_them} marked to be kept."
    return f"What was said, and how it sounded: {whose}.{kept} This cannot be undone."


def _all_goes(stake: Stake) -> str:
    sounds = f" and {words.count(stake.sounds, 'sound')}" if stake.sounds else ""
    when = f", {_when(stake)}" if stake.first_ms is not None else ""
    kept = f" The {words.number(stake.to_keep)} that you keep go too." if stake.to_keep else ""
    return (
        f"{words.count(stake.items, 'record')}{sounds}{when}; with them the names, the plans, what was found, the log, "
        f"and the lock of this library.{kept} Save your keepsakes as files first, if you want to have them."
    )


def _stays(stake: Stake) -> str:
    if not stake.staying:
        return _STAYS
    return f"{_STAYS} {words.number(stake.staying)} that you keep {'stays' if stake.staying == 1 else 'stay'} whole."


def _beyond(stake: Stake, providers: Mapping[str, Provider]) -> str:
    vendors = words.listed(providers[key].name if key in providers else key for key in stake.providers)
    names = [f"“{name}”" for name in stake.archives[:_FILES_SHOWN]]
    if (more := len(stake.archives) - _FILES_SHOWN) > 0:
        names.append(f"{words.number(more)} more")
    files = f" The archives that you brought in ({words.listed(names)})" if names else " Archives that you downloaded"
    return (
        f"What {vendors} keeps: this asks nobody to delete anything.{files} and backups of this computer: delete "
        "those files yourself."
    )


def _unplanned(stake: Stake) -> str:
    if stake.items == 1:
        return (
            "It is marked delete and stands in no plan yet. Once it is destroyed here, no plan can ask for it any more."
        )
    return (
        f"{words.number(stake.unplanned)} of them are marked delete and stand in no plan yet. Once they are destroyed "
        "here, no plan can ask for them any more."
    )


def _people(stake: Stake) -> str:
    named = sorted(((name, number) for name, number in stake.people.items() if name), key=lambda one: -one[1])
    if stake.items == 1:
        return "".join(name for name, _ in named)
    return ", ".join(f"{name} {words.number(number)}" for name, number in named[:_NAMES_SHOWN])


def _devices(stake: Stake) -> str:
    return words.listed(sorted(name for name in stake.devices if name)[:_NAMES_SHOWN])


def _when(stake: Stake) -> str:
    if stake.first_ms is None or stake.last_ms is None:
        return ""
    return words.moment(stake.first_ms) if stake.items == 1 else words.span(stake.first_ms, stake.last_ms)
