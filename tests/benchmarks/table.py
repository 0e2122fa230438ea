"""How quick the review page is at a million rows: `python -m tests.benchmarks.table [--at FOLDER] [--rows N]`."""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from app.library import Library
from app.model import Filter
from app.ui.jobs import JobRunner
from app.ui.review.page import ReviewPage
from tests.benchmarks import browse
from tests.keys import KEYS

TIMES = 5
JUMPS = 100
PATIENCE_S = 30.0


class Painted(QObject):
    """Notes that the list is being painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.seen = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False


class Bench:
    """A page on a library, and a clock."""

    def __init__(self, app: QApplication, library: Library) -> None:
        self._app = app
        self.jobs = JobRunner(library)
        self.page = ReviewPage(library, self.jobs)
        self.page.resize(1200, 760)
        self._painted = Painted(self.page.table.viewport())
        self._wanted = Filter()
        self.page.show()
        self._until(lambda: self.page.table.currentIndex().isValid())

    def filtered(self, wanted: Filter) -> tuple[float, int]:
        """Milliseconds until *wanted* is painted, after everything was shown; and how many there are."""
        taken = []
        for _ in range(TIMES):
            self._show(replace(wanted, ids=frozenset({1})) if wanted == Filter() else Filter())
            taken.append(self._show(wanted))
        return statistics.median(taken), self.page.table.model().rowCount()

    def jumped(self) -> tuple[float, float]:
        """Median and nearly the worst, in milliseconds, until a random row and its neighbours are painted."""
        dice = random.Random(5)
        bar = self.page.table.verticalScrollBar()
        taken = []
        for _ in range(JUMPS):
            began = time.perf_counter()
            bar.setValue(dice.randrange(bar.maximum()))
            taken.append(self._until_painted(began))
        return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]

    def gone_to(self) -> float:
        """As above, for the row with its card."""
        dice = random.Random(6)
        taken = []
        for _ in range(JUMPS):
            began = time.perf_counter()
            self.page.table.go_to(dice.randrange(self.page.table.model().rowCount()))
            taken.append(self._until_painted(began))
        return statistics.median(taken)

    def selected(self) -> float:
        """Milliseconds until all rows are shown as selected."""
        taken = []
        for _ in range(TIMES):
            self.page.table.go_to(0)
            self._app.processEvents()
            began = time.perf_counter()
            self.page.table.selectAll()
            taken.append(self._until_painted(began))
        self.page.table.go_to(0)
        return statistics.median(taken)

    def close(self) -> None:
        self.jobs.close()
        self.page.shut()

    def _show(self, wanted: Filter) -> float:
        found: list[int] = []
        search = self.page._search  # the page's own way from a filter to the painted list, without the typing pause
        connection = search.found.connect(found.append)
        began = time.perf_counter()
        search.look_for(wanted)
        self._until(lambda: bool(found))
        taken = self._until_painted(began)
        search.found.disconnect(connection)
        return taken

    def _until_painted(self, began: float) -> float:
        self._painted.seen = False
        if self.page.table.isVisible():
            self.page.table.viewport().update()
            self._until(lambda: self._painted.seen)
        else:
            self._app.processEvents()
        return 1000 * (time.perf_counter() - began)

    def _until(self, happened: Callable[[], bool]) -> None:
        end = time.perf_counter() + PATIENCE_S
        while not happened():
            self._app.processEvents()
            if time.perf_counter() > end:
                raise SystemExit("the list was not painted")


def main() -> None:
    """Build the library if it is not there yet, then print what the page takes and the memory it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", type=Path, help="keep the library in this folder for the next time")
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    if chosen.at is not None:
        measure(app, chosen.at, chosen.rows)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(app, Path(folder), chosen.rows)


def measure(app: QApplication, folder: Path, rows: int) -> None:
    with Library.open(folder, KEYS) as library:
        if not library.sources():
            browse.build(library, rows)
        browse.marked(library)
        bench = Bench(app, library)
        print(f"{'filter to painted, ms':42}{'median':>8}{'rows':>12}")
        for name, wanted in browse.filters(library).items():
            taken, count = bench.filtered(wanted)
            print(f"{name:42}{taken:8.0f}{count:12,}", flush=True)
        bench.filtered(Filter())
        median, worst = bench.jumped()
        print(f"{'random jump to painted':42}{median:8.1f}   19 of 20 within {worst:.1f}")
        print(f"{'random row with its card, to painted':42}{bench.gone_to():8.1f}")
        print(f"{'select all to painted':42}{bench.selected():8.1f}")
        bench.close()
    print(f"{'peak memory, MB':42}{browse._peak_mb():8.0f}")


if __name__ == "__main__":
    main()
