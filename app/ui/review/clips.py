"""Recordings made ready to play, in threads of their own and never on the disk."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from app import audio
from app.library import Library
from app.model import Happened, Problem
from app.ui.review.background import Background

_KEPT_BYTES = 48 << 20
_NOTE_TRIES = 5


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording as it is played and painted."""

    wav: bytes = field(repr=False)
    peaks: bytes = field(repr=False)
    seconds: float


class Clips(QObject):
    """The clips of a library by their digest; those used last are kept in memory."""

    ready = Signal(str, object)
    """A digest, and its `Clip` or the `Problem` with it."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library.another()
        self._turn = threading.Lock()
        self._background = Background(2, self)
        self._kept: OrderedDict[str, Clip | Problem] = OrderedDict()
        self._awaited: set[str] = set()

    def ask(self, digest: str) -> Clip | Problem | None:
        """The clip of *digest* if it is at hand; else None, and `ready` follows."""
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        if digest not in self._awaited:
            self._awaited.add(digest)
            self._background.start(self._preparing(digest), lambda clip: self._keep(digest, clip))
        return None

    def note_played(self, interaction: int) -> None:
        """Let the log know that a recording of *interaction* is being played."""

        def note() -> None:
            for _ in range(_NOTE_TRIES):
                with self._turn, suppress(Problem):  # something else writes just now, and each try waits for it
                    self._library.log.note(Happened.PLAYED, interaction=interaction)
                    return

        self._background.start(note, lambda _: None)

    def shut(self) -> None:
        """Let go of the library."""
        self._background.shut()
        self._library.close()

    def _preparing(self, digest: str) -> Callable[[], Clip | Problem]:
        def prepare() -> Clip | Problem:
            try:
                with self._turn:
                    data, peaks = self._library.sound(digest), self._library.peaks(digest)
                pcm = audio.decode(data)
                return Clip(audio.as_wav(pcm), peaks or self._painted(digest, pcm), pcm.seconds)
            except Problem as problem:
                return problem

        return prepare

    def _painted(self, digest: str, pcm: audio.Pcm) -> bytes:
        peaks = audio.peaks(pcm)
        try:
            with self._turn:
                self._library.keep_peaks(digest, peaks, pcm.seconds)
        except Problem:
            # Something else writes to the library just now; they are quickly found again the next time.
            pass
        return peaks

    def _keep(self, digest: str, clip: Clip | Problem) -> None:
        self._awaited.discard(digest)
        self._kept[digest] = clip
        while len(self._kept) > 1 and sum(_size(kept) for kept in self._kept.values()) > _KEPT_BYTES:
            self._kept.popitem(last=False)
        self.ready.emit(digest, clip)


def _size(clip: Clip | Problem) -> int:
    return len(clip.wav) if isinstance(clip, Clip) else 0
