"""When nobody does anything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.idle import Idle, minutes


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("setting", "expected"), [(None, 5), ("10", 10), ("0", 0), ("-1", 0), ("soon", 5)])
def test_the_setting_is_minutes_and_nought_is_never(setting: str | None, expected: float) -> None:
    assert minutes(setting) == expected


def test_nothing_for_the_whole_time_is_noticed_once(qtbot: QtBot) -> None:
    idle = Idle()
    passed: list[bool] = []
    idle.passed.connect(lambda: passed.append(True))

    idle.begin(0.0005)
    qtbot.wait(120)

    assert passed == [True]


def test_nought_minutes_never_pass(qtbot: QtBot) -> None:
    idle = Idle()

    idle.begin(0)

    with qtbot.assertNotEmitted(idle.passed, wait=50):
        pass


def test_keys_begin_the_time_anew(widget: QWidget, qtbot: QtBot) -> None:
    idle = Idle()
    idle.begin(0.004)

    with qtbot.assertNotEmitted(idle.passed):
        for _ in range(6):
            qtbot.wait(80)
            QTest.keyClick(widget, Qt.Key.Key_Shift)

    with qtbot.waitSignal(idle.passed, timeout=1_000):
        pass


@pytest.mark.parametrize(
    "kind",
    [QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchUpdate],
    ids=lambda kind: kind.name,
)
def test_so_do_the_mouse_the_wheel_and_a_finger(widget: QWidget, kind: QEvent.Type) -> None:
    now_s = [1_000.0]
    idle = Idle(clock=lambda: now_s[0])
    passed: list[bool] = []
    idle.passed.connect(lambda: passed.append(True))
    idle.begin(5)

    for _ in range(3):
        now_s[0] += 4 * 60
        assert idle.eventFilter(widget, QEvent(kind)) is False

    assert not passed
    now_s[0] += 6 * 60
    assert idle.eventFilter(widget, QEvent(kind)) is True
    assert passed


def test_what_moves_by_itself_does_not(widget: QWidget, qtbot: QtBot) -> None:
    idle = Idle()
    idle.begin(0.002)

    with qtbot.waitSignal(idle.passed, timeout=1_000):
        for _ in range(4):
            qtbot.wait(20)
            widget.update()


class Field(QWidget):
    """Remembers the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: list[str] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.typed.append(event.text())


def test_the_first_key_after_a_long_sleep_finds_the_lock(qtbot: QtBot) -> None:
    field = Field()
    qtbot.addWidget(field)
    field.show()
    now_s = [1_000.0]
    idle = Idle(clock=lambda: now_s[0])
    idle.begin(5)
    now_s[0] += 8 * 3600

    with qtbot.waitSignal(idle.passed):
        QTest.keyClick(field, Qt.Key.Key_A)

    assert field.typed == []
