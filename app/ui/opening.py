"""Opening the window on a library, and letting both go when it is closed."""

from __future__ import annotations

import time
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.model import Problem
from app.ui import look, mistakes
from app.ui.door import Door
from app.ui.frame import Frame
from app.ui.vendors import Vendors
from app.vault import AlreadyOpen, Cost, Keychain, Vault, claim, system_keychain

FIRST_SIZE = QSize(1280, 800)
EDGES = QSize(8, 40)
"""Room for the title and the edges that the desktop draws around a window."""
_PAINTED_MS = 150
"""Until then the first page is painted."""
_WANTED_SOON = ("app.keeping", "app.ui.desk", "app.ui.review.page", "sqlite_utils")
_PATIENCE_S = 2.0
"""A command that has the library may be done in a moment, and a window may just be opening."""
_PAUSE_S = 0.1
_CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""The passphrase of the practice household is random and is never typed."""


def run(library_folder: Path, practice: bool) -> int:
    """Open the window on the library in *library_folder*, and return when it is closed."""
    app = QApplication([])
    app.setApplicationName("Earshot")
    app.setApplicationDisplayName("Earshot")
    look.dress(app)
    if QLocale().language() == QLocale.Language.C:  # no language is set: its numbers would run together
        QLocale.setDefault(QLocale(QLocale.Language.English))
    while True:
        try:
            with claim(library_folder):
                return _show(app, library_folder, practice)
        except AlreadyOpen as problem:
            if _others_come_forward(library_folder):
                return 0
            if not _try_again(problem):
                return 1
        except Problem as problem:
            QMessageBox.critical(None, "Earshot", str(problem))
            return 1


def _show(app: QApplication, folder: Path, practice: bool) -> int:
    door = Door(folder, _no_keychain, made=_practice_vault) if practice else Door(folder, system_keychain)
    frame = Frame(door, Vendors(), practice=practice)
    mistakes.watch(folder / "mistakes.log", frame.show_mistake)
    frame.resize(FIRST_SIZE.boundedTo(frame.screen().availableSize() - EDGES))
    if practice:
        from app.ui.rehearsal import Rehearsal

        frame.opened.connect(Rehearsal(folder / "archives", frame).attend)
    frame.begin()
    frame.show()
    QTimer.singleShot(_PAINTED_MS, lambda: _prepare(frame, door))  # the window first, then what it may need
    return app.exec()


def _prepare(frame: Frame, door: Door) -> None:
    from app.ui.neighbours import Neighbours
    from app.ui.screen_lock import watch_screen

    door.find_keychain()
    door.do(_load, lambda _: None, lambda _: None)
    Neighbours(door.folder, frame).called.connect(frame.come_forward)
    watch_screen(frame, frame.lock)


def _load(_: Vault) -> None:
    """Load what the desk needs while the parent types."""
    for module in _WANTED_SOON:
        import_module(module)


def _others_come_forward(folder: Path) -> bool:
    """Whether the window that has the library answers; a moment is given to one that is just opening."""
    from app.ui import neighbours

    until = time.monotonic() + _PATIENCE_S
    while not (answered := neighbours.call(folder)) and time.monotonic() < until:
        time.sleep(_PAUSE_S)
    return answered


def _try_again(problem: AlreadyOpen) -> bool:
    box = QMessageBox(QMessageBox.Icon.Information, "Earshot", problem.message)
    box.setInformativeText(problem.advice)
    again = box.addButton("Try again", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is again


def _no_keychain() -> None:
    return None


def _practice_vault(folder: Path, keychain: Keychain | None) -> Vault:
    return Vault(folder, keychain, cost=_CHEAP)
