"""Plays one clip at a time, from memory."""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QByteArray, QDataStream, QLoggingCategory, QObject, QTimer, QUrl, Signal

from app.ui.review.clips import Clip

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioBufferOutput, QAudioOutput, QMediaPlayer

_SETTLED_MS = 100
"""A clip is opened when the parent stays with it so long, or plays it: not for every row that they pass."""

_LATELY = 32
SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


Thing = TypeVar("Thing", bound=QObject)


def asked_once(thing: Thing) -> Thing:
    """*thing*, fit to be used by the threads of Qt's player.

    At its first connection and the first end of one, PySide asks Python whether *thing* handles that itself. Asked by
    such a thread, that waits for Python, which may just then wait for the thread; so it is asked here and now.
    """
    connection = thing.objectNameChanged.connect(_nothing)
    thing.objectNameChanged.disconnect(connection)
    return thing


def _nothing(_name: str) -> None:
    pass


class Player(QObject):
    """What is heard: a clip, where in it, how fast. Sound is first opened when something is first played."""

    moved = Signal(float)
    """The second that is being heard."""
    playing_changed = Signal(bool)
    began = Signal()
    """A clip is played from where it was not being played before; going on after a pause is no beginning."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._opened: Clip | None = None
        # What was opened lately: the player lets go of a clip in its own time, and may read it until then.
        self._streams: deque[QDataStream] = deque(maxlen=_LATELY)
        self._start: float | None = None
        self._loudspeaker: QAudioOutput | None = None
        self._speed = 1.0
        self._paused = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._open)

    @cached_property
    def media(self) -> QMediaPlayer:
        """Qt's player, made when it is first needed."""
        # It would name what it plays on standard error.
        QLoggingCategory.setFilterRules("qt.multimedia.*=false")
        from PySide6.QtMultimedia import QMediaPlayer

        media = asked_once(QMediaPlayer(self))
        media.positionChanged.connect(self._move)
        media.playingChanged.connect(self.playing_changed)
        media.playbackStateChanged.connect(self._follow)
        media.mediaStatusChanged.connect(self._begin)
        return media

    def _find_loudspeaker(self) -> None:
        """Play into a loudspeaker, or as long as there is none, into nothing: a clip then still comes to its end."""
        from PySide6.QtMultimedia import QAudioBufferOutput, QAudioOutput, QMediaDevices

        if QMediaDevices.defaultAudioOutput().isNull():
            silence: QAudioBufferOutput | None = self.media.audioBufferOutput()
            if silence is None:
                self.media.setAudioBufferOutput(asked_once(QAudioBufferOutput(self)))
        elif self._loudspeaker is None:
            self._loudspeaker = asked_once(QAudioOutput(self))
            self.media.setAudioOutput(self._loudspeaker)

    @property
    def ready(self) -> bool:
        """Whether there is a clip to play."""
        return self._clip is not None

    @property
    def playing(self) -> bool:
        return self._opened is not None and self.media.isPlaying()

    def load(self, clip: Clip | None) -> None:
        """Make *clip* the one that is played next; silence whatever plays."""
        if clip is not self._clip:
            self.stop()
            self._clip = clip
            self._settled.start()

    def toggle(self) -> None:
        """Play or pause; from the start again at its end."""
        if self._clip is None:
            return
        self._open()
        if self.media.isPlaying():
            self.media.pause()
        else:
            self.media.play()

    def seek(self, seconds: float) -> None:
        """Go on at *seconds*, within what there is."""
        if self._clip is None:
            return
        self._open()
        there = min(max(0.0, seconds), self._clip.seconds)
        if self._start is None:
            self.media.setPosition(round(1000 * there))
        else:
            self._start = there
        self.moved.emit(there)

    def skip(self, seconds: float) -> None:
        """Go *seconds* forward, or back if negative."""
        if self._clip is not None:
            self._open()
            now = self.media.position() / 1000 if self._start is None else self._start
            self.seek(now + seconds)

    def set_speed(self, speed: float) -> None:
        """Play this many times as fast from now on."""
        self._speed = speed
        if self._opened is not None:
            self.media.setPlaybackRate(speed)

    def stop(self) -> None:
        """Fall silent and go back to the start."""
        if self._opened is not None:
            self.media.stop()

    def shut(self) -> None:
        """Fall silent, and let go of what was played."""
        self.load(None)
        self._settled.stop()
        self._opened = None
        if "media" in self.__dict__:
            # Its end waits for its threads; nothing that they read may go before.
            media: QMediaPlayer = self.__dict__.pop("media")
            silence: QAudioBufferOutput | None = media.audioBufferOutput()
            if silence is not None:
                shiboken6.delete(silence)  # it looks for its player at its end, even for one that is gone
            shiboken6.delete(media)

    def _open(self) -> None:
        self._settled.stop()
        if self._clip is None or self._clip is self._opened:
            return
        self._opened = self._clip
        self._start = 0.0
        self._find_loudspeaker()
        # The player reads in a thread of its own. A QBuffer made here would ask Python at each first call whether it
        # overrides that method, and wait for ever while Python waits for the player; the one inside a stream does not.
        stream = QDataStream(QByteArray(self._clip.wav))
        self._streams.append(stream)
        self.media.setSourceDevice(stream.device(), QUrl("clip.wav"))
        self.media.setPlaybackRate(self._speed)

    def _move(self, position: int) -> None:
        if self._start is None:  # until then it only says that a new clip stands at its beginning
            self.moved.emit(position / 1000)

    def _follow(self, state: QMediaPlayer.PlaybackState) -> None:
        paused, self._paused = self._paused, state is state.PausedState
        if state is state.PlayingState and not paused:
            self.began.emit()

    def _begin(self, status: QMediaPlayer.MediaStatus) -> None:
        """Go where the parent wanted to begin: before a clip is loaded it has no places to go to."""
        if self._start is not None and status in (status.LoadedMedia, status.BufferedMedia):
            start, self._start = self._start, None
            if start:
                self.media.setPosition(round(1000 * start))
