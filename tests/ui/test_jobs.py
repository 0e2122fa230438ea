"""The worker of the window."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.library import Library
from app.model import Job, Problem, Progress
from app.ui.jobs import JobRunner, at_once


def test_a_job_works_elsewhere_and_its_result_arrives_on_the_windows_thread(jobs: JobRunner, qtbot: QtBot) -> None:
    threads: list[int] = []

    def done(worker: int) -> None:
        threads.extend((worker, threading.get_ident()))

    with qtbot.waitSignal(jobs.idle):
        jobs.start("Counting", at_once(lambda _: threading.get_ident()), done)

    assert threads[1] == threading.get_ident() != threads[0]


def test_a_job_has_a_connection_of_its_own(jobs: JobRunner, library: Library, qtbot: QtBot) -> None:
    given: list[Library] = []

    with qtbot.waitSignal(jobs.idle):
        jobs.start("Counting", at_once(lambda mine: mine), given.append)

    assert given[0] is not library
    assert given[0].path == library.path


def test_jobs_run_one_after_the_other_in_their_order(jobs: JobRunner, qtbot: QtBot) -> None:
    order: list[str] = []

    def slow(name: str) -> Callable[[Library], Job[str]]:
        def job(_: Library) -> Job[str]:
            order.append(f"{name} begins")
            yield Progress(1, 2)
            order.append(f"{name} ends")
            return name

        return job

    with qtbot.waitSignal(jobs.idle):
        jobs.start("One", slow("one"), lambda _: None)
        jobs.start("Two", slow("two"), lambda _: None)

    assert order == ["one begins", "one ends", "two begins", "two ends"]


def test_cancel_stops_a_job_where_it_may_safely_stop(jobs: JobRunner, qtbot: QtBot) -> None:
    closed = threading.Event()
    results: list[int] = []

    def endless(_: Library) -> Job[int]:
        try:
            number = 0
            while True:
                number += 1
                yield Progress(number)
        finally:
            closed.set()

    jobs.start("Forever", endless, results.append)
    with qtbot.waitSignal(jobs.progressed):
        pass
    with qtbot.waitSignal(jobs.stopped):
        jobs.cancel()

    assert closed.is_set()
    assert not results
    assert not jobs.busy


def test_the_next_job_is_not_stopped_by_the_cancel_of_the_last(jobs: JobRunner, qtbot: QtBot) -> None:
    results: list[int] = []

    def endless(_: Library) -> Job[int]:
        while True:
            yield Progress(0)

    jobs.start("Forever", endless, results.append)
    jobs.start("After", at_once(lambda _: 7), results.append)
    with qtbot.waitSignal(jobs.progressed):
        pass
    with qtbot.waitSignal(jobs.idle):
        jobs.cancel()

    assert results == [7]


def test_a_fault_of_the_world_is_told_in_its_own_words(jobs: JobRunner, qtbot: QtBot) -> None:
    def cut_off(_: Library) -> None:
        raise Problem("This zip is cut off at the end.", advice="Download it again.")

    with qtbot.waitSignal(jobs.problem) as told:
        jobs.start("Reading", at_once(cut_off), lambda _: None)

    assert str(told.args[0]) == "This zip is cut off at the end. Download it again."


def test_a_bug_of_ours_is_not_swallowed(jobs: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, where: caught.append(kind))

    with qtbot.waitSignal(jobs.idle):
        jobs.start("Counting", at_once(lambda _: [][0]), lambda _: None)

    assert caught == [IndexError]


def test_closing_waits_until_the_worker_has_let_go(library: Library, qtbot: QtBot) -> None:
    runner = JobRunner(library)
    dropped: list[int] = []
    ended: list[str] = []

    def endless(_: Library) -> Job[int]:
        try:
            while True:
                yield Progress(0)
        finally:
            ended.append("ended")

    runner.start("Forever", endless, dropped.append)
    runner.start("Never", at_once(lambda _: 1), dropped.append)
    with qtbot.waitSignal(runner.progressed):
        pass
    runner.close()

    assert ended == ["ended"]
    assert not dropped
