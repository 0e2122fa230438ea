"""Locked means locked: nothing of the household is in the window, and the library is closed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QAbstractItemModel, QObject, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.audio import as_wav
from app.library import Library
from app.model import (
    Card,
    Coverage,
    Device,
    Member,
    Person,
    Recording,
    Role,
    Row,
    Sound,
    SoundState,
    Speaker,
    Told,
    Turn,
)
from app.ui.desk import Desk
from app.ui.frame import Frame
from app.ui.lock_page import LockPage
from app.ui.pages import HOUSEHOLD, PAGES, REVIEW
from app.ui.review.page import ReviewPage
from app.ui.vendors import Vendors
from tests.audio.clips import tone
from tests.ui import made_up
from tests.ui.locks import PASSPHRASE, door_of, vault_of

CANARIES = ("zanzibar", "Wilhelmina", "Larkspur nursery")
"""Something said, a person, and a device."""


def texts(thing: QObject) -> Iterator[str]:
    """Every text that *thing* shows or says."""
    named = ("text", "toolTip", "statusTip", "whatsThis", "windowTitle", "accessibleName", "accessibleDescription")
    for name in (*named, "placeholderText", "currentText", "title", "iconText", "objectName"):
        value = thing.property(name)
        if isinstance(value, str):
            yield value
    if isinstance(thing, QWidget):
        seen = QAccessible.queryAccessibleInterface(thing)
        if seen is not None:
            yield from (seen.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value))
    if isinstance(thing, QComboBox):
        yield from (thing.itemText(place) for place in range(thing.count()))


def cells(model: QAbstractItemModel) -> Iterator[str]:
    """Every text of *model*."""
    for row in range(min(model.rowCount(), 200)):
        for column in range(model.columnCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.index(row, column).data(role))


def living(kind: type[QObject]) -> list[QObject]:
    """Every object of *kind* that Qt still has."""
    return [one for one in gc.get_objects() if isinstance(one, kind) and shiboken6.isValid(one)]


def all_texts(qapp: QApplication) -> str:
    """All that any widget, action or model holds."""
    found: list[str] = [qapp.applicationDisplayName(), QApplication.clipboard().text()]
    everything: set[QObject] = {*QApplication.allWidgets(), *QApplication.topLevelWidgets(), *living(QAction)}
    for thing in list(everything):
        everything.update(thing.findChildren(QAction))
    for thing in everything:
        found.extend(texts(thing))
    for model in living(QAbstractItemModel):
        assert isinstance(model, QAbstractItemModel)
        found.extend(cells(model))
    return "\n".join(found).casefold()


def open_files(folder: Path) -> set[str]:
    """The names of the files in *folder* that this process has open."""
    held = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = Path(os.readlink(entry))
        except OSError:  # it was the one that lists them
            continue
        if target.is_relative_to(folder):
            held.add(target.name)
    return held


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locked library in which the canaries are everywhere."""
    made = tmp_path / "library"
    made.mkdir()
    said, person, device = CANARIES
    with Library.open(made, vault_of(made).make(PASSPHRASE)) as library:
        digest = library.seen.keep_sound(as_wav(tone(20.0)))
        source = library.seen.begin_source(fingerprint="f", name="f", provider="alexa", kind="listing", at_ms=1)
        for one in made_up.interactions(30):
            heard = replace(
                one,
                turns=(Turn(Role.REQUEST, f"where is {said}"), Turn(Role.RESPONSE, f"{said} is far away")),
                device=Device("G9", device),
                person=Person("P9", person, "CHILD"),
                recordings=(Recording("a.wav"),),
            )
            library.seen.add(source, [(heard, (Sound("a.wav", SoundState.MATCHED, digest, 20.0),))])
        told = Told(("A1",), None, Coverage())
        library.seen.end_source(source, told, matched=0, missing=0, unmatched=0, issues=(), unread=())
    return made


@pytest.fixture
def frame(folder: Path, qtbot: QtBot) -> Iterator[Frame]:
    made = Frame(door_of(folder), Vendors())
    made.resize(1280, 800)
    made.begin()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    unlock(made, qtbot)
    yield made
    qtbot.waitUntil(made.close)


def unlock(frame: Frame, qtbot: QtBot) -> None:
    page = frame.page
    assert isinstance(page, LockPage)
    page.field.setText(PASSPHRASE)
    page.unlock.click()
    qtbot.waitUntil(lambda: frame.desk is not None and frame.page is None)


def desk_of(frame: Frame) -> Desk:
    assert frame.desk is not None
    return frame.desk


def review_of(frame: Frame, qtbot: QtBot) -> ReviewPage:
    """The review page with a card that is shown and played."""
    page = desk_of(frame).open_page(REVIEW)
    assert isinstance(page, ReviewPage)
    sound = page.card.sound

    def plays() -> bool:
        if sound.player.ready and not sound.player.playing:  # a page that is just brought up to date falls silent
            sound.toggle()
        return sound.player.playing

    qtbot.waitUntil(plays)
    return page


def every_page(frame: Frame, qtbot: QtBot) -> None:
    for place in range(len(PAGES)):
        desk_of(frame).open_page(place)
        qtbot.waitUntil(lambda: not desk_of(frame).jobs.busy)


def goes_quiet(frame: Frame, qtbot: QtBot) -> None:
    """Nobody does anything for the time after which the library locks."""
    qtbot.waitUntil(lambda: not desk_of(frame).jobs.busy)
    frame.idle.begin(0.001)
    qtbot.waitUntil(lambda: frame.desk is None)
    qtbot.waitUntil(lambda: not frame.door.busy)


def test_after_a_while_of_nothing_no_word_of_the_household_is_in_the_window(
    frame: Frame, qtbot: QtBot, qapp: QApplication
) -> None:
    every_page(frame, qtbot)
    review_of(frame, qtbot)
    before = all_texts(qapp)

    goes_quiet(frame, qtbot)

    assert all(canary.casefold() in before for canary in CANARIES)
    after = all_texts(qapp)
    assert [canary for canary in CANARIES if canary.casefold() in after] == []


def test_the_player_falls_silent_and_nothing_of_the_desk_is_left(frame: Frame, qtbot: QtBot) -> None:
    player = review_of(frame, qtbot).card.sound.player
    media = player.media

    goes_quiet(frame, qtbot)

    assert not shiboken6.isValid(media)
    assert not shiboken6.isValid(player)
    assert living(Desk) == []


def values_in_memory() -> list[object]:
    return [one for one in gc.get_objects() if isinstance(one, Row | Card | Member | Speaker | Turn | Library)]


def test_no_value_of_the_household_stays_in_memory(frame: Frame, qtbot: QtBot) -> None:
    others = values_in_memory()  # of earlier tests in this process; held here, so that no number is given twice
    every_page(frame, qtbot)
    review_of(frame, qtbot)
    shown = len(values_in_memory()) - len(others)

    goes_quiet(frame, qtbot)

    known = {id(one) for one in others}
    assert shown > 0
    assert [one for one in values_in_memory() if id(one) not in known] == []


@pytest.mark.skipif(sys.platform != "linux", reason="the list of open files is Linux's")
def test_the_library_is_closed(frame: Frame, folder: Path, qtbot: QtBot) -> None:
    review_of(frame, qtbot)
    before = open_files(folder)

    goes_quiet(frame, qtbot)

    assert before
    assert open_files(folder) <= {"library.lock"}
    assert vault_of(folder).exists


def test_the_keys_are_forgotten(frame: Frame, qtbot: QtBot) -> None:
    review_of(frame, qtbot)

    goes_quiet(frame, qtbot)

    with pytest.raises(AssertionError, match="locked"):
        _ = frame.door.vault.keys


def test_an_open_menu_and_what_is_typed_go_too(frame: Frame, qtbot: QtBot, qapp: QApplication) -> None:
    page = review_of(frame, qtbot)
    page.words.setText(CANARIES[0])
    desk_of(frame).show_keys()

    goes_quiet(frame, qtbot)

    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == [frame]
    assert all(CANARIES[0] not in line.text() for line in frame.findChildren(QLineEdit))


def test_unlocking_brings_everything_back(frame: Frame, qtbot: QtBot) -> None:
    desk_of(frame).open_page(HOUSEHOLD)
    goes_quiet(frame, qtbot)

    unlock(frame, qtbot)

    desk = desk_of(frame)
    assert desk.pages.place == HOUSEHOLD
    page = review_of(frame, qtbot)
    assert page.card.person.text() == CANARIES[1]
    assert page.card.where.text().startswith(CANARIES[2])
    assert any(CANARIES[0] in turn.text() for turn in page.card.turns)


def test_a_key_puts_the_lock_off(frame: Frame, qtbot: QtBot) -> None:
    desk = desk_of(frame)
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    desk.library.set_setting("lock.minutes", "0.01")
    desk.lock_time_changed.emit()

    for _ in range(10):
        qtbot.wait(100)
        QTest.keyClick(desk, Qt.Key.Key_Shift)

    assert frame.desk is desk
    qtbot.waitUntil(lambda: frame.desk is None)
