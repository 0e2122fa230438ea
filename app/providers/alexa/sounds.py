"""Which recordings lie beside the records, by what their names hold of a record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from app.model import Entry, Recording

_TIME = re.compile(r"(?<!\d)1[2-9]\d{11}(?!\d)")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_NAME_OF_SOMETHING = re.compile(r"[A-Za-z0-9]{8,}")


def named_like_a_record(entry: Entry) -> bool:
    """Whether the name of a sound holds a record's time or the uuid of an utterance."""
    stem = PurePosixPath(entry.path).stem
    return bool(_TIME.search(stem) or _UUID.search(stem))


class Sounds:
    """The recordings of an export, found by the records they belong to."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_uuid: dict[str, list[Recording]] = defaultdict(list)
        self._by_time: dict[int, list[tuple[frozenset[str], Recording]]] = defaultdict(list)
        for entry in sorted(entries, key=lambda entry: entry.path):
            self._add(entry)

    def __bool__(self) -> bool:
        return bool(self._by_uuid or self._by_time)

    def _add(self, entry: Entry) -> None:
        name = PurePosixPath(entry.path)
        recording = Recording(name.name, entry)
        if uuid := _UUID.search(name.stem):
            self._by_uuid[uuid[0].lower()].append(recording)
        elif time := _TIME.search(name.stem):
            tokens = frozenset(_NAME_OF_SOMETHING.findall(name.stem)) - {time[0]}
            self._by_time[int(time[0])].append((tokens, recording))

    def of(self, times: Iterable[int], serial: str, utterances: Iterable[str]) -> tuple[Recording, ...]:
        """The recordings of the record that was heard at one of *times* by the device *serial*, or whose items have
        the ids *utterances*. A name that holds a device or an account must hold this device."""
        found: dict[str, Recording] = {}
        for time in times:
            for tokens, recording in self._by_time.get(time, ()):
                if not tokens or serial in tokens:
                    found[recording.name] = recording
        for utterance in utterances:
            if uuid := _UUID.search(utterance):
                found |= {recording.name: recording for recording in self._by_uuid.get(uuid[0].lower(), ())}
        return tuple(found.values())
