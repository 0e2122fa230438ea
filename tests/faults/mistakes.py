"""A window in which something goes wrong on every floor, each time with words that somebody said in the error.

`python -m tests.faults.mistakes FOLDER [careless]`; careless: as Python would tell of it.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.intake import bring_in
from app.library import Library
from app.model import Decision, Export, Job
from app.providers.provider import Reading
from app.ui import mistakes
from app.ui.door import Door
from app.ui.frame import Frame
from app.ui.jobs import at_once
from app.ui.vendors import Vendors
from app.vault import Vault
from tests.faults import household
from tests.faults.window import unlock, until
from tests.intake.diary import Diary, diary

SAID = household.ASKED
Work = Callable[[Library], Job[Any]]


class Stumbling(Diary):
    """Quotes what it reads in the error that it makes."""

    def read(self, export: Export) -> Reading:
        raise KeyError(export.records[0].head().decode())


class Falling:
    """Goes wrong when nobody holds it any more, where Python can only tell of it."""

    def __del__(self) -> None:
        stumble()


def stumble() -> None:
    raise LookupError(SAID)


def works(folder: Path) -> dict[str, Work]:
    """What goes wrong on each floor."""
    page = folder.with_name("diary.json")
    page.write_bytes(diary(SAID))
    return {
        "intake": lambda library: bring_in(library, [page], {Diary.key: Stumbling()}, now_ms=0),
        "library": at_once(lambda library: library._store.connection.execute(f'SELECT 1 FROM "{SAID}"')),
        "model": at_once(lambda _: Decision(SAID)),
        "json": at_once(lambda _: json.loads(f'{{"{SAID}": {SAID}')),
        "files": at_once(lambda _: folder.joinpath(SAID).read_bytes()),
    }


def main(folder: Path, *, careless: bool) -> None:
    logging.basicConfig(level=logging.DEBUG)
    logging.debug("everything is logged")
    Vault(folder, None).make(household.PASSPHRASE)
    app = QApplication([])
    frame = Frame(Door(folder, lambda: None), Vendors())
    if not careless:
        mistakes.tell_no_words()
        mistakes.watch(folder / "mistakes.log", frame.show_mistake)
    frame.begin()
    frame.show()
    desk = unlock(frame, household.PASSPHRASE)
    for name, work in works(folder).items():
        desk.jobs.start(name, work, lambda _: None)
        until(lambda: not desk.jobs.busy)
    QTimer.singleShot(0, stumble)
    QTimer.singleShot(50, app.quit)
    app.exec()
    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()
    Falling()
    frame.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), careless="careless" in sys.argv)
