from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from app.library import Change, Interrupted, Library, Results
from app.model import Decision, Filter
from tests.library.making import bring_in, heard


@pytest.fixture
def results(library: Library) -> Iterator[Results]:
    bring_in(library, "first", *(heard(number, f"alexa number {number}") for number in range(10)))
    opened = Results(library)
    yield opened
    opened.close()


def _show(results: Results, wanted: Filter) -> None:
    results.show(wanted)
    results.swap()


def test_nothing_is_shown_before_the_first_swap(results: Results) -> None:
    found = results.show(Filter())

    assert found == 10
    assert (results.count, results.rows(0, 5), results.ids([(0, 3)])) == (0, [], [])
    assert results.decide([(0, 3)], Decision.KEEP, 5) == Change(0, 0)


def test_a_page_is_a_part_of_the_shown_in_its_order(results: Results) -> None:
    _show(results, Filter())

    assert [row.id for row in results.rows(2, 3)] == [8, 7, 6]
    assert [row.id for row in results.rows(8, 100)] == [2, 1]
    assert results.ids([(0, 1), (9, 9)]) == [10, 9, 1]


def test_what_is_shown_stays_while_the_next_is_found(results: Results) -> None:
    _show(results, Filter())
    results.show(Filter(words="number 3"))

    assert results.count == 10
    results.swap()
    assert [row.request for row in results.rows(0, 9)] == ["alexa number 3"]


def test_a_second_swap_changes_nothing(results: Results) -> None:
    _show(results, Filter(words="number 3"))
    results.swap()

    assert results.count == 1
    assert len(results.rows(0, 9)) == 1


def test_a_decision_over_positions_is_one_change_that_the_library_can_undo(library: Library, results: Results) -> None:
    _show(results, Filter())

    change = results.decide([(0, 1), (9, 9)], Decision.DELETE, 5)

    assert change.changed == 3
    assert [row.id for row in results.rows(0, 10) if row.decision is Decision.DELETE] == [10, 9, 1]
    assert library.asked.undo(change.id) == 3
    assert not any(row.decision for row in results.rows(0, 10))


def test_everything_shown_is_decided_at_once(library: Library, results: Results) -> None:
    _show(results, Filter())

    change = results.decide([(0, results.count - 1)], Decision.KEEP, 5)

    assert change.changed == 10
    assert library.asked.counts()[Decision.KEEP] == 10


def test_results_follow_what_others_write(library: Library, results: Results) -> None:
    _show(results, Filter(decisions=frozenset({Decision.DELETE})))
    library.asked.decide([4], Decision.DELETE, 5)

    _show(results, Filter(decisions=frozenset({Decision.DELETE})))

    assert results.ids([(0, 9)]) == [4]


def test_a_finding_that_is_told_to_stop_leaves_the_shown_alone(library: Library, results: Results) -> None:
    _show(results, Filter(words="number 3"))
    stopped: list[Interrupted] = []

    def find() -> None:
        try:
            while True:
                results.show(Filter())
        except Interrupted as interrupted:
            stopped.append(interrupted)

    thread = threading.Thread(target=find)
    thread.start()
    deadline = time.monotonic() + 10
    while thread.is_alive() and time.monotonic() < deadline:
        results.interrupt()
    thread.join(1)

    assert len(stopped) == 1
    assert [row.request for row in results.rows(0, 10)] == ["alexa number 3"]
    _show(results, Filter())
    assert results.count == 10


def test_a_finding_after_the_end_is_interrupted(library: Library) -> None:
    results = Results(library)
    results.close()

    with pytest.raises(Interrupted):
        results.show(Filter())
