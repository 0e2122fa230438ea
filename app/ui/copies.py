"""The sealed copies of what was asked: how long each stays here, as words and as choices."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.library import Library
from app.model import Decision, Filter, Kind, local_day
from app.ui import words
from app.ui.look import HAIR, SMALL, Ink
from app.ui.question import Destructive
from app.ui.widgets import Button, Card, Heading, Line, Picture, QuietProse, Said, clear, row, stack

DAY_MS = 86_400_000
DAYS = (7, 30, 90, 180)
"""How long a copy can be told to stay."""
_WHAT = (
    "What you asked for stays here, sealed, until its day comes; then it destroys itself. What you keep, and your "
    "keepsakes, are spared."
)
_NONE = "There is no such copy. One is kept of every plan that you ask for, for as long as you say there."


@dataclass(frozen=True, slots=True)
class Copy:
    """What is still here of a plan that was asked: *held* recordings, of which *spared* are to be kept."""

    plan: int
    made_ms: int
    held: int
    spared: int
    until_ms: int | None


def copies(library: Library) -> tuple[Copy, ...]:
    """The sealed copies that are here, the newest plan first."""
    found = (
        Copy(one.plan, library.asked.plan(one.plan).made_ms, one.held, one.held - len(copy_of(library, one.plan)),
             one.until_ms)
        for one in library.asked.copies()
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.made_ms, -one.plan)))


def copy_of(library: Library, plan: int) -> list[int]:
    """What is still here of what *plan* asked; not what is to be kept, nor what another plan still holds."""
    asked = _asked(library, plan)
    for other in library.asked.copies():
        if other.plan != plan and (other.until_ms is None or other.until_ms > now_ms()):
            asked -= _asked(library, other.plan)
    if not asked:
        return []  # a filter without numbers would let everything through
    here = frozenset(Kind) - {Kind.FORGOTTEN}
    return library.ids(Filter(ids=asked, kinds=here, decisions=frozenset({None, Decision.DELETE})))


def _asked(library: Library, plan: int) -> frozenset[int]:
    return frozenset(item.interaction for item in library.asked.items(plan) if item.asked_ms is not None)


def countdown(until_ms: int | None, at_ms: int) -> str:
    """How long a copy still stays, seen from *at_ms*."""
    if until_ms is None:
        return "Stays here. It is kept on this computer only: nothing is put back at the assistant's maker."
    if until_ms <= at_ms:
        return "Destroys itself when Earshot is next opened"
    left = (local_day(until_ms) - local_day(at_ms)).days
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {words.number(left)} days"
    return f"Destroys itself {when} ({words.day(until_ms)})"


def now_ms() -> int:
    """The time."""
    return round(time.time() * 1000)


class CopyRow(QWidget):
    """One sealed copy; emits `kept` with another time (None: it stays), and `destroying_wanted`."""

    kept = Signal(object)
    destroying_wanted = Signal()

    def __init__(self, copy: Copy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        about = f"Plan of {words.day(copy.made_ms)} · {words.count(copy.held, 'recording')} still here"
        self.about = Said(about)
        self.state = QuietProse(_state(copy), Ink.KEEP if copy.until_ms is None else Ink.QUIET)
        self.keep = Button("Keep here")
        self.date = Button("Another date…")
        self.destroy_now = Destructive("Destroy now…")
        for button in (self.keep, self.date, self.destroy_now):
            button.setAccessibleName(f"{button.text()} {about}")
        self.keep.setToolTip("Let this copy stay. It is not put back at the assistant's maker.")
        self.destroy_now.setEnabled(copy.spared < copy.held)
        self.menu = QMenu(self)
        for days in DAYS:
            until_ms = now_ms() + days * DAY_MS
            action = self.menu.addAction(f"In {days} days ({words.day(until_ms)})")
            action.triggered.connect(lambda _on, until_ms=until_ms: self.kept.emit(until_ms))
        self.keep.clicked.connect(lambda: self.kept.emit(None))
        self.date.clicked.connect(lambda: self.menu.popup(self.date.mapToGlobal(QPoint(0, self.date.height()))))
        self.destroy_now.clicked.connect(self.destroying_wanted)
        whole = stack(stack(self.about, self.state, spacing=HAIR), row(self.keep, self.date, self.destroy_now, 1))
        whole.setContentsMargins(0, SMALL, 0, 0)
        self.setLayout(whole)
        if copy.until_ms is None:
            self.keep.hide()


class CopiesCard(Card):
    """Emits `kept` with a plan and another time (None: its copy stays), and `destroying_wanted` with a plan."""

    kept = Signal(int, object)
    destroying_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CopyRow] = []
        self.about = QuietProse(_NONE)
        self._list = stack(spacing=SMALL)
        self.column.addLayout(stack(Heading("Sealed copies before deletion"), self.about, spacing=HAIR))
        self.column.addLayout(self._list)

    def show_copies(self, found: Sequence[Copy]) -> None:
        """Show these copies in place of what was shown."""
        clear(self._list)
        self.rows = []
        self.about.setText(_WHAT if found else _NONE)
        for copy in found:
            one = CopyRow(copy)
            one.kept.connect(lambda until_ms, plan=copy.plan: self.kept.emit(plan, until_ms))
            one.destroying_wanted.connect(lambda plan=copy.plan: self.destroying_wanted.emit(plan))
            self.rows.append(one)
            self._list.addWidget(Line())
            self._list.addWidget(one)


class CopyLine(QWidget):
    """A quiet line on what was found gone and is still here; emits `destroying_wanted`."""

    destroying_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = QuietProse()
        self.destroy_now = Destructive("Destroy the copy here…", plain=True)
        self.destroy_now.clicked.connect(self.destroying_wanted)
        self.setLayout(row(Picture("archive", 16), self.about, self.destroy_now, 1))

    def show_copy(self, gone: int, until_ms: int | None) -> None:
        """Show that *gone* recordings were found gone, and that their copy stays *until_ms* (None: for good)."""
        self.setVisible(bool(gone))
        found = "One of these was" if gone == 1 else f"{words.number(gone)} of these were"
        self.about.setText(f"{found} found gone. {_still_here(gone, until_ms)}")


def _still_here(number: int, until_ms: int | None) -> str:
    whose = "Its" if number == 1 else "Their"
    if until_ms is None:
        return f"{whose} copy stays here."
    if until_ms <= now_ms():
        return f"{whose} copy destroys itself when Earshot is next opened."
    return f"{whose} copy is still here until {words.day(until_ms)}."


def _state(copy: Copy) -> str:
    if copy.spared == copy.held:
        return "Stays here, because all of it is to be kept"
    spared = (
        f" · {words.number(copy.spared)} of them {'is' if copy.spared == 1 else 'are'} spared" if copy.spared else ""
    )
    return countdown(copy.until_ms, now_ms()) + spared
