"""Home Assistant: the copies of Alexa's history in its recorder, and what its own assistant recorded."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from pathlib import Path

from app.model import (
    Coverage,
    Entry,
    Export,
    Interaction,
    Issue,
    Job,
    Layer,
    Moment,
    Parcel,
    Problem,
    Sort,
    Told,
    day_words,
)
from app.providers.homeassistant.recorder import is_recorder, read_recorder
from app.providers.homeassistant.removal import WATCH_S, remove_from_database
from app.providers.homeassistant.runs import clips_in, read_runs, runs
from app.providers.local_sounds import remove_groups
from app.providers.provider import Part, Reading, Removed

_BESIDE = ("-wal", "-shm", "-journal")


class HomeAssistant:
    """Home Assistant, at home. It is read where it lies, and Earshot itself removes there."""

    key = "homeassistant"
    name = "Home Assistant"
    layers: Mapping[Layer, str] = {
        Layer.AUDIO: "The folder of recordings shows each sound that its own assistant kept.",
        Layer.REQUEST: "The recorder's database shows the words that Alexa's integrations copied into it.",
        Layer.RESPONSE: "The recorder's database shows the answers that were copied into it.",
        Layer.ACTION: "The recorder's database and the folder of recordings show whether anything is left.",
        Layer.HOME_COPY: "Backups of Home Assistant hold the same once more: delete those from before.",
    }
    unlisted: frozenset[Layer] = frozenset()
    numbers_alike = False
    by_device = False
    page = "https://www.home-assistant.io/integrations/recorder/"
    getting: tuple[str, ...] = (
        "Find the folder of Home Assistant's configuration, in which home-assistant_v2.db lies, "
        "and drop that file here; it is only read.",
        "If debug_recording_dir is set for assist_pipeline, drop that folder too.",
        "Drop them from where they are, not as a copy: only there can they be removed.",
    )
    getting_page = "https://www.home-assistant.io/docs/configuration/"

    def __init__(self, clock: Callable[[], float] = time.time, *, watch_s: float = WATCH_S) -> None:
        self._clock = clock
        self._watch_s = watch_s

    def recognise(self, drop: Sequence[Parcel]) -> Sequence[Export]:
        return [export for parcel in drop for export in self._in(parcel)]

    def _in(self, parcel: Parcel) -> Iterator[Export]:
        for entry in parcel.entries:
            if entry.sort is Sort.SQLITE and is_recorder(entry):
                others = tuple(_beside(parcel, entry))
                yield Export(self.key, "recorder", _last(entry.path), (entry,), (), others, place=entry.place)
        if clips := clips_in(parcel):
            yield Export(self.key, "recordings", parcel.name, (), tuple(clips), place=parcel.place)

    def read(self, export: Export) -> Reading:
        shelf = _shelf(export)
        made = Moment(round(self._clock() * 1000)) if export.place else None
        if export.kind == "recordings":
            whole = yield from read_runs(export, shelf)
            why = "" if whole else "A recording in it could not be read."
        else:
            why = yield from self._recorder(export, shelf)
        return Told((), made, Coverage(complete=not why, why=why), shelves=frozenset({"", shelf}))

    def _recorder(self, export: Export, shelf: str) -> Generator[Interaction | Issue, None, str]:
        (entry,) = export.records
        try:
            interactions, issues = read_recorder(entry, shelf)
        except Problem as problem:
            yield Issue(entry.path, None, "damaged-file", str(problem))
            return problem.message
        yield from issues
        yield from interactions
        left_out = [other for other in export.others if other.path.endswith("-wal") and other.size]
        if left_out and not export.place:
            return "Its newest rows stand in a file beside it, which is not read inside a zip. Bring in the folder."
        return ""

    def words(self, part: Part) -> str:
        days = " to ".join(dict.fromkeys((day_words(part.first_ms), day_words(part.last_ms))))
        return (
            f"Earshot itself removes this from where Home Assistant keeps it (from {days}): exactly these rows of the "
            "database, for which Home Assistant must be stopped and a copy is made first, and exactly these recordings."
        )

    def remove(self, place: Path, identities: Collection[str]) -> Job[Removed]:
        if place.is_dir():
            return Removed((yield from remove_groups(place, identities, runs, folders_too=True)))
        return (yield from remove_from_database(place, identities, watch_s=self._watch_s))


def _shelf(export: Export) -> str:
    """What stands in one place says nothing of another."""
    if not export.place:
        return ""
    return f"{export.name} {hashlib.sha256(export.place.encode()).hexdigest()[:8]}"


def _beside(parcel: Parcel, database: Entry) -> Iterator[Entry]:
    names = {database.path + tail for tail in _BESIDE}
    return (entry for entry in parcel.entries if entry.path in names)


def _last(path: str) -> str:
    return path.rpartition("/")[2]


__all__ = ["HomeAssistant"]
