"""Pictures of every page on a made-up household: ``python -m tests.ui.screenshots --out DIR``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.library import Library
from app.providers.provider import Provider
from app.providers.registry import providers
from app.ui import look
from app.ui.jobs import JobRunner
from app.ui.pages import PAGES
from app.ui.window import MainWindow
from tests.ui import made_up


def main() -> None:
    """Save the pictures of all pages, light and dark, empty and full."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--out", type=Path, required=True)
    reading.add_argument("--width", type=int, default=1280)
    reading.add_argument("--height", type=int, default=800)
    asked = reading.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    vendors = providers()
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        look.dress(app, scheme)
        for state in ("empty", "marked", "checked"):
            with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
                fill(library, vendors, state)
                name = f"{scheme.name.lower()}-{state}"
                picture(library, vendors, asked.out, name, QSize(asked.width, asked.height))


def fill(library: Library, vendors: Mapping[str, Provider], state: str) -> None:
    """Bring *library* into *state*."""
    if state == "marked":
        made_up.first_archive(library)
        made_up.mark_children(library)
    elif state == "checked":
        made_up.whole_journey(library, vendors)


def picture(library: Library, vendors: Mapping[str, Provider], out: Path, name: str, size: QSize) -> None:
    """Save every page of a window on *library*."""
    window = MainWindow(library, JobRunner(library), vendors, practice=True)
    window.resize(size)
    window.show()
    for place, (page, _) in enumerate(PAGES):
        window.open_page(place)
        wait(600)
        window.grab().save(str(out / f"{name}-{page.lower().replace(' ', '-')}.png"))
    window.close()
    window.deleteLater()


def wait(ms: int) -> None:
    """Let the window work for *ms*."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
