"""Never two windows on one library: the second start brings the first one to the front."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from pytestqt.qtbot import QtBot

from app.ui import neighbours
from app.ui.neighbours import Neighbours
from app.vault import claim

_WINDOW = """
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from app.ui import opening
from app.ui.frame import Frame


class Watched(Frame):
    def come_forward(self):
        super().come_forward()
        print("forward", self.isActiveWindow(), type(self.page).__name__, flush=True)


class Answered(QMessageBox):
    def showEvent(self, event):
        super().showEvent(event)
        print(self.text(), flush=True)
        sys.stdin.readline()
        (button,) = (one for one in self.buttons() if one.text() == sys.argv[2])
        QTimer.singleShot(0, button.click)


opening.Frame = Watched
opening.QMessageBox = Answered
opening.system_keychain = lambda: print("open", flush=True)
sys.exit(opening.run(Path(sys.argv[1]), False))
"""


def start(folder: Path, answer: str = "") -> subprocess.Popen[str]:
    """A process of its own with a window on the library in *folder*; a question is answered by the button *answer* when
    a line is written to the process."""
    command = [sys.executable, "-c", _WINDOW, str(folder), answer]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def let_it_answer(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def next_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def first(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(tmp_path / "library")
    assert next_line(process) == "open"
    yield process
    process.kill()
    process.communicate()


def test_a_second_start_brings_the_first_window_forward_and_ends(first: subprocess.Popen[str], tmp_path: Path) -> None:
    second = start(tmp_path / "library")

    out, _ = second.communicate(timeout=30)

    assert (second.returncode, out) == (0, "")
    assert next_line(first) == "forward True PassphrasePage"
    assert first.poll() is None


def test_after_the_first_was_killed_the_next_one_opens(first: subprocess.Popen[str], tmp_path: Path) -> None:
    first.send_signal(signal.SIGKILL)
    first.wait()

    third = start(tmp_path / "library")

    assert next_line(third) == "open"
    fourth = start(tmp_path / "library")
    assert fourth.wait(timeout=30) == 0
    fourth.communicate()
    assert next_line(third).startswith("forward")
    third.kill()
    third.communicate()


def test_while_a_command_has_the_library_the_parent_is_told_and_may_leave(tmp_path: Path) -> None:
    with claim(tmp_path):
        window = start(tmp_path, "Close")
        told = next_line(window)
        let_it_answer(window)

        assert window.wait(timeout=30) == 1
    window.communicate()
    assert told == "This library is already open in another window or command."


def test_once_the_command_is_done_the_next_try_opens(tmp_path: Path) -> None:
    with claim(tmp_path):
        window = start(tmp_path, "Try again")
        next_line(window)
    let_it_answer(window)

    assert next_line(window) == "open"
    window.kill()
    window.communicate()


def test_a_library_without_a_window_has_no_neighbour(tmp_path: Path) -> None:
    with claim(tmp_path):
        assert not neighbours.call(tmp_path)


def test_the_name_of_the_meeting_place_tells_nothing_and_only_the_owner_may_come(tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "wilhelmina"
    before = set(Path(QDir.tempPath()).glob("earshot-*"))

    listening = Neighbours(folder)

    (place,) = {one for one in Path(QDir.tempPath()).glob("earshot-*") if one.is_socket()} - before
    assert "wilhelmina" not in place.name
    assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0
    listening.close()
    assert not place.exists()
