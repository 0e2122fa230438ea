"""Pictures of every page on a made-up household: ``python -m tests.ui.screenshots --out DIR``."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app import deletion
from app.library import Library
from app.model import Decision, Filter, Problem, Progress
from app.providers.provider import Provider
from app.providers.registry import providers
from app.ui import look
from app.ui.desk import Desk
from app.ui.jobs import JobRunner
from app.ui.pages import BRING_IN, PAGES
from app.vault import Vault
from tests.keys import KEYS
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
        for state in ("empty", "marked", "planned", "checked"):
            with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder), KEYS) as library:
                fill(library, vendors, state)
                name = f"{scheme.name.lower()}-{state}"
                picture(library, vendors, asked.out, name, QSize(asked.width, asked.height))


def fill(library: Library, vendors: Mapping[str, Provider], state: str) -> None:
    """Bring *library* into *state*."""
    if state == "marked":
        made_up.first_archive(library)
        made_up.mark_children(library)
    elif state == "planned":
        made_up.first_archive(library, 120)
        made_up.mark_children(library)
        made_up.ask(library, vendors, all_steps=False)
        library.asked.decide(library.ids(Filter(decisions=frozenset({None})))[:30], Decision.DELETE, made_up.FIRST)
        deletion.freeze(library, vendors, Filter(), now_ms=round(time.time() * 1000))
    elif state == "checked":
        made_up.whole_journey(library, vendors)


def picture(library: Library, vendors: Mapping[str, Provider], out: Path, name: str, size: QSize) -> None:
    """Save every page of a window on *library*."""
    window = Desk(library, JobRunner(library), vendors, Vault(library.folder, None), practice=True)
    window.resize(size)
    window.show()
    for place, (page, _) in enumerate(PAGES):
        window.open_page(place)
        wait(600)
        window.grab().save(str(out / f"{name}-{page.lower().replace(' ', '-')}.png"))
    moments(window, out, name)
    window.close()
    window.deleteLater()


def moments(window: Desk, out: Path, name: str) -> None:
    """Save what shows only for a moment: the sheet of keys, what went wrong, work that runs, the curtain."""
    window.show_keys()
    assert window.keys is not None
    wait(200)
    window.keys.grab().save(str(out / f"{name}-keys.png"))
    window.keys.hide()
    window.open_page(BRING_IN)
    window.notice.show_problem(
        Problem("This zip is cut off at the end.", advice="Download it again from Amazon; the link works for 90 days.")
    )
    wait(300)
    window.status.show_work("Reading…")
    window.status.show_progress(Progress(4_210, 12_006, "Reading records/page-7.json"))
    wait(500)
    window.grab().save(str(out / f"{name}-trouble.png"))
    window.hide_everything()
    wait(200)
    window.grab().save(str(out / f"{name}-hidden.png"))


def wait(ms: int) -> None:
    """Let the window work for *ms*."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
