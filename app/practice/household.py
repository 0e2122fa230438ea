"""What the practice household says, day by day, out of a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from app import places

FOLDER = places.RESOURCES / "practice"
DAYS = 1095
"""How long ago the household's first speaker was set up: 36 months."""

_A_DAY = {"alexa": 7, "conversations": 0.2, "google": 2.2}
"""The most that is said on a usual day, by kind; on average it is half of it."""
_HOURS = {"emma": (7, 20), "ben": (6, 19), "nora": (6, 22), "tom": (7, 23), "guest": (12, 22), "nobody": (8, 23)}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household. *name* and *type* are what the vendor knows of them: empty without a voice profile."""

    key: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: *kind* "alexa", "conversations" or "google"; *turns* are pairs of words and answer."""

    kind: str
    at_ms: int
    who: Member
    device: str
    turns: tuple[tuple[str, str], ...] = field(repr=False)
    skill: str
    intent: str
    sort: str
    chance: float
    """A number from 0 to 1 that settles whatever differs between alike records."""

    @property
    def key(self) -> tuple[str, int]:
        """The vendor and the time, to the second: no vendor of the practice household hears two things in one."""
        return ("google" if self.kind == "google" else "alexa", self.at_ms // 1000)

    @property
    def clip(self) -> bytes | None:
        """The sound of the first words, where one was made."""
        path = FOLDER / f"{self.who.key}-{self.turns[0][0].replace(' ', '-')}.mp3"
        return path.read_bytes() if path.exists() else None


@dataclass(frozen=True, slots=True)
class Household:
    """Everybody and everything they may say; the same seed and first day give the same days."""

    seed: int
    began: date
    members: Mapping[str, Member]
    sentences: Mapping[str, tuple[dict[str, Any], ...]] = field(repr=False)

    def said(self, until_ms: int) -> list[Said]:
        """Everything said before *until_ms*, the oldest first."""
        days = (datetime.fromtimestamp(until_ms / 1000).date() - self.began).days
        everything = [said for number in range(days + 1) for said in self._day(self.began + timedelta(days=number))]
        return sorted((said for said in everything if said.at_ms < until_ms), key=lambda said: said.at_ms)

    def _day(self, day: date) -> Iterator[Said]:
        dice = random.Random(f"{self.seed} {day}")
        taken: set[tuple[str, int]] = set()
        for kind, most in _A_DAY.items():
            weekend = 1.6 if day.weekday() >= 5 else 0.8
            sentences = self.sentences[kind]
            for _ in range(round(dice.uniform(0, 2 * most * weekend) / 2 + dice.random() - 0.5)):
                sentence = dice.choices(sentences, [sentence["weight"] for sentence in sentences])[0]
                said = self._say(kind, sentence, day, dice)
                if said.key not in taken:
                    taken.add(said.key)
                    yield said

    def _say(self, kind: str, sentence: dict[str, Any], day: date, dice: random.Random) -> Said:
        who = self.members[dice.choice(sentence["who"])]
        earliest, latest = _HOURS[who.key]
        moment = time(
            dice.randrange(earliest, latest), dice.randrange(60), dice.randrange(60), dice.randrange(1000) * 1000
        )
        return Said(
            kind,
            round(datetime.combine(day, moment).timestamp() * 1000),
            who,
            dice.choice(sentence["where"] or [""]),
            tuple((words, answer) for words, answer in sentence["turns"]),
            sentence.get("skill", ""),
            sentence.get("intent", ""),
            sentence.get("sort", "GENERAL"),
            dice.random(),
        )


def household(now_ms: int, seed: int) -> Household:
    """The practice household, whose first speaker was set up 36 months before *now_ms*."""
    told = json.loads((FOLDER / "household.json").read_text(encoding="utf-8"))
    members = {key: Member(key, person["name"], person["type"]) for key, person in told["people"].items()}
    began = datetime.fromtimestamp(now_ms / 1000).date() - timedelta(days=DAYS)
    return Household(seed, began, members, {kind: tuple(told[kind]) for kind in _A_DAY})
