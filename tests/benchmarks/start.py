"""How long until the window is painted on an empty library: ``python -m tests.benchmarks.start``."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5
HEAVY = ("sqlite_utils", "pydub", "numpy", "lxml", "jinja2", "PySide6.QtMultimedia", "imageio_ffmpeg", "asyncio")
"""What must not be loaded before the window is there."""

_CHILD = """
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from app.ui import opening


class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            self.modules = sorted(sys.modules)
            QApplication.instance().removeEventFilter(self)
            QApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event):
        if event.type() == QEvent.Type.User:
            print(time.time())
            print(",".join(self.modules), flush=True)
            QTimer.singleShot(0, QApplication.quit)
        return super().event(event)


class Watched(QApplication):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.painted = Painted()
        self.installEventFilter(self.painted)


opening.QApplication = Watched
sys.exit(opening.run(Path(sys.argv[1]), False))
"""

_BARE = """
import time

from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
print(time.time())
print("none")
"""


def run_once(child: str, folder: str) -> tuple[float, frozenset[str]]:
    """Seconds from the start of a fresh process to the first painted window, and the modules loaded by then."""
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", child, folder],
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    painted, modules = done.stdout.splitlines()[:2]
    return float(painted) - begun, frozenset(modules.split(","))


def main() -> None:
    """Print the medians beside those of a bare window of Qt, and the heavy modules that came too early."""
    show("a bare window of Qt", [run_once(_BARE, "") for _ in range(RUNS)])
    with tempfile.TemporaryDirectory() as place:
        show("the very first start", [run_once(_CHILD, f"{place}/{number}") for number in range(RUNS)])
        show("an empty library", [run_once(_CHILD, f"{place}/0") for _ in range(RUNS)])


def show(name: str, runs: list[tuple[float, frozenset[str]]]) -> None:
    """Print one line of numbers."""
    seconds = sorted(one for one, _ in runs)
    early = ", ".join(one for one in HEAVY if one in runs[0][1]) or "nothing"
    middle = statistics.median(seconds)
    print(f"{name}: painted after {middle:.2f} s ({seconds[0]:.2f}-{seconds[-1]:.2f}); loaded too early: {early}")


if __name__ == "__main__":
    main()
