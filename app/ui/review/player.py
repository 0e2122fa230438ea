"""Plays one clip at a time, from memory."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLoggingCategory, QObject, QTimer, QUrl, Signal

from app.ui.review.clips import Clip

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

_SETTLED_MS = 100
"""A clip is opened when the parent stays with it so long, or plays it: not for every row that they pass."""

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class Player(QObject):
    """What is heard: a clip, where in it, how fast. Sound is first opened when something is first played."""

    moved = Signal(float)
    """The second that is being heard."""
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._opened: Clip | None = None
        self._buffer: QBuffer | None = None
        self._speed = 1.0
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._open)

    @cached_property
    def media(self) -> QMediaPlayer:
        """Qt's player, made when it is first needed."""
        # It would name what it plays on standard error.
        QLoggingCategory.setFilterRules("qt.multimedia.*=false")
        from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

        media = QMediaPlayer(self)
        media.setAudioOutput(QAudioOutput(self))
        media.positionChanged.connect(lambda position: self.moved.emit(position / 1000))
        media.playingChanged.connect(self.playing_changed)
        return media

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
        if self._clip is not None:
            self._open()
            self.media.setPosition(round(1000 * min(max(0.0, seconds), self._clip.seconds)))

    def skip(self, seconds: float) -> None:
        """Go *seconds* forward, or back if negative."""
        if self._clip is not None:
            self._open()
            self.seek(self.media.position() / 1000 + seconds)

    def set_speed(self, speed: float) -> None:
        """Play this many times as fast from now on."""
        self._speed = speed
        if self._opened is not None:
            self.media.setPlaybackRate(speed)

    def stop(self) -> None:
        """Fall silent and go back to the start."""
        if self._opened is not None:
            self.media.stop()

    def _open(self) -> None:
        self._settled.stop()
        if self._clip is None or self._clip is self._opened:
            return
        self._opened = self._clip
        buffer, before = QBuffer(self), self._buffer
        buffer.setData(QByteArray(self._clip.wav))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.media.setSourceDevice(buffer, QUrl("clip.wav"))
        self.media.setPlaybackRate(self._speed)
        self._buffer = buffer
        if before is not None:
            before.deleteLater()  # the player no longer reads it
