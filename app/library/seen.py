"""What the archives showed: written only while something is brought in, never changed by a decision."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace

from app.library.adding import Fresh, Raw, packed, unpacked
from app.library.codes import CERTAINTY, CERTAINTY_CODE, KIND, LAYER_CODE
from app.library.engine import Store
from app.library.log import Log
from app.library.merging import Again, forgotten_among, merge
from app.library.names import Names
from app.library.sounds import Sounds
from app.model import Certainty, Coverage, Happened, Interaction, Issue, Layer, Problem, Sound, Source, Told


class Seen:
    """The writer of sources, interactions, turns, sounds and sightings."""

    def __init__(self, store: Store, sounds: Sounds, log: Log) -> None:
        self._store = store
        self._sounds = sounds
        self._log = log
        self._new: dict[int, int] = {}

    def begin_source(self, *, fingerprint: str, name: str, provider: str, kind: str, at_ms: int) -> int:
        """The number of the source with this *fingerprint*; the same one for the same file again."""
        with self._store.atomic():
            run = self._store.connection.execute
            run(
                "INSERT OR IGNORE INTO source (fingerprint, name, provider, kind, brought_in_ms)"
                " VALUES (?, ?, ?, ?, ?)",
                (fingerprint, name, provider, kind, at_ms),
            )
            (source,) = run("SELECT id FROM source WHERE fingerprint = ?", (fingerprint,)).fetchone()
        self._new[source] = 0
        return int(source)

    def keep_sound(self, data: bytes) -> str:
        """The SHA-256 of *data*, which is kept; the same bytes twice are one."""
        return self._sounds.keep(data)

    def add(self, source: int, batch: Sequence[tuple[Interaction, tuple[Sound, ...]]]) -> int:
        """How many of *batch* were new; a known one gains what it lacked, and a sighting of this source."""
        self._sounds.settle()
        connection = self._store.connection
        with self._store.atomic():
            self._sounds.write()
            provider = self._provider(source)
            names = Names(connection, provider)
            ids = self._ids(provider, [interaction.identity for interaction, _ in batch])
            (last,) = connection.execute("SELECT ifnull(max(id), 0) FROM interaction").fetchone()
            fresh = Fresh(source, provider, names)
            new: list[Raw] = []
            again: list[Again] = []
            for interaction, sounds in batch:
                id = ids.get(interaction.identity)
                if id is None:
                    last += 1
                    id = ids[interaction.identity] = last
                    fresh.add(id, interaction, sounds)
                    new.append((id, interaction.raw))
                else:
                    again.append((id, interaction, sounds))
            if again:
                fresh.write(connection)
                forgotten = forgotten_among(connection, [id for id, _, _ in again])
                raws = [(id, interaction.raw) for id, interaction, _ in again if id not in forgotten]
                more = self._unkept(source, raws, new)
                merge(connection, source, names, again, forgotten)
                self._keep_raw(source, new + more)
            else:
                # The engine and the packing need no Python: while they work, the next batch is read on another core.
                self._store.later(lambda: self._write(source, fresh, new))
        self._new[source] = self._new.get(source, 0) + len(new)
        return len(new)

    def _write(self, source: int, fresh: Fresh, raws: Sequence[Raw]) -> None:
        self._keep_raw(source, raws)
        fresh.write(self._store.connection)

    def sight_sounds(self, source: int, sounds: Mapping[str, str]) -> None:
        """Sightings of the sounds that *source* holds although none of its records names them (name -> SHA-256): a
        vendor may take the record away and keep the sound. They are known by their bytes or their name."""
        digests = {bytes.fromhex(digest) for digest in sounds.values()}
        with self._store.atomic():
            known = self._store.connection.execute(
                "SELECT s.interaction, s.name, s.digest FROM sound s JOIN record r ON r.id = s.interaction"
                " WHERE r.provider = ?",
                (self._provider(source),),
            )
            sighted = [
                (
                    source,
                    interaction,
                    LAYER_CODE[Layer.AUDIO],
                    bytes.fromhex(sounds[name]) if name in sounds else digest,
                )
                for interaction, name, digest in known
                if name in sounds or digest in digests
            ]
            self._store.connection.executemany(
                "INSERT INTO sighting (source, interaction, layer, hash) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET hash = ifnull(hash, excluded.hash)",
                sighted,
            )

    def raw(self, source: int, interaction: int) -> list[bytes]:
        """The records of *interaction* as they stood in *source*, byte for byte."""
        return [raw for id, raw in self._kept(source, interaction, interaction) if id == interaction]

    def end_source(
        self,
        source: int,
        told: Told,
        *,
        matched: int,
        missing: int,
        unmatched: int,
        issues: Sequence[Issue],
        unread: Sequence[str],
    ) -> Source:
        """The source with what it said of itself; *new* counts what this reading of it added."""
        new = self._new.get(source, 0)
        cover = told.coverage
        with self._store.atomic():
            self._sounds.forget_unneeded()  # an archive may hold the sound of a forgotten record
            kinds = self._kinds(source)
            self._store.connection.execute(
                "UPDATE source SET accounts = ?, shelves = ?, made_ms = ?, made_certainty = ?,"
                " from_ms = ?, to_ms = ?, complete = ?, why = ?, interactions = ?, new = new + ?,"
                " matched = ?, missing = ?, unmatched = ?, kinds = ?,"
                " activities = ?, issues = ?, unread = ? WHERE id = ?",
                (
                    json.dumps(told.accounts), json.dumps(sorted(told.shelves)), told.made.ms if told.made else None,
                    CERTAINTY_CODE[told.made.certainty if told.made else Certainty.EXACT], cover.from_ms, cover.to_ms,
                    cover.complete, cover.why, sum(kinds.values()), new, matched, missing, unmatched,
                    json.dumps(kinds), json.dumps(dict(told.activities)),
                    json.dumps([astuple(issue) for issue in issues]), json.dumps(list(unread)), source,
                ),
            )  # fmt: skip
            self._log.note(Happened.BROUGHT_IN, source=source, interactions=sum(kinds.values()), new=new)
        (ended,) = read_sources(self._store, source)
        return replace(ended, new=new)

    def _provider(self, source: int) -> str:
        (provider,) = self._store.connection.execute("SELECT provider FROM source WHERE id = ?", (source,)).fetchone()
        return str(provider)

    def _ids(self, provider: str, identities: Iterable[str]) -> dict[str, int]:
        return dict(
            self._store.connection.execute(
                "SELECT identity, id FROM record WHERE provider = ? AND identity IN (SELECT value FROM json_each(?))",
                (provider, json.dumps(list(identities))),
            ).fetchall()
        )

    def _kinds(self, source: int) -> dict[str, int]:
        rows = self._store.connection.execute(
            "SELECT i.kind, count(*) FROM sighting s JOIN interaction i ON i.id = s.interaction"
            " WHERE s.source = ? AND s.layer IN (?, ?) GROUP BY i.kind",
            (source, LAYER_CODE[Layer.ACTION], LAYER_CODE[Layer.CONVERSATION]),
        )
        return {KIND[kind].value: number for kind, number in rows}

    def _keep_raw(self, source: int, raws: Sequence[Raw]) -> None:
        raws = [(id, raw) for id, raw in raws if raw]
        if raws:
            self._store.connection.execute(
                "INSERT INTO raw (source, least, most, number, packed) VALUES (?, ?, ?, ?, ?)",
                (source, min(raws)[0], max(raws)[0], len(raws), packed(raws)),
            )

    def _kept(self, source: int, least: int, most: int) -> list[Raw]:
        """The raw records of *source* in the blocks that may hold interactions from *least* to *most*."""
        kept: list[Raw] = []
        for number, data in self._store.connection.execute(
            "SELECT number, packed FROM raw WHERE source = ? AND least <= ? AND most >= ? ORDER BY id",
            (source, most, least),
        ):
            kept += unpacked(number, data)
        return kept

    def _unkept(self, source: int, raws: Sequence[Raw], fresh: Iterable[Raw]) -> list[Raw]:
        """Those of *raws* that neither *source* nor *fresh* holds byte for byte: a repeated page may say more."""
        sighted = self._sighted(source, {id for id, _ in raws})
        kept = set(fresh)
        if sighted:
            kept.update(self._kept(source, min(sighted), max(sighted)))
        unkept = []
        for raw in raws:
            if raw not in kept:
                kept.add(raw)
                unkept.append(raw)
        return unkept

    def _sighted(self, source: int, ids: Iterable[int]) -> set[int]:
        rows = self._store.connection.execute(
            "SELECT DISTINCT interaction FROM sighting WHERE source = ?"
            " AND interaction IN (SELECT value FROM json_each(?))",
            (source, json.dumps(list(ids))),
        )
        return {id for (id,) in rows}


_SOURCE = """SELECT id, name, provider, kind, accounts, shelves, made_ms, made_certainty, from_ms, to_ms,
    complete, why, brought_in_ms, interactions, new, matched, missing, unmatched, kinds, activities, issues, unread
    FROM source"""


def read_sources(store: Store, id: int | None = None) -> list[Source]:
    """Every source, oldest first, or the one with this number."""
    where = "" if id is None else " WHERE id = ?"
    rows = store.connection.execute(f"{_SOURCE}{where} ORDER BY id", () if id is None else (id,)).fetchall()
    if id is not None and not rows:
        raise Problem(f"There is no archive number {id} in this library.", advice="Look at what was brought in.")
    return [_source(*row) for row in rows]


def _source(
    id: int, name: str, provider: str, kind: str, accounts: str, shelves: str, made_ms: int | None,
    made_certainty: int, from_ms: int | None, to_ms: int | None, complete: int, why: str, brought_in_ms: int,
    interactions: int, new: int, matched: int, missing: int, unmatched: int, kinds: str, activities: str, issues: str,
    unread: str,
) -> Source:  # fmt: skip
    return Source(
        id=id,
        name=name,
        provider=provider,
        kind=kind,
        accounts=tuple(json.loads(accounts)),
        shelves=frozenset(json.loads(shelves)),
        made_ms=made_ms,
        made_certainty=CERTAINTY[made_certainty],
        coverage=Coverage(from_ms, to_ms, bool(complete), why),
        brought_in_ms=brought_in_ms,
        interactions=interactions,
        new=new,
        matched=matched,
        missing=missing,
        unmatched=unmatched,
        kinds=_counts(kinds),
        activities=_counts(activities),
        issues=tuple(Issue(*issue) for issue in json.loads(issues)),
        unread=tuple(json.loads(unread)),
    )


def _counts(text: str) -> Mapping[str, int]:
    return {name: int(number) for name, number in json.loads(text).items()}
