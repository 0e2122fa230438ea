"""The practice household's archives: the first, and later ones by vendors that do not do all that they were asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from app.practice.alexa_history import write_history
from app.practice.held import Held
from app.practice.household import Household, Said, household
from app.practice.takeout import write_takeout

Asked = Collection[tuple[str, int]]
"""What the vendors were asked to delete: each by the vendor's key and its time in UTC milliseconds."""

Keys = frozenset[tuple[str, int]]
"""Records by vendor and second (`Said.key`)."""

_SEED = 9


@dataclass(frozen=True, slots=True)
class Lies:
    """What the vendors do not do of what they were asked; all else of it they forget.

    *untouched* stays as it was. Of *half_kept* the sound goes, but Alexa keeps its answer and Google the words.
    *came_back* is gone from the later archive, and there again in the latest.
    """

    untouched: Keys
    half_kept: Keys
    came_back: Keys


@dataclass(frozen=True, slots=True)
class Practice:
    """The archives of an invented household, written beneath *folder* when they are asked for."""

    folder: Path
    people: Household

    def first(self, made_ms: int) -> tuple[Path, ...]:
        """What the vendors hold before anything was asked of them."""
        return self._write("first", (), Lies(frozenset(), frozenset(), frozenset()), made_ms)

    def later(self, asked: Asked, made_ms: int) -> tuple[Path, ...]:
        """What they hold after they were asked: some of it they kept."""
        return self._write("later", asked, self.lies(asked), made_ms)

    def latest(self, asked: Asked, made_ms: int) -> tuple[Path, ...]:
        """What they hold later still: something came back, and the Takeout's second part is missing."""
        lies = self.lies(asked)
        again = Lies(lies.untouched | lies.came_back, lies.half_kept, lies.came_back)
        return self._write("latest", asked, again, made_ms, parts=1)

    def lies(self, asked: Asked) -> Lies:
        """Of each vendor's *asked*, the oldest is left alone, every fortieth is half kept, and one comes back."""
        keys = _keys(asked)
        by_vendor: dict[str, list[Said]] = {}
        for said in self.people.said(max((at_ms for _, at_ms in asked), default=0) + 1000):
            if said.key in keys and said.turns[0][0] and said.turns[0][1] and said.kind != "conversations":
                by_vendor.setdefault(said.key[0], []).append(said)
        return Lies(
            untouched=frozenset(said[0].key for said in by_vendor.values()),
            half_kept=frozenset(one.key for said in by_vendor.values() for one in said[1::40]),
            came_back=frozenset(said[2].key for said in by_vendor.values() if len(said) > 2),
        )

    def _write(self, name: str, asked: Asked, lies: Lies, made_ms: int, *, parts: int = 2) -> tuple[Path, ...]:
        gone = _keys(asked) - lies.untouched - lies.half_kept
        held = [_held(said, lies) for said in self.people.said(made_ms) if said.key not in gone]
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        history = folder / "alexa-history.har"
        write_history(history, held, made_ms)
        return (history, *write_takeout(folder, held, made_ms, parts))


def _keys(asked: Asked) -> Keys:
    return frozenset((provider, at_ms // 1000) for provider, at_ms in asked)


def _held(said: Said, lies: Lies) -> Held:
    if said.key not in lies.half_kept:
        return Held(said)
    return Held(said, words=said.kind == "google", sound=False)


def practice(folder: Path, *, now_ms: int, seed: int = _SEED) -> Practice:
    """The practice household, with 36 months behind it at *now_ms*."""
    return Practice(folder, household(now_ms, seed))
