"""A household walks through the window, from its first archives to the report, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Decision, Filter, Layer, Look, Verdict
from app.practice import Practice
from app.providers.registry import providers
from app.ui.bring_in import BringInPage
from app.ui.check import CheckPage
from app.ui.delete import DeletePage
from app.ui.desk import Desk
from app.ui.household import HouseholdPage
from app.ui.jobs import JobRunner
from app.ui.pages import CHECK, DELETE, REVIEW
from app.ui.rehearsal import Rehearsal
from app.ui.review.page import ReviewPage
from app.vault import Vault
from tests.keys import KEYS

P = TypeVar("P", bound=QWidget)

PATIENCE_MS = 60_000

# A machine without a screen has no window borders to size, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints", extend=True)


class Watcher(QObject):
    """Notes what appears as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.appeared: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.appeared.add(type(watched).__name__)
        return False


@dataclass
class Parent:
    """Somebody in front of the window, who waits until it is done with what they asked."""

    qtbot: QtBot
    library: Library
    window: Desk
    jobs: JobRunner

    def waits(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=PATIENCE_MS)

    def clicks(self, widget: QWidget) -> None:
        self.qtbot.waitUntil(lambda: widget.isVisible() and widget.isEnabled())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.waits()

    def types(self, widget: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(widget, key, held)
        self.waits()

    def opens(self, place: int, kind: type[P]) -> P:
        self.clicks(self.window.rail.buttons[place])
        return self.on(kind)

    def on(self, kind: type[P]) -> P:
        """The page that is shown, which is of that *kind*."""
        page = self.window.pages.currentWidget()
        assert isinstance(page, kind)
        return page


@pytest.fixture
def parent(qtbot: QtBot, tmp_path: Path) -> Iterator[Parent]:
    vault = Vault(tmp_path / "library", None)
    with Library.open(vault.folder, KEYS) as library:
        jobs = JobRunner(library)
        window = Desk(library, jobs, providers(), vault, practice=True)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        yield Parent(qtbot, library, window, jobs)
        window.close()


def test_from_the_first_archives_to_the_report(parent: Parent, qapp: QApplication, tmp_path: Path) -> None:
    watcher = Watcher()
    qapp.installEventFilter(watcher)
    rehearsal = Rehearsal(tmp_path / "archives")
    rehearsal.attend(parent.window)
    parent.waits()

    _brings_in(parent)
    marked = _marks_what_is_the_childrens(parent)
    plan = _asks(parent, marked)
    _finds_the_lies_out(parent, rehearsal.household, plan)
    _saves_the_report(parent, tmp_path / "report.html")

    qapp.removeEventFilter(watcher)
    assert watcher.appeared == set()  # nothing flashed up beside the window


def test_no_week_passes_before_something_was_asked(parent: Parent, tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path / "archives")
    rehearsal.attend(parent.window)
    parent.waits()
    sources = parent.library.sources()

    parent.clicks(parent.window.banner.pass_time)

    parent.qtbot.waitUntil(parent.window.notice.isVisible)
    assert len(sources) == 2
    assert parent.library.sources() == sources


def _brings_in(parent: Parent) -> None:
    page = parent.on(BringInPage)
    assert len(page.cards) == 2
    assert not page.unread.isVisible()
    parent.clicks(page.next)
    assert parent.on(HouseholdPage).isVisible()


def _marks_what_is_the_childrens(parent: Parent) -> int:
    page = parent.opens(REVIEW, ReviewPage)
    wanted = parent.library.count(Filter(children=True))
    assert wanted > 2_000
    page.show_children()
    parent.qtbot.waitUntil(lambda: page.table.model().rowCount() == wanted, timeout=PATIENCE_MS)

    parent.types(page.table, Qt.Key.Key_A, ctrl=True)
    parent.qtbot.waitUntil(lambda: page.table.selected() == wanted)
    parent.types(page.table, Qt.Key.Key_D)

    assert parent.library.asked.counts()[Decision.DELETE] == wanted
    return wanted


def _asks(parent: Parent, marked: int) -> int:
    page = parent.opens(DELETE, DeletePage)
    assert page.marked is not None
    assert not page.marked.freeze.isEnabled()
    page.marked.court.setChecked(True)
    page.marked.others.setChecked(True)
    page.marked.wait.setChecked(False)
    parent.clicks(page.marked.freeze)
    (card,) = page.plans
    parent.clicks(card.all_done)

    (plan,) = parent.library.asked.plans()
    items = parent.library.asked.items(plan.id)
    assert len(items) == marked
    assert all(item.asked_ms is not None for item in items)
    return plan.id


def _finds_the_lies_out(parent: Parent, household: Practice, plan: int) -> None:
    items = parent.library.asked.items(plan)
    places = {item.interaction: (item.provider, item.at_ms // 1000) for item in items}
    lies = household.lies([(item.provider, item.at_ms) for item in items])

    def found(verdict: Verdict, layer: Layer, look: Look) -> set[tuple[str, int]]:
        return {places[one.interaction] for one in look.conclusions if one.verdict is verdict and one.layer is layer}

    parent.clicks(parent.window.banner.pass_time)
    page = parent.on(CheckPage)
    (later,) = (look for look in parent.library.concluded.looks(plan) if look.provider == "alexa")
    assert page.checklists
    assert found(Verdict.STILL_HELD, Layer.REQUEST, later) == lies.untouched
    assert found(Verdict.STILL_HELD, Layer.RESPONSE, later) == lies.untouched | lies.half_kept
    assert found(Verdict.GONE, Layer.REQUEST, later) >= lies.came_back

    parent.clicks(parent.window.banner.pass_time)
    latest = parent.library.concluded.looks(plan)[-1]
    assert found(Verdict.REAPPEARED, Layer.REQUEST, latest) == lies.came_back
    assert found(Verdict.STILL_HELD, Layer.REQUEST, latest) == lies.untouched


def _saves_the_report(parent: Parent, path: Path) -> None:
    parent.opens(CHECK, CheckPage).save_report(path)
    parent.waits()

    assert "larkspur" not in path.read_text(encoding="utf-8").casefold()
