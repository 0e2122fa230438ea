"""What a library must hold after a row of things was done to it, reckoned without it."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import TypeAlias

from app.model import Decision, Happened
from tests.intake.diary import beep, diary
from tests.intake.zipping import zip_at

ARCHIVES = 40
_PAGES = 4
_COMMON = "common"
"""Stands in every archive, so that one brings again what another brought, or what was forgotten since."""


class What(Enum):
    """What is done to a library."""

    BRING_IN = auto()
    DECIDE = auto()
    UNDO = auto()
    REDO = auto()
    PLAN = auto()
    ATTEST = auto()
    ERASE = auto()
    PASSPHRASE = auto()
    ERASE_EVERYTHING = auto()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do, with what it needs of an archive, records by their identity, a decision or a number."""

    what: What
    archive: int = 0
    identities: tuple[str, ...] = ()
    decision: Decision | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A record as a reader sees it; *sounds* are the digests of those that can be heard."""

    words: str
    sounds: tuple[str, ...]
    decision: Decision | None = None
    forgotten: bool = False


Changed: TypeAlias = "tuple[tuple[str, Decision | None], ...]"


@dataclass(frozen=True, slots=True)
class State:
    """Everything that can be compared with what a library holds. *done* counts what its log must know of."""

    items: Mapping[str, Item] = field(default_factory=dict)
    sources: int = 0
    plans: tuple[tuple[frozenset[str], bool], ...] = ()
    done: Counter[Happened] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Expected:
    """A state, with what leads on from it: the changes that can be undone and redone, and the number of the
    passphrase."""

    state: State = State()
    undoable: tuple[tuple[Changed, Decision | None], ...] = ()
    redoable: tuple[tuple[Changed, Decision | None], ...] = ()
    brought: frozenset[int] = frozenset()
    passphrase: int = 0

    def after(self, deed: Deed) -> Expected:
        """What must be there once *deed* is done."""
        match deed.what:
            case What.BRING_IN:
                return self._with_archive(deed.archive)
            case What.DECIDE:
                return self._decided(deed.identities, deed.decision)
            case What.UNDO:
                changed, decision = self.undoable[-1]
                undone = replace(self, undoable=self.undoable[:-1], redoable=(*self.redoable, (changed, decision)))
                return undone._marked(dict(changed), Happened.UNDONE)
            case What.REDO:
                changed, decision = self.redoable[-1]
                again = replace(self, redoable=self.redoable[:-1], undoable=(*self.undoable, (changed, decision)))
                return again._marked({identity: decision for identity, _ in changed}, Happened.REDONE)
            case What.PLAN:
                return self._with(plans=(*self.state.plans, (frozenset(self.marked), False)), noted=Happened.PLANNED)
            case What.ATTEST:
                plans = list(self.state.plans)
                plans[deed.number] = (plans[deed.number][0], True)
                return self._with(plans=tuple(plans), noted=Happened.ASKED)
            case What.ERASE:
                gone = {identity: self._forgotten(identity) for identity in deed.identities}
                return self._with(items={**self.state.items, **gone}, noted=Happened.ERASED)
            case What.PASSPHRASE:
                return replace(self._with(noted=Happened.LOCK_CHANGED), passphrase=deed.number)
            case What.ERASE_EVERYTHING:
                return Expected(passphrase=self.passphrase)

    @property
    def here(self) -> list[str]:
        """What is there and not forgotten."""
        return sorted(identity for identity, item in self.state.items.items() if not item.forgotten)

    @property
    def marked(self) -> list[str]:
        return [identity for identity in self.here if self.state.items[identity].decision is Decision.DELETE]

    def _with_archive(self, archive: int) -> Expected:
        brought = replace(self, brought=self.brought | {archive})
        return brought._with(
            items={**items_of(archive), **self.state.items}, sources=self.state.sources + 1, noted=Happened.BROUGHT_IN
        )

    def _decided(self, identities: Sequence[str], decision: Decision | None) -> Expected:
        before = tuple((one, self.state.items[one].decision) for one in identities)
        changed = tuple((one, was) for one, was in before if was is not decision)
        if not changed:
            return self
        decided = replace(self, undoable=(*self.undoable, (changed, decision)), redoable=())
        return decided._marked({identity: decision for identity, _ in changed}, Happened.DECIDED)

    def _marked(self, marks: Mapping[str, Decision | None], noted: Happened) -> Expected:
        items = dict(self.state.items)
        for identity, decision in marks.items():
            items[identity] = replace(items[identity], decision=decision)
        return self._with(items=items, noted=noted)

    def _forgotten(self, identity: str) -> Item:
        return replace(self.state.items[identity], words="", sounds=(), forgotten=True)

    def _with(
        self,
        *,
        noted: Happened,
        items: Mapping[str, Item] | None = None,
        sources: int | None = None,
        plans: tuple[tuple[frozenset[str], bool], ...] | None = None,
    ) -> Expected:
        was = self.state
        state = State(
            was.items if items is None else items,
            was.sources if sources is None else sources,
            was.plans if plans is None else plans,
            was.done + Counter([noted]),
        )
        return replace(self, state=state)


def next_deed(expected: Expected, chance: random.Random) -> Deed:
    """Something that can be done now."""
    here = expected.here
    possible = {What.PASSPHRASE: 6}
    if len(expected.brought) < ARCHIVES:
        possible[What.BRING_IN] = 14
    if here:
        possible |= {What.DECIDE: 30, What.ERASE: 3, What.ERASE_EVERYTHING: 1}
    if expected.undoable:
        possible[What.UNDO] = 8
    if expected.redoable:
        possible[What.REDO] = 8
    if expected.marked:
        possible[What.PLAN] = 8
    unasked = [number for number, (_, asked) in enumerate(expected.state.plans) if not asked]
    if unasked:
        possible[What.ATTEST] = 8
    (what,) = chance.choices(list(possible), list(possible.values()))
    some = tuple(sorted(chance.sample(here, chance.randint(1, min(3, len(here)))))) if here else ()
    fresh = [number for number in range(ARCHIVES) if number not in expected.brought]
    return Deed(
        what,
        archive=chance.choice(fresh) if what is What.BRING_IN else 0,
        identities=some if what in (What.DECIDE, What.ERASE) else (),
        decision=chance.choice((Decision.DELETE, Decision.KEEP, Decision.DELETE, None)),
        number=expected.passphrase + 1 if what is What.PASSPHRASE else unasked[0] if unasked else 0,
    )


def items_of(archive: int) -> dict[str, Item]:
    """The records of one of the archives: a sound of its own, one that the archive after it has too, and some with
    none."""
    return {
        identity: Item(f"page {identity}", tuple(hashlib.sha256(_sound(name)).hexdigest() for name in names))
        for identity, names in _pages(archive).items()
    }


def archives_at(folder: Path) -> list[Path]:
    """All archives, as files."""
    made = []
    for number in range(ARCHIVES):
        pages = _pages(number)
        sounds = {f"sounds/{name}": _sound(name) for names in pages.values() for name in names}
        diary_file = {"diary.json": diary(*pages, sounds=pages)}
        made.append(zip_at(folder / f"archive-{number}.zip", {**diary_file, **sounds}))
    return made


def _pages(archive: int) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = {f"a{archive}.{number}": [] for number in range(_PAGES)}
    pages[f"a{archive}.0"] = [f"{2 * archive}.wav", f"{2 * archive + 1}.wav"]
    pages[f"a{archive}.1"] = [f"{2 * archive + 2}.wav"]
    pages[_COMMON] = ["0.wav"]
    return pages


def _sound(name: str) -> bytes:
    return beep(0.05, int(name.partition(".")[0]) + 1)
