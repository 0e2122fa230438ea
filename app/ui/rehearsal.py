"""The practice household in the window: its archives come in by themselves, and a week passes when it is told to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.library import Library
from app.model import Problem
from app.practice import practice
from app.ui.jobs import at_once
from app.ui.pages import BRING_IN, CHECK

if TYPE_CHECKING:
    from app.ui.bring_in import BringInPage
    from app.ui.check import CheckPage
    from app.ui.desk import Desk

_DAY_MS = 86_400_000


class Rehearsal(QObject):
    """Plays the vendors of the practice household for one desk after another; their archives are written beneath
    *folder*."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._now_ms = round(time.time() * 1000)
        self.household = practice(folder, now_ms=self._now_ms)
        self._weeks = 0

    def attend(self, desk: Desk) -> None:
        """Let a week pass where *desk* asks for it; onto an empty one the household moves in."""
        self._desk = desk
        desk.banner.pass_time.clicked.connect(self.pass_time)
        if not desk.library.sources():
            self._move_in(desk)

    def _move_in(self, desk: Desk) -> None:
        """Bring in what the vendors hold before anything was asked."""
        self._weeks = 0
        page = cast("BringInPage", desk.open_page(BRING_IN))
        made_ms = self._now_ms - 2 * _DAY_MS
        desk.jobs.start("Making up a household…", at_once(lambda library: self.household.first(made_ms)), page.bring_in)

    def pass_time(self) -> None:
        """Hold what the vendors hold a week later against what was asked: first some is kept, then some is back."""
        assert self._desk is not None
        page = cast("CheckPage", self._desk.open_page(CHECK))
        weeks = self._weeks + 1
        made_ms = self._now_ms + 7 * weeks * _DAY_MS

        def work(library: Library) -> tuple[Path, ...]:
            if not (asked := _asked(library)):
                raise Problem(
                    "Nothing was asked of the practice vendors yet.",
                    advice="Make a plan on the Delete page and tick its steps; then a week can pass.",
                )
            return (self.household.later if weeks == 1 else self.household.latest)(asked, made_ms)

        def arrive(paths: Sequence[Path]) -> None:
            self._weeks = weeks
            page.bring_in(paths)

        self._desk.jobs.start("A week passes…", at_once(work), arrive)


def _asked(library: Library) -> list[tuple[str, int]]:
    """What was asked of the vendors, each by its vendor and time."""
    items = (item for plan in library.asked.plans() for item in library.asked.items(plan.id))
    return [(item.provider, item.at_ms) for item in items if item.asked_ms is not None]
