"""The recordings of one export: read, kept in the library, and counted by clip."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePosixPath

from app.audio import is_sound, seconds
from app.intake.limits import LARGEST_SOUND
from app.intake.sniffing import HEAD
from app.model import Entry, Export, Interaction, Issue, Problem, Recording, Sound, SoundState


class Sounds:
    """What became of every recording that the records of *export* name. *keep* stores a sound and gives its digest."""

    def __init__(self, export: Export, keep: Callable[[bytes], str]) -> None:
        self._export = export
        self._keep = keep
        self._read: dict[int, tuple[SoundState, str | None, float | None]] = {}
        self._missing: set[int] = set()
        self.issues: list[Issue] = []

    def of(self, interaction: Interaction) -> tuple[Sound, ...]:
        """The recordings of *interaction*, those that are there kept."""
        if not interaction.recordings:
            return ()
        if not interaction.recordings:
            return ()
        return tuple(self._sound(interaction, recording) for recording in interaction.recordings)

    @property
    def matched(self) -> int:
        return sum(state is SoundState.MATCHED for state, _, _ in self._read.values())

    @property
    def missing(self) -> int:
        return len(self._missing)

    @property
    def unmatched(self) -> int:
        return sum(id(entry) not in self._read for entry in self._export.sounds)

    def strays(self) -> dict[str, str]:
        """The sounds that no record names and that can be read, as name -> SHA-256."""
        strays = {}
        for entry in self._export.sounds:
            if id(entry) not in self._read:
                with suppress(Problem), entry.open() as stream:
                    strays[PurePosixPath(entry.path).name] = hashlib.sha256(stream.read(LARGEST_SOUND)).hexdigest()
        return strays

    def _sound(self, interaction: Interaction, recording: Recording) -> Sound:
        if recording.entry is None:
            self._missing.add(hash((interaction.identity, recording.name)))
            return Sound(recording.name, SoundState.MISSING, None, None)
        key = id(recording.entry)
        if key not in self._read:
            self._read[key] = self._kept(recording.entry)
        return Sound(recording.name, *self._read[key])

    def _kept(self, entry: Entry) -> tuple[SoundState, str | None, float | None]:
        try:
            with entry.open() as stream:
                data = stream.read(LARGEST_SOUND)
        except Problem as problem:
            return self._damaged(entry, problem.message)
        if not is_sound(data[:HEAD]):
            what = "is no sound" if data else "is empty"
            return self._damaged(entry, f"This recording {what}.")
        return SoundState.MATCHED, self._keep(data), seconds(data)

    def _damaged(self, entry: Entry, message: str) -> tuple[SoundState, str | None, float | None]:
        self.issues.append(Issue(entry.path, None, "damaged-sound", message))
        return SoundState.DAMAGED, None, None
