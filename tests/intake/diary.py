"""A vendor that exists only here: its records are as simple as they can be."""

from __future__ import annotations

import json
import wave
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from app.model import (
    Coverage,
    Entry,
    Export,
    Interaction,
    Issue,
    Kind,
    Layer,
    Moment,
    Parcel,
    Problem,
    Recording,
    Role,
    Sort,
    Told,
    Turn,
)
from app.providers.provider import Part, Provider, Reading


class Diary:
    """Reads every file `{"diary": [{"id", "said", "sounds"}]}`; all files of a drop are one export."""

    key = "diary"
    name = "Diary"
    layers: Mapping[Layer, str] = {Layer.ACTION: "A diary shows it."}
    unlisted: frozenset[Layer] = frozenset()
    numbers_alike = False
    by_device = False
    page = "https://diary.example"
    getting: tuple[str, ...] = ()
    getting_page = ""

    def recognise(self, drop: Sequence[Parcel]) -> Sequence[Export]:
        entries = [entry for parcel in drop for entry in parcel.entries]
        records = tuple(one for one in entries if one.sort is Sort.JSON and b'"diary"' in one.head())
        sounds = tuple(entry for entry in entries if entry.sort is Sort.SOUND)
        return [Export(self.key, "diary", drop[0].name, records, sounds)] if records else []

    def read(self, export: Export) -> Reading:
        sounds = {entry.path.rpartition("/")[2]: entry for entry in export.sounds}
        whole = True
        for entry in export.records:
            try:
                yield from self._entries(entry, sounds)
            except (Problem, ValueError):
                whole = False
                yield Issue(entry.path, None, "damaged-file", "This file is damaged.")
        return Told(("me",), None, Coverage(complete=whole))

    def words(self, part: Part) -> str:
        return f"Tear out {len(part.moments_ms)} pages."

    def _entries(self, entry: Entry, sounds: Mapping[str, Entry]) -> Iterable[Interaction | Issue]:
        with entry.open() as stream:
            pages = json.loads(stream.read())["diary"]
        for row, page in enumerate(pages, start=1):
            if page is None:
                yield Issue(entry.path, row, "damaged-row", "This row is damaged.")
                continue
            yield Interaction(
                identity=page["id"],
                account="me",
                at=Moment(1_700_000_000_000 + row),
                kind=Kind.SAID,
                turns=(Turn(Role.REQUEST, page.get("said", "")),),
                recordings=tuple(Recording(name, sounds.get(name)) for name in page.get("sounds", ())),
                raw=json.dumps(page).encode(),
            )


PROVIDERS: Mapping[str, Provider] = {Diary.key: Diary()}


def diary(*ids: str, sounds: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A diary with these pages; *sounds* names the recordings of some of them."""
    named = sounds or {}
    pages = [{"id": id, "said": f"page {id}", "sounds": list(named.get(id, ()))} for id in ids]
    return json.dumps({"diary": pages}).encode()


def beep(seconds: float = 0.1, pitch: int = 1) -> bytes:
    """A short WAV; a different one for every *pitch*."""
    held = BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(bytes([pitch % 251, 0]) * int(16_000 * seconds))
    return held.getvalue()
