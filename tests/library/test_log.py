"""Everything that is done is noted without a word of the household, and whoever edits the log shows it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import deletion, verification
from app.intake import bring_in as drop
from app.library import Library, rewrite
from app.model import Conclusion, Decision, Filter, Happened, Layer, Look, Operation, Problem, Verdict, finish
from app.practice import Practice
from app.practice.household import household
from app.providers.registry import providers
from app.vault import Keys
from tests.keys import KEYS
from tests.library.making import NOON, bring_in, heard, recorded

NEXT = Keys(2, "beefcafe" * 8, KEYS.log)
DAY = 86_400_000
ONE = (Operation(1, "alexa", "range", "words", (1,)),)
GONE = Conclusion(1, "home#1", Layer.ACTION, Verdict.GONE, None, "because")
LOOK = Look(0, 1, 1, "a.zip", "alexa", 300, False, 400, True, "", 1, (GONE,))
_PROVIDERS = providers()
OURS = {"delete", "keep", "undecided"}
"""The only words of ours that the writers of the library put into the log."""


@pytest.fixture
def noted(library: Library) -> Library:
    """A library with five entries in its log."""
    for number in range(5):
        library.log.note(Happened.PLAYED, interaction=number)
    return library


def edited(library: Library, *statements: str) -> bool:
    """Whether the log is still taken for whole after somebody edited it by hand."""
    assert library.log.whole()
    for statement in statements:
        library._store.connection.execute(statement)
    return library.log.whole()


def said_of(library: Library) -> list[tuple[Happened, dict[str, int | str]]]:
    return [(entry.what, dict(entry.details)) for entry in reversed(library.log.entries())]


def test_everything_that_is_done_is_noted(library: Library) -> None:
    bring_in(library, "first", heard(1, sounds=[recorded(library, b"RIFF")]), heard(2))
    change = library.asked.decide([1, 2], Decision.DELETE, 5)
    library.asked.undo(change.id)
    library.asked.redo(change.id)
    library.asked.decide([2], None, 6)
    plan = library.asked.freeze(ONE, made_ms=7, ready_ms=8, copy_until_ms=9).id
    library.asked.attest(plan, [1], 10)
    library.asked.keep_copy(plan, None)
    library.concluded.record(LOOK)
    library.erasing.forget([1])

    assert said_of(library) == [
        (Happened.BROUGHT_IN, {"source": 1, "interactions": 2, "new": 2}),
        (Happened.DECIDED, {"decision": "delete", "count": 2}),
        (Happened.UNDONE, {"count": 2}),
        (Happened.REDONE, {"count": 2}),
        (Happened.DECIDED, {"decision": "undecided", "count": 1}),
        (Happened.PLANNED, {"plan": 1, "items": 1}),
        (Happened.ASKED, {"plan": 1, "steps": 1, "items": 1}),
        (Happened.COPY_KEPT, {"plan": 1, "until_ms": 0}),
        (Happened.LOOKED, {"plan": 1, "source": 1, "conclusions": 1}),
        (Happened.ERASED, {"interactions": 1, "sounds": 1}),
    ]
    assert [entry.number for entry in library.log.entries()] == list(range(10, 0, -1))
    assert library.log.whole()


def test_what_was_not_done_is_not_noted(library: Library) -> None:
    bring_in(library, "first", heard(1))
    before = library.log.entries()

    with pytest.raises(RuntimeError), library.atomic():
        bring_in(library, "second", heard(2))
        library.asked.decide([1], Decision.KEEP, 5)
        raise RuntimeError
    library.asked.decide([1], None, 6)
    for refused in (lambda: library.erasing.forget([9]), lambda: library.asked.keep_copy(9, None)):
        with pytest.raises(Problem):
            refused()

    assert library.log.entries() == before


def test_the_log_is_read_page_by_page_the_newest_first(noted: Library) -> None:
    first = noted.log.entries(limit=2)
    second = noted.log.entries(before=first[-1].number, limit=2)
    third = noted.log.entries(before=second[-1].number, limit=2)

    assert [entry.details["interaction"] for entry in first + second + third] == [4, 3, 2, 1, 0]
    assert all(entry.at_ms > NOON for entry in first)


EDITS = {
    "details": ["UPDATE log SET details = '{\"interaction\": 7}' WHERE number = 3"],
    "what": ["UPDATE log SET what = 'exported' WHERE number = 5"],
    "time": ["UPDATE log SET at_ms = at_ms + 1 WHERE number = 1"],
    "seal": ["UPDATE log SET seal = zeroblob(32) WHERE number = 5"],
    "taken out": ["DELETE FROM log WHERE number = 3"],
    "first taken out": ["DELETE FROM log WHERE number = 1"],
    "closed up": ["DELETE FROM log WHERE number = 3", "UPDATE log SET number = number - 1 WHERE number > 3"],
    "closed up from the first": ["DELETE FROM log WHERE number = 1", "UPDATE log SET number = number - 1"],
    "changed over": [
        "UPDATE log SET number = -number WHERE number IN (2, 3)",
        "UPDATE log SET number = 5 + number WHERE number < 0",
    ],
    "added": ["INSERT INTO log SELECT 6, at_ms, what, details, seal FROM log WHERE number = 5"],
}


@pytest.mark.parametrize("statements", EDITS.values(), ids=EDITS.keys())
def test_a_log_that_was_edited_is_not_whole(noted: Library, statements: list[str]) -> None:
    assert not edited(noted, *statements)


def test_an_entry_of_another_history_of_the_same_library_does_not_fit_in(noted: Library, tmp_path: Path) -> None:
    shutil.copytree(noted.folder, tmp_path / "copy")
    with Library(tmp_path / "copy", KEYS) as other:
        for library, interaction in ((noted, 10), (other, 20)):
            library.log.note(Happened.PLAYED, interaction=interaction)
            library.log.note(Happened.PLAYED, interaction=30)
        row = other._store.connection.execute("SELECT at_ms, details, seal FROM log WHERE number = 7").fetchone()
        assert other.log.whole()

    noted._store.connection.execute("UPDATE log SET at_ms = ?, details = ?, seal = ? WHERE number = 7", row)

    assert not noted.log.whole()


def test_who_has_not_the_key_of_the_log_cannot_go_on_with_it(noted: Library) -> None:
    with Library(noted.folder, replace(KEYS, log=b"another key")) as other:
        other.log.note(Happened.PLAYED, interaction=9)

    assert not noted.log.whole()


def test_cutting_the_newest_entries_off_is_seen_by_who_kept_the_head(noted: Library) -> None:
    head = noted.log.head()

    assert edited(noted, "DELETE FROM log WHERE number > 3")

    assert not noted.log.holds(head)
    noted.log.note(Happened.PLAYED, interaction=7)
    noted.log.note(Happened.PLAYED, interaction=8)
    assert (noted.log.whole(), noted.log.holds(head)) == (True, False)


def test_a_log_that_went_on_holds_its_earlier_heads(noted: Library) -> None:
    heads = [noted.log.head()]
    for number in range(3):
        noted.log.note(Happened.PLAYED, interaction=number)
        heads.append(noted.log.head())

    assert len(set(heads)) == 4
    assert all(noted.log.holds(head) for head in heads)


@pytest.mark.parametrize("head", ["5", "5 ", "x", "0 00", "99999999999999999999 00", "1 " + "00" * 32, " "])
def test_what_was_never_a_head_is_not_held(noted: Library, head: str) -> None:
    assert not noted.log.holds(head)


def test_an_empty_log_holds_the_head_of_one_that_nobody_kept(library: Library) -> None:
    assert (library.log.head(), library.log.whole(), library.log.holds("")) == ("", True, True)


def test_the_log_outlives_the_library_being_written_anew(noted: Library) -> None:
    entries, head = noted.log.entries(), noted.log.head()
    noted.close()

    rewrite(noted.folder, KEYS, NEXT)

    with Library.open(noted.folder, NEXT) as anew:
        assert anew.log.entries() == entries
        assert anew.log.whole()
        anew.log.note(Happened.PLAYED, interaction=6)
        assert (anew.log.whole(), anew.log.holds(head)) == (True, True)


@pytest.fixture
def practised(tmp_path: Path) -> Iterator[tuple[Library, Practice]]:
    """The first and later archives of a household of three weeks, with everything done to them that can be."""
    now_ms = 1_790_000_000_000
    people = replace(household(now_ms, 9), began=date.fromtimestamp(now_ms / 1000 - 21 * 86_400))
    archives = Practice(tmp_path / "archives", people)
    with Library.open(tmp_path / "home", KEYS) as library:
        finish(drop(library, archives.first(now_ms), _PROVIDERS, now_ms=now_ms))
        deletion.decide(library, Filter(words="the"), Decision.DELETE, now_ms)
        plan = deletion.freeze(library, _PROVIDERS, Filter(), now_ms=now_ms, wait=False)
        deletion.attest(library, plan.id, None, now_ms)
        asked = [(item.provider, item.at_ms) for item in library.asked.items(plan.id)]
        later = finish(drop(library, archives.later(asked, now_ms + DAY), _PROVIDERS, now_ms=now_ms + DAY))
        for source in later.sources:
            verification.look(library, _PROVIDERS, plan.id, source.id, now_ms=now_ms + DAY)
        library.erasing.forget(library.erasing.due(now_ms + 31 * DAY))
        yield library, archives


def test_the_log_of_a_household_holds_none_of_its_words_and_names(practised: tuple[Library, Practice]) -> None:
    library, archives = practised

    entries = library.log.entries()

    told = [value for entry in entries for value in entry.details.values()]
    assert {value for value in told if not isinstance(value, int)} <= OURS
    assert {entry.what for entry in entries} >= {Happened.BROUGHT_IN, Happened.LOOKED, Happened.ERASED, Happened.ASKED}
    everything = json.dumps([(entry.what.value, dict(entry.details)) for entry in entries]).casefold()
    names = {one.said_name for one in library.household.members()}
    names |= {one.said_name for one in library.household.speakers()}
    words = {text for said in archives.people.said(1_790_000_000_000) for turn in said.turns for text in turn}
    assert len(names) > 4
    assert len(words) > 40
    assert not [name for name in (*names, *words) if name and name.casefold() in everything]
