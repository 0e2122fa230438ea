"""The page where people and devices get their names and are marked as a child's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.library import Library
from app.model import Member, Speaker, Standing
from app.providers.provider import Provider
from app.ui import look, words
from app.ui.fields import Choice, Field
from app.ui.jobs import JobRunner, at_once
from app.ui.look import EDGE, GAP, SMALL, Ink
from app.ui.scroll import Scroll
from app.ui.widgets import (
    Button,
    Card,
    EmptyState,
    Heading,
    PageHeader,
    Picture,
    Quiet,
    QuietProse,
    Said,
    clear,
    stack,
)

PURPOSE = "Say who is who: that is how Earshot finds what the children said."
_NAME = 320
OF_PEOPLE = (Standing.CHILD, Standing.ADULT, Standing.GUEST, Standing.SHARED, Standing.UNKNOWN)
OF_DEVICES = (Standing.CHILD, Standing.SHARED, Standing.UNKNOWN)
_PERSON_WORDS = {**words.STANDINGS, Standing.SHARED: "several people"}
_DEVICE_WORDS = {**words.STANDINGS, Standing.CHILD: "a child's", Standing.SHARED: "everyone's"}


@dataclass(frozen=True, slots=True)
class Who:
    """The people and devices of the library, as one reading."""

    members: tuple[Member, ...]
    speakers: tuple[Speaker, ...]
    vendor_types: Mapping[int, str]


def who(library: Library) -> Who:
    """Who is who, as the library has it now."""
    household = library.household
    return Who(tuple(household.members()), tuple(household.speakers()), household.vendor_types())


class HouseholdPage(QWidget):
    """Emits `changed` when a name or a mark changed, and `children_wanted` to see what the children said."""

    changed = Signal()
    children_wanted = Signal()
    bring_in_wanted = Signal()

    def __init__(
        self, library: Library, jobs: JobRunner, providers: Mapping[str, Provider], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._providers = providers
        self.header = PageHeader("Household", PURPOSE)
        self.show_children = Button("Show the children's", "audio-lines", primary=True)
        self.show_children.clicked.connect(self.children_wanted)
        self.empty = EmptyState(
            "users",
            "Nobody is here yet. Bring in an archive, and its people and speakers appear.",
            "Bring in an archive",
        )
        self.empty.button.clicked.connect(self.bring_in_wanted)
        self.people: list[WhoRow] = []
        self.devices: list[WhoRow] = []
        self._lay_out()
        self._show(Who((), (), {}))

    def _lay_out(self) -> None:
        self.header.tools.addWidget(self.show_children)
        self._lists = Scroll(widest=960)
        top = stack(self.header)
        top.setContentsMargins(EDGE, EDGE, EDGE, GAP)
        self.setLayout(stack(top, self._lists, self.empty, spacing=0))

    def refresh(self) -> None:
        """Show who is who, as the library has it now."""
        self._jobs.start("", at_once(who), self._show)

    def _show(self, found: Who) -> None:
        anyone = bool(found.members or found.speakers)
        self.empty.setVisible(not anyone)
        self._lists.setVisible(anyone)
        self.show_children.setVisible(anyone)
        clear(self._lists.column)
        self.people = [
            WhoRow(one, OF_PEOPLE, _PERSON_WORDS, self._about(one, found.vendor_types.get(one.id, "")))
            for one in found.members
        ]
        self.devices = [WhoRow(one, OF_DEVICES, _DEVICE_WORDS, self._about(one, "")) for one in found.speakers]
        self._section(
            "People",
            "user",
            self.people,
            self._change_member,
            "The archives name no people. That is usual: most assistants only name devices.",
        )
        self._section("Devices", "speaker", self.devices, self._change_speaker, "The archives name no devices.")
        self._lists.column.addStretch(1)

    def _about(self, one: Member | Speaker, vendor_type: str) -> str:
        parts = [self._providers[one.provider].name]
        if one.name != one.said_name and one.said_name:
            parts.append(f"there called “{one.said_name}”")
        if vendor_type:
            parts.append(f"listed as {vendor_type.lower()}")
        return " · ".join(parts)

    def _section(
        self, title: str, drawing: str, rows: Sequence[WhoRow], change: Callable[..., None], none: str
    ) -> None:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 1)
        for place, one in enumerate(rows):
            one.put(grid, place, drawing)
            one.changed.connect(change)
        card.column.addLayout(grid)
        if not rows:
            card.column.addWidget(QuietProse(none))
        self._lists.column.addWidget(Heading(title))
        self._lists.column.addWidget(card)

    def _change_member(self, id: int, name: str, standing: Standing) -> None:
        self._change(lambda library: library.household.change_member(id, name=name, standing=standing))

    def _change_speaker(self, id: int, name: str, standing: Standing) -> None:
        self._change(lambda library: library.household.change_speaker(id, name=name, standing=standing))

    def _change(self, work: Callable[[Library], None]) -> None:
        self._jobs.start("", at_once(work), lambda _: self.changed.emit())


class WhoRow(QObject):
    """One person or device: a name, whose it is, and whether the parent has said so."""

    changed = Signal(int, str, object)

    def __init__(
        self,
        one: Member | Speaker,
        offered: Sequence[Standing],
        named: Mapping[Standing, str],
        about: str,
    ) -> None:
        super().__init__()
        self._one = one
        shown = one.name or one.said_name
        self.name = Field(shown)
        self.name.setAccessibleName(f"Name of {shown}")
        self.name.setPlaceholderText("without a name")
        self.name.setMinimumWidth(160)
        self.name.setMaximumWidth(_NAME)
        self.whose = Choice()
        self.whose.setAccessibleName(f"Whose voice: {shown}")
        for standing in offered:
            self.whose.addItem(named[standing], standing)
        self.whose.setCurrentIndex(max(self.whose.findData(one.standing), 0))
        self.about = Quiet(about)
        self.recordings = Said(words.count(one.interactions, "recording"), Ink.QUIET)
        self.recordings.setFont(look.number_font(self.recordings.font()))
        self.confirm = Button("That's right", "check")
        self.confirm.setAccessibleName(f"Confirm {shown}")
        self.name.editingFinished.connect(self._name_changed)
        self.whose.activated.connect(self._say)
        self.confirm.clicked.connect(self._say)

    def put(self, grid: QGridLayout, place: int, drawing: str) -> None:
        """Stand in row *place* of *grid*."""
        centre = Qt.AlignmentFlag.AlignVCenter
        self.state = Quiet("You said so" if self._one.confirmed else self._suggestion(), self._state_ink())
        mark = Picture(drawing, ink=Ink.ACCENT if self._one.standing is Standing.CHILD else Ink.QUIET)
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        grid.addWidget(mark, place, 0, centre)
        grid.addLayout(stack(self.name, self.about, spacing=4), place, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.recordings, place, 2, centre | Qt.AlignmentFlag.AlignRight)
        grid.addLayout(stack(self.whose, self.state, spacing=4), place, 3)
        grid.addWidget(self.confirm, place, 4, top)
        if self._one.confirmed or self._one.standing is Standing.UNKNOWN:
            self.confirm.hide()  # never shown before it has its place: it would be a window of its own for a moment
        grid.setColumnMinimumWidth(4, self.confirm.sizeHint().width() + SMALL)

    def _suggestion(self) -> str:
        return "Not said yet" if self._one.standing is Standing.UNKNOWN else "Suggested by the archive"

    def _state_ink(self) -> Ink:
        if self._one.confirmed:
            return Ink.KEEP
        return Ink.QUIET if self._one.standing is Standing.UNKNOWN else Ink.WARNING

    def _name_changed(self) -> None:
        if self.name.text().strip() not in ("", self._one.name):
            self._say()

    def _say(self) -> None:
        self.changed.emit(self._one.id, self.name.text().strip() or self._one.said_name, self.whose.currentData())
