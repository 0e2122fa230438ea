"""Work away from the window, with its result delivered in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")


class Background(QObject):
    """A few threads of its own; what goes wrong in one of them is raised where its result was awaited."""

    _finished = Signal(object, object)

    def __init__(self, threads: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(threads)
        self._finished.connect(self._deliver)

    def start(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run *work* in a thread, and then *then* with its result in the window's."""
        future = self._threads.submit(work)
        future.add_done_callback(lambda done: self._finished.emit(then, done))

    def shut(self) -> None:
        """Waits for what is running; what has not begun never will."""
        self._finished.disconnect(self._deliver)
        self._threads.shutdown(cancel_futures=True)

    @Slot(object, object)
    def _deliver(self, then: Callable[[Any], None], done: Future[Any]) -> None:
        then(done.result())
