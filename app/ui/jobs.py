"""One worker for the long work of the library: the window starts it, follows it and stops it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.library import Library
from app.model import Job, Problem, Progress

T = TypeVar("T")

_PACE = 1 / 30
"""Seconds between two signals of progress: what an eye can follow."""


@dataclass(frozen=True, slots=True)
class _Task:
    title: str
    make: Callable[[Library], Job[Any]]
    done: Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class _End:
    """How a task ended: with a result, with an error, or (neither) stopped."""

    task: _Task
    result: tuple[Any, ...] = ()
    error: BaseException | None = None


def at_once(work: Callable[[Library], T]) -> Callable[[Library], Job[T]]:
    """*work* as a job of a single step."""

    def job(library: Library) -> Job[T]:
        yield Progress(0)
        return work(library)

    return job


class _Worker(QThread):
    """A thread of Qt's, because what a job uses of Qt (a document on its way to paper) needs one."""

    def __init__(self, work: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work

    def run(self) -> None:
        self._work()


class JobRunner(QObject):
    """Runs jobs one after another in a thread of their own, with their own connection to *library*.

    Its signals, and the *done* of each job, arrive on the window's thread; so does a bug in a job, at `sys.excepthook`.
    `idle` follows when nothing is left.
    """

    started = Signal(str)
    progressed = Signal(object)
    stopped = Signal(str)
    problem = Signal(object)
    idle = Signal()
    _begun = Signal(str)
    _ended = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._cancel = threading.Event()
        self._waiting = 0
        self._thread: _Worker | None = None
        self._begun.connect(self.started)
        self._ended.connect(self._settle)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._waiting > 0

    def start(self, title: str, make: Callable[[Library], Job[T]], done: Callable[[T], None]) -> None:
        """Run the job that *make* returns when its turn comes, and give its result to *done*."""
        self._waiting += 1
        if self._thread is None:
            self._thread = _Worker(self._work, self)
            self._thread.start()
        self._tasks.put(_Task(title, make, done))

    def cancel(self) -> None:
        """Stop the job that runs, at its next safe point; what it did after its last one is undone."""
        if self.busy:
            self._cancel.set()

    def close(self) -> None:
        """Stop what runs, drop what waits, and return when the worker has let go of the library."""
        while not self._tasks.empty():
            self._tasks.get()
        self._cancel.set()
        self._tasks.put(None)
        if self._thread is not None:
            self._thread.wait()

    def _work(self) -> None:
        library: Library | None = None
        while (task := self._tasks.get()) is not None:
            self._begun.emit(task.title)
            try:
                library = library or self._library.another()
                end = self._step(task, task.make(library))
            except Exception as error:  # noqa: BLE001  it must reach the window's thread; _settle tells the kinds apart
                end = _End(task, error=error)
            self._cancel.clear()
            self._ended.emit(end)
        if library is not None:
            library.close()

    def _step(self, task: _Task, job: Job[Any]) -> _End:
        shown = 0.0
        while not self._cancel.is_set():
            try:
                progress = next(job)
            except StopIteration as end:
                return _End(task, result=(end.value,))
            if (now := time.monotonic()) - shown >= _PACE:
                shown = now
                self.progressed.emit(progress)
        job.close()
        return _End(task)

    @Slot(object)
    def _settle(self, end: _End) -> None:
        self._waiting -= 1
        try:
            if isinstance(end.error, Problem):
                self.problem.emit(end.error)
            elif end.error is not None:
                sys.excepthook(type(end.error), end.error, end.error.__traceback__)
            elif end.result:
                end.task.done(*end.result)
            else:
                self.stopped.emit(end.task.title)
        finally:
            if not self.busy:
                self.idle.emit()
