"""The card says everything of a recording, and plays it."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtMultimedia import QAudioBufferOutput, QMediaPlayer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Happened
from app.ui.review.model import RowsModel
from app.ui.review.page import ReviewPage
from app.ui.review.player import asked_once


def heard(page: ReviewPage) -> list[int]:
    """Collects how many frames reach the loudspeaker."""
    frames: list[int] = []
    output = asked_once(QAudioBufferOutput(page))
    output.audioBufferReceived.connect(lambda buffer: frames.append(buffer.frameCount()))
    page.card.sound.player.media.setAudioBufferOutput(output)
    return frames


def ready(page: ReviewPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.card.sound.player.ready)


def test_the_card_says_who_where_when_and_every_turn(page: ReviewPage) -> None:
    page.table.go_to(4)

    card = page.card
    assert card.where.text().startswith("Kitchen")
    assert card.person.text() == "Emma"
    assert card.childs.text() == "a child's, certain"
    assert "Emma" in card.reasons.text()
    assert [turn.accessibleName() for turn in card.turns] == [
        "Note: wake word only",
        "You: set a timer",
        "Amazon Alexa: Here you go.",
    ]
    assert "Skill: Quiz" in card.details.text()


@pytest.mark.parametrize(("position", "words"), [(1, "is not in it"), (2, "No recording was kept")])
def test_missing_sound_is_said_in_words(page: ReviewPage, position: int, words: str) -> None:
    page.table.go_to(position)

    assert words in page.card.sound.said.text()
    assert not page.card.sound.waveform.isVisibleTo(page)


def test_space_plays_the_recording_to_its_end(page: ReviewPage, qtbot: QtBot) -> None:
    frames = heard(page)
    ready(page, qtbot)

    QTest.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.card.sound.play.text() == "Pause")
    qtbot.waitUntil(
        lambda: page.card.sound.player.media.mediaStatus() is QMediaPlayer.MediaStatus.EndOfMedia, timeout=5000
    )

    assert sum(frames) == 9_600
    assert page.card.sound.play.text() == "Play"


def test_space_before_the_recording_is_ready_plays_it_as_soon_as_it_is(page: ReviewPage, qtbot: QtBot) -> None:
    page.table.go_to(3)
    QTest.keyClick(page.table, Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: page.card.sound.player.playing)


def test_keys_and_a_click_move_within_the_recording(page: ReviewPage, qtbot: QtBot) -> None:
    ready(page, qtbot)
    sound = page.card.sound
    sound.player.media.pause()

    QTest.keyClick(page.table, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: sound.waveform.value() == 600)
    QTest.keyClick(page.table, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: sound.waveform.value() == 0)
    middle = QPointF(sound.waveform.rect().center())
    press = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        middle,
        sound.waveform.mapToGlobal(middle),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(sound.waveform, press)

    qtbot.waitUntil(lambda: abs(sound.waveform.value() - 300) < 20)


def test_going_on_or_hiding_the_page_falls_silent(page: ReviewPage, qtbot: QtBot) -> None:
    ready(page, qtbot)
    sound = page.card.sound
    sound.toggle()
    qtbot.waitUntil(lambda: sound.player.playing)

    page.hide()

    assert not sound.player.playing


def test_several_recordings_can_be_chosen(page: ReviewPage, qtbot: QtBot) -> None:
    ready(page, qtbot)
    first, second = page.card.sound.choices

    second.click()

    assert second.isChecked()
    assert not first.isChecked()
    page.table.go_to(3)
    assert not page.card.sound.choices


def test_the_shape_of_a_recording_is_kept_in_the_library(page: ReviewPage, library: Library, qtbot: QtBot) -> None:
    digest = library.card(library.ids(page.wanted)[0]).sounds[0].digest
    assert digest is not None

    qtbot.waitUntil(lambda: library.peaks(digest) is not None)

    assert max(library.peaks(digest) or b"") == 255


def test_a_row_reads_as_one_sentence(page: ReviewPage) -> None:
    said = page.table.model().index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said.startswith("Emma, a child's; ")
    assert said.endswith("; Kitchen; set a timer; undecided; has sound")


def test_everything_the_keyboard_reaches_has_a_name(page: ReviewPage) -> None:
    for part in page.findChildren(QWidget):
        if part.isVisibleTo(page) and (
            part.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(part, QAbstractButton)
        ):
            shown = QAccessible.queryAccessibleInterface(part)
            assert shown.text(QAccessible.Text.Name), part


def test_the_waveform_is_a_slider_for_a_screen_reader(page: ReviewPage, qtbot: QtBot) -> None:
    ready(page, qtbot)

    shown = QAccessible.queryAccessibleInterface(page.card.sound.waveform)

    assert shown.role() is QAccessible.Role.Slider
    assert shown.valueInterface().maximumValue() == 600


def test_words_are_never_read_as_markup(page: ReviewPage) -> None:
    assert {turn.textFormat() for turn in page.card.turns} == {Qt.TextFormat.PlainText}


def test_what_is_played_stands_in_the_log_once_for_each_beginning(
    page: ReviewPage, library: Library, qtbot: QtBot
) -> None:
    ready(page, qtbot)
    heard(page)
    shown = cast(RowsModel, page.table.model()).row(0).id

    def played() -> list[dict[str, int | str]]:
        return [dict(entry.details) for entry in library.log.entries() if entry.what is Happened.PLAYED]

    player = page.card.sound.player
    page.card.sound.toggle()
    qtbot.waitUntil(lambda: player.playing)
    page.card.sound.toggle()
    qtbot.waitUntil(lambda: not player.playing)
    page.card.sound.toggle()
    qtbot.waitUntil(lambda: player.playing)
    qtbot.waitUntil(lambda: len(played()) == 1)
    page.card.sound.stop()
    page.card.sound.toggle()

    qtbot.waitUntil(lambda: len(played()) == 2)
    assert played() == [{"interaction": shown}] * 2
