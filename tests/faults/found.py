"""What a library really holds, and everything about it that is not whole."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from app.library import Library
from app.library.engine import Store
from app.library.rewriting import path_of
from app.library.schema import is_whole
from app.model import Card, Filter, Happened, Kind, SoundState
from tests.faults.expected import Item, State


class Violation(Exception):
    """A promise that was not kept."""


_BELONGS = re.compile(
    r"library\.lock|vault\.json(\.new)?|tries\.json|audio-\d{4}\.db(-wal|-shm)?|library-(?P<generation>\d+)\.db(-wal|-shm)?"
)
_ALL = Filter(kinds=frozenset(Kind))


def state_of(library: Library) -> State:
    """What a reader finds in *library*; every sound that it names is read."""
    items = {card.identity: _item(library, card) for card in library.cards(library.ids(_ALL))}
    identity_of = {card.id: card.identity for card in library.cards(library.ids(_ALL))}
    plans = []
    for plan in library.asked.plans():
        asked = {item.asked_ms is not None for item in library.asked.items(plan.id)}
        assert len(asked) == 1, "a plan is asked in one step here"
        plans.append((frozenset(identity_of[id] for id in plan.items), asked.pop()))
    done = Counter(entry.what for entry in library.log.entries(limit=10_000))
    del done[Happened.OPENED]
    return State(items, len(library.sources()), tuple(plans), done)


def not_whole(folder: Path, library: Library) -> Iterator[str]:
    """What is wrong with the files of *library*, which was opened a moment ago."""
    if not library.log.whole():
        yield "the log is not whole"
    if not library.erasing.is_final:
        yield "what was forgotten is not final"
    generation = library.keys.generation
    for file in folder.iterdir():
        known = _BELONGS.fullmatch(file.name)
        if known is None or int(known["generation"] or generation) != generation:
            yield f"{file.name} lies there"
    store = Store(path_of(folder, generation), library.keys.library, cache_mib=2)
    try:
        if not is_whole(store):
            yield "the database is not whole"
        rows = set(store.connection.execute("SELECT shard, place FROM clip").fetchall())
        doomed = store.connection.execute("SELECT count(*) FROM doomed").fetchone()
        digests = [digest.hex() for (digest,) in store.connection.execute("SELECT digest FROM clip").fetchall()]
    finally:
        store.close()
    if doomed != (0,):
        yield "blobs wait to be deleted"
    for digest in digests:
        if hashlib.sha256(library.sound(digest)).hexdigest() != digest:
            yield "a sound is not the one it was"
    yield from _shards(folder, rows)


def _shards(folder: Path, rows: set[tuple[int, int]]) -> Iterator[str]:
    there: set[tuple[int, int]] = set()
    for path in folder.glob("audio-????.db"):
        shard = Store(path, "", cache_mib=2)
        try:
            if not is_whole(shard):
                yield f"{path.name} is not whole"
            number = int(path.stem.removeprefix("audio-"))
            there |= {(number, place) for (place,) in shard.connection.execute("SELECT place FROM blob").fetchall()}
        finally:
            shard.close()
    if there != rows:
        yield f"{len(there - rows)} blobs without a row, {len(rows - there)} rows without a blob"


def _item(library: Library, card: Card) -> Item:
    heard = tuple(one.digest or "" for one in card.sounds if one.state is SoundState.MATCHED)
    for digest in heard:
        assert hashlib.sha256(library.sound(digest)).hexdigest() == digest
    words = " ".join(turn.text or "" for turn in card.turns)
    return Item(words, heard, card.decision, card.kind is Kind.FORGOTTEN)
