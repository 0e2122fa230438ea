"""The recordings of one interaction: their shape, playing them, and plain words where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.library import Library
from app.model import Problem, Sound, SoundState
from app.ui import look
from app.ui.look import SMALL
from app.ui.review.chips import Chip, ChoiceChip, Flow
from app.ui.review.clips import Clip, Clips
from app.ui.review.player import SPEEDS, Player
from app.ui.review.waveform import Waveform
from app.ui.review.words import length
from app.ui.widgets import Button, Quiet, QuietProse, clear, row, stack

SKIP_SECONDS = 2.0
_NONE = "No recording was kept of this."
_LOST = {
    SoundState.MISSING: "The archive names a recording, but it is not in it.",
    SoundState.DAMAGED: "The recording is damaged.",
}


class PlayButton(Button):
    """Says whether it would play or pause."""

    def __init__(self) -> None:
        super().__init__("Play", "play")
        self.setToolTip("Play or pause (Space)")

    def show_playing(self, playing: bool) -> None:
        self.setText("Pause" if playing else "Play")
        self._drawing = "pause" if playing else "play"
        self._draw()


class SoundPanel(QWidget):
    """Plays one recording at a time; `play_asked` before a clip is ready is remembered until it is."""

    clip_shown = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clips = Clips(library, self)
        self.player = Player(self)
        self.waveform = Waveform()
        self.play = PlayButton()
        self.time = Quiet("")
        self.time.setFont(look.number_font(self.time.font()))
        self.speed = ChoiceChip("Speed", "Normal speed")
        self.speed.offer([(speed, f"{speed:g}×") for speed in SPEEDS])
        self.said = QuietProse("")
        self.choices: list[Chip] = []
        self._sounds: tuple[Sound, ...] = ()
        self._interaction: int | None = None
        self._digest: str | None = None
        self._seconds = 0.0
        self._play_when_ready = False
        self._lay_out()
        self._connect()

    def show_sounds(self, sounds: Sequence[Sound], interaction: int | None = None) -> None:
        """Show these recordings of an interaction; the first that can be heard is ready to be played."""
        self._sounds = tuple(sounds)
        self._interaction = interaction
        self._fill_choices()
        first = next((number for number, sound in enumerate(sounds) if sound.digest), 0)
        self._choose(first)

    def toggle(self) -> None:
        """Play or pause; a recording that is still being read plays as soon as it can."""
        if self.player.ready:
            self.player.toggle()
        else:
            self._play_when_ready = self._digest is not None

    def skip(self, seconds: float) -> None:
        """Go back or forward."""
        self.player.skip(seconds)

    def stop(self) -> None:
        """Fall silent."""
        self._play_when_ready = False
        self.player.stop()

    def shut(self) -> None:
        """Fall silent and let go of the library."""
        self._play_when_ready = False
        self.player.shut()
        self.clips.shut()

    def _note_played(self) -> None:
        if self._interaction is not None:
            self.clips.note_played(self._interaction)

    def _choose(self, number: int) -> None:
        self.player.load(None)
        self._play_when_ready = False
        sound = self._sounds[number] if self._sounds else None
        self._digest = sound.digest if sound else None
        for place, choice in enumerate(self.choices):
            choice.setChecked(place == number)
        if sound is None or sound.digest is None:
            self._say(_NONE if sound is None else _LOST.get(sound.state, _LOST[SoundState.MISSING]))
            return
        self._say("")
        self._show_length(b"", sound.seconds or 0.0)
        clip = self.clips.ask(sound.digest)
        if clip is not None:
            self._show_clip(sound.digest, clip)

    def _show_clip(self, digest: str, clip: Clip | Problem) -> None:
        if digest != self._digest:
            return
        if isinstance(clip, Problem):
            self._say(str(clip))
            return
        self._show_length(clip.peaks, clip.seconds)
        self.player.load(clip)
        if self._play_when_ready:
            self._play_when_ready = False
            self.player.toggle()
        self.clip_shown.emit()

    def _show_length(self, peaks: bytes, seconds: float) -> None:
        self._seconds = seconds
        self.waveform.show_sound(peaks, seconds)
        self._show_time(0.0)

    def _show_time(self, at: float) -> None:
        self.waveform.show_position(at)
        self.time.setText(f"{length(at)} / {length(self._seconds)}" if self._seconds else "")

    def _say(self, words: str) -> None:
        """Show *words* in place of the recording, or the recording if there are none."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        for part in (self.waveform, self.play, self.time, self.speed):
            part.setVisible(not words)

    def _fill_choices(self) -> None:
        clear(self._chips)
        self.choices = []
        if len(self._sounds) > 1:
            group = QButtonGroup(self._choosing)
            for number in range(len(self._sounds)):
                choice = Chip(f"Recording {number + 1}")
                choice.setCheckable(True)
                choice.clicked.connect(lambda _on, number=number: self._choose(number))
                group.addButton(choice)
                self._chips.addWidget(choice)
                self.choices.append(choice)
        self._choosing.setVisible(bool(self.choices))

    def _lay_out(self) -> None:
        self._choosing = QWidget()
        self._chips = Flow(self._choosing)
        controls = row(self.play, self.time, 1, self.speed)
        self.setLayout(stack(self._choosing, self.waveform, self.said, controls, spacing=SMALL))

    def _connect(self) -> None:
        self.clips.ready.connect(self._show_clip)
        self.player.moved.connect(self._show_time)
        self.player.began.connect(self._note_played)
        self.player.playing_changed.connect(self.play.show_playing)
        self.play.clicked.connect(self.toggle)
        self.waveform.play_wanted.connect(self.toggle)
        self.waveform.sought.connect(self.player.seek)
        self.speed.changed.connect(lambda: self.player.set_speed(next(iter(self.speed.chosen), 1.0)))
