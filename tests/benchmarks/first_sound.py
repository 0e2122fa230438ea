"""How long from the key to the first sound: `python -m tests.benchmarks.first_sound`."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtMultimedia import QAudioBufferOutput
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.library import Library
from app.model import Coverage, Interaction, Kind, Moment, Recording, Role, Sound, SoundState, Told, Turn
from app.ui.jobs import JobRunner
from app.ui.review.page import ReviewPage
from app.ui.review.player import asked_once
from tests.audio.clips import clips
from tests.keys import KEYS

TIMES = 20
PATIENCE_S = 5.0
SETTLED_MS = 150
"""A parent who reads a line before pressing the key; the clip is then decoded already."""


def main() -> None:
    """Print the medians for both kinds of clip, at once after a jump and after a moment on the row."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        recordings = clips(Path(folder))
        print(f"{'key to first frames, ms':30}{'first':>9}{'median':>9}{'most':>9}   of {TIMES}")
        for name in ("wav", "mp3"):
            for pause, how in ((0, "at once"), (SETTLED_MS, "settled")):
                with Library.open(Path(folder) / f"{name}{pause}", KEYS) as library:
                    taken = measured(app, library, recordings[name], pause)
                print(f"{name + ', ' + how:30}{taken[0]:9.0f}{statistics.median(taken):9.0f}{max(taken):9.0f}")


def measured(app: QApplication, library: Library, clip: bytes, pause: int) -> list[float]:
    """Milliseconds from Space to the first frames at the loudspeaker, each time on another row."""
    fill(library, clip)
    jobs = JobRunner(library)
    page = ReviewPage(library, jobs)
    page.resize(1000, 640)
    page.show()
    until(app, lambda: page.table.currentIndex().isValid())
    page.table.setFocus()
    taken = []
    frames: list[int] = []
    for place in range(TIMES):
        page.table.go_to(2 * place + 1)  # every second row: none is ready before it is come to
        QTest.qWait(pause)
        began = time.perf_counter()
        QTest.keyClick(page.table, Qt.Key.Key_Space)
        if place == 0:
            tap(page, frames)
        until(app, lambda: bool(frames))
        taken.append(1000 * (time.perf_counter() - began))
        page.card.sound.stop()
        QTest.qWait(50)
        frames.clear()
    jobs.close()
    page.shut()
    return taken


def tap(page: ReviewPage, frames: list[int]) -> None:
    """Note in *frames* what reaches the loudspeaker, or the nothing in its place."""
    media = page.card.sound.player.media
    output: QAudioBufferOutput | None = media.audioBufferOutput()
    if output is None:
        output = asked_once(QAudioBufferOutput(page))
        media.setAudioBufferOutput(output)
    output.audioBufferReceived.connect(lambda buffer: frames.append(buffer.frameCount()))


def fill(library: Library, clip: bytes) -> None:
    """Twice as many recordings as are played, none of them the same."""
    source = library.seen.begin_source(fingerprint="f", name="f", provider="alexa", kind="listing", at_ms=0)
    for place in range(2 * TIMES + 1):
        # What follows the end of a clip makes it another one, and no decoder minds it.
        digest = library.seen.keep_sound(clip + bytes([place]))
        turns = (Turn(Role.REQUEST, f"number {place}"),)
        one = Interaction(f"A#{place}", "A", Moment(place), Kind.SAID, turns, recordings=(Recording("a"),))
        library.seen.add(source, [(one, (Sound("a", SoundState.MATCHED, digest, 2.0),))])
    told = Told(("A",), None, Coverage())
    library.seen.end_source(source, told, matched=0, missing=0, unmatched=0, issues=(), unread=())


def until(app: QApplication, happened: Callable[[], bool]) -> None:
    """Let the window work until something *happened*."""
    end = time.perf_counter() + PATIENCE_S
    while not happened():
        app.processEvents()
        if time.perf_counter() > end:
            raise SystemExit("nothing was heard")


if __name__ == "__main__":
    main()
