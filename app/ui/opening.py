"""Opening the window on a library, and letting both go when it is closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSize
from PySide6.QtWidgets import QApplication, QMessageBox

from app.library import Library
from app.model import Problem
from app.ui import look, mistakes
from app.ui.jobs import JobRunner
from app.ui.vendors import Vendors
from app.ui.window import MainWindow

FIRST_SIZE = QSize(1280, 800)
FRAME = QSize(8, 40)
"""Room for the title and the edges that the desktop draws around a window."""


def run(library_folder: Path, practice: bool) -> int:
    """Open the window on the library in *library_folder*, and return when it is closed."""
    app = QApplication([])
    app.setApplicationName("Earshot")
    app.setApplicationDisplayName("Earshot")
    look.dress(app)
    if QLocale().language() == QLocale.Language.C:  # no language is set: its numbers would run together
        QLocale.setDefault(QLocale(QLocale.Language.English))
    try:
        library = Library.open(library_folder)
    except Problem as problem:
        QMessageBox.critical(None, "Earshot", str(problem))
        return 1
    with library:
        jobs = JobRunner(library)
        window = MainWindow(library, jobs, Vendors(), practice=practice)
        mistakes.watch(library_folder / "mistakes.log", window.show_mistake)
        window.resize(FIRST_SIZE.boundedTo(window.screen().availableSize() - FRAME))
        window.show()
        if practice:
            from app.ui.rehearsal import Rehearsal

            Rehearsal(window, jobs, library_folder / "archives").begin()
        return app.exec()
