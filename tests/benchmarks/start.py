"""How long until the lock is there, and until what is behind it: ``python -m tests.benchmarks.start``."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.library import Library
from app.vault import Vault
from tests.ui import made_up

RUNS = 5
PASSPHRASE = "three blue kites"
HEAVY = (
    "sqlite_utils", "pydub", "numpy", "lxml", "jinja2", "PySide6.QtMultimedia", "imageio_ffmpeg", "asyncio", "keyring",
    "PySide6.QtNetwork", "PySide6.QtDBus", "app.ui.desk",
)  # fmt: skip
"""What must not be loaded before the window is there."""

_CHILD = """
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import opening
from app.ui.frame import Frame
from app.ui.widgets import Button

TYPING_MS = 1_500


class Painted(QObject):
    def __init__(self, of, then):
        super().__init__()
        self.of, self.then = of, then
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.of(watched):
            self.modules = sorted(sys.modules)
            QApplication.instance().removeEventFilter(self)
            QApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event):
        if event.type() == QEvent.Type.User:
            print(time.time())
            print(",".join(self.modules), flush=True)
            self.then()
        return super().event(event)


class Watched(Frame):
    def begin(self):
        super().begin()
        end = QApplication.quit if len(sys.argv) < 3 else lambda: QTimer.singleShot(TYPING_MS, self.unlock)
        self.painted = Painted(lambda watched: isinstance(watched, Button), lambda: QTimer.singleShot(0, end))

    def unlock(self):
        self.painted = Painted(self.on_desk, lambda: QTimer.singleShot(0, QApplication.quit))
        print(time.time())
        self.page.field.setText(sys.argv[2])
        self.page.unlock.click()

    def on_desk(self, watched):
        return self.desk is not None and isinstance(watched, QWidget) and self.desk.pages.isAncestorOf(watched)


opening.Frame = Watched
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


def run(child: str, *arguments: str) -> list[str]:
    """What a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-c", child, *arguments],
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.splitlines()


def painted(child: str, *arguments: str) -> tuple[float, frozenset[str]]:
    """Seconds from the start of a fresh process to the first painted window, and the modules loaded by then."""
    begun = time.time()
    at, modules = run(child, *arguments)[:2]
    return float(at) - begun, frozenset(modules.split(","))


def unlocked(folder: str) -> float:
    """Seconds from a click on "Unlock", in a process that was given time to load, to the first painted page."""
    _, _, clicked, shown, *_ = run(_CHILD, folder, PASSPHRASE)
    return float(shown) - float(clicked)


def main() -> None:
    """Print the medians beside those of a bare window of Qt, and the heavy modules that came too early."""
    show("a bare window of Qt, painted", [painted(_BARE) for _ in range(RUNS)])
    with tempfile.TemporaryDirectory() as place:
        show("the very first start, painted", [painted(_CHILD, f"{place}/{number}") for number in range(RUNS)])
        vault = Vault(Path(place) / "locked", None)
        vault.folder.mkdir()
        with Library.open(vault.folder, vault.make(PASSPHRASE)) as library:
            made_up.first_archive(library)
        folder = str(vault.folder)
        show("a locked library, ready for its passphrase", [painted(_CHILD, folder) for _ in range(RUNS)])
        show_seconds("from Unlock to the first page", [unlocked(folder) for _ in range(RUNS)])


def show(name: str, runs: list[tuple[float, frozenset[str]]]) -> None:
    """Print one line of numbers, and what was loaded too early."""
    early = ", ".join(one for one in HEAVY if one in runs[0][1]) or "nothing"
    show_seconds(name, [one for one, _ in runs], f"; loaded too early: {early}")


def show_seconds(name: str, seconds: list[float], more: str = "") -> None:
    """Print one line of numbers."""
    middle = statistics.median(seconds)
    print(f"{name}: {middle:.2f} s ({min(seconds):.2f}-{max(seconds):.2f}){more}")


if __name__ == "__main__":
    main()
