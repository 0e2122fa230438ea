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

from app.ui import opening
from app.ui.frame import Frame


class Watched(Frame):
    def come_forward(self):
        super().come_forward()
        print("forward", self.isActiveWindow(), type(self.page).__name__, flush=True)


opening.Frame = Watched
opening.system_keychain = lambda: print("open", flush=True)
sys.exit(opening.run(Path(sys.argv[1]), False))
"""


def start(folder: Path) -> subprocess.Popen[str]:
    """A process of its own with a window on the library in *folder*."""
    return subprocess.Popen([sys.executable, "-c", _WINDOW, str(folder)], stdout=subprocess.PIPE, text=True)


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
