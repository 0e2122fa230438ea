"""Everything that was dropped into the library: all of it, or nothing."""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from app.intake.entries import File
from app.intake.limits import Meter
from app.intake.parcels import Drop, gather
from app.intake.sounds import Sounds
from app.library import Library
from app.model import Entry, Export, Interaction, Issue, Job, Parcel, Progress, Sound, Source, Told
from app.providers.provider import Provider

_BATCH = 2_000
_SECONDS_BETWEEN_PROGRESS = 0.05
_MOST_LISTED = 1_000
_VALUES_BETWEEN_COLLECTIONS = 50_000
"""A record is some twenty values, none in a circle: to look for circles at every 700th, as usual, costs a tenth of the
time of a large archive."""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What became of a drop. *unread* are the files that no provider claimed; *issues* those of no single source."""

    sources: tuple[Source, ...]
    unread: tuple[str, ...]
    issues: tuple[Issue, ...] = ()


def bring_in(
    library: Library, paths: Sequence[Path], providers: Mapping[str, Provider], *, now_ms: int
) -> Job[BroughtIn]:
    """Add what *paths* hold to *library*; a `Problem` says why nothing of it could be read at all."""
    with ExitStack() as held:
        held.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(_VALUES_BETWEEN_COLLECTIONS)
        drop = Drop(Meter(), held)
        yield from gather(paths, drop)
        if drop.problem and not drop.parcels:
            raise drop.problem
        exports = yield from _recognise(drop.parcels, providers)
        unclaimed = _unclaimed(drop, exports)
        with library.atomic():
            sources = []
            for export in exports:
                intake = _Intake(library, export, drop, unclaimed)
                sources.append((yield from intake.run(providers[export.provider], now_ms)))
        unread = [path for paths_of_parcel in unclaimed.values() for path in paths_of_parcel]
        return BroughtIn(tuple(sources), tuple(_listed([*unread, *drop.unread])), tuple(drop.issues))


def _recognise(parcels: Sequence[Parcel], providers: Mapping[str, Provider]) -> Job[list[Export]]:
    exports: list[Export] = []
    for provider in providers.values():
        yield Progress(0, doing=f"Looking for {provider.name}")
        exports += provider.recognise(parcels)
    return exports


def _unclaimed(drop: Drop, exports: Sequence[Export]) -> dict[str, list[str]]:
    """The files that nobody claimed, by the name of their parcel; of the damaged ones the drop keeps an issue."""
    claimed = {id(entry) for export in exports for entry in _entries(export)}
    unclaimed: dict[str, list[str]] = {}
    for parcel in drop.parcels:
        for entry in parcel.entries:
            if id(entry) in claimed:
                continue
            path = _path(parcel, entry)
            unclaimed.setdefault(parcel.name, []).append(path)
            if isinstance(entry, File) and entry.damage:
                drop.issues.append(Issue(path, None, "damaged-file", str(entry.damage)))
    return unclaimed


def _path(parcel: Parcel, entry: Entry) -> str:
    return entry.path if entry.path == parcel.name else f"{parcel.name}/{entry.path}"


def _entries(export: Export) -> Iterator[Entry]:
    yield from export.records
    yield from export.sounds
    yield from export.others


def _listed(paths: Sequence[str]) -> list[str]:
    more = len(paths) - _MOST_LISTED
    return [*paths[:_MOST_LISTED], f"… and {more:,} more"] if more > 0 else list(paths)


class _Intake:
    """One export on its way into the library."""

    def __init__(self, library: Library, export: Export, drop: Drop, unclaimed: Mapping[str, Sequence[str]]) -> None:
        self._library = library
        self._export = export
        self._drop = drop
        self._unclaimed = unclaimed
        self._sounds = Sounds(export, library.seen.keep_sound)
        self._issues: list[Issue] = []
        self._issues_seen = 0
        self._started_at = drop.meter.spent
        self._total = sum(entry.size for entry in (*export.records, *export.sounds))
        self._count = 0

    def run(self, provider: Provider, now_ms: int) -> Job[Source]:
        export, seen = self._export, self._library.seen
        fingerprint = yield from _fingerprint(export)
        source = seen.begin_source(
            fingerprint=fingerprint, name=export.name, provider=export.provider, kind=export.kind, at_ms=now_ms
        )
        yield self._progress()
        told = yield from self._read(provider, source)
        for issue in self._sounds.issues:
            self._note(issue)
        if strays := self._sounds.strays():
            seen.sight_sounds(source, strays)
        return seen.end_source(
            source,
            self._honest(told),
            matched=self._sounds.matched,
            missing=self._sounds.missing,
            unmatched=self._sounds.unmatched,
            issues=self._capped_issues(),
            unread=_listed(self._unread_beside()),
        )

    def _read(self, provider: Provider, source: int) -> Job[Told]:
        reading = provider.read(self._export)
        batch: list[tuple[Interaction, tuple[Sound, ...]]] = []
        due = time.monotonic() + _SECONDS_BETWEEN_PROGRESS
        while True:
            try:
                item = next(reading)
            except StopIteration as end:
                self._add(source, batch)
                told: Told = end.value
                return told
            if isinstance(item, Issue):
                self._note(item)
            else:
                batch.append((item, self._sounds.of(item)))
                if len(batch) >= _BATCH:
                    self._add(source, batch)
            if time.monotonic() >= due:
                yield self._progress()
                due = time.monotonic() + _SECONDS_BETWEEN_PROGRESS

    def _add(self, source: int, batch: list[tuple[Interaction, tuple[Sound, ...]]]) -> None:
        self._library.seen.add(source, batch)
        self._count += len(batch)
        batch.clear()

    def _progress(self) -> Progress:
        done = min(self._drop.meter.spent - self._started_at, self._total)
        return Progress(done, self._total, f"Reading {self._export.name}: {self._count:,} records so far")

    def _note(self, issue: Issue) -> None:
        self._issues_seen += 1
        if self._issues_seen <= _MOST_LISTED:
            self._issues.append(issue)

    def _capped_issues(self) -> list[Issue]:
        more = self._issues_seen - len(self._issues)
        if not more:
            return self._issues
        return [*self._issues, Issue(self._export.name, None, "more-issues", f"and {more:,} more of this kind.")]

    def _unread_beside(self) -> list[str]:
        """What nobody claimed in the parcels that this export lies in."""
        own = {id(entry) for entry in _entries(self._export)}
        names = dict.fromkeys(p.name for p in self._drop.parcels if any(id(entry) in own for entry in p.entries))
        return [path for name in names for path in self._unclaimed.get(name, ())]

    def _honest(self, told: Told) -> Told:
        """A file of the same drop that could not be opened may hold the rest of this export."""
        if not self._drop.issues or not told.coverage.complete:
            return told
        why = f"A file that was brought in with it could not be read: {self._drop.issues[0].message}"
        return replace(told, coverage=replace(told.coverage, complete=False, why=why))


def _fingerprint(export: Export) -> Job[str]:
    """The same for the same content, whatever it is called and in whatever order it lies."""
    digests = []
    for entry in _entries(export):
        if isinstance(entry, File):
            digests.append((yield from entry.digest()))
    whose = (export.provider.encode(), export.kind.encode())
    return hashlib.sha256(b"".join([*whose, *sorted(digests)])).hexdigest()
