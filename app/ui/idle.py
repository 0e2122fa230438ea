"""Notices when nobody has done anything in the window for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

USUAL_MINUTES = 5
_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


def minutes(setting: str | None) -> float:
    """What the setting "lock.minutes" says; 0: never. What cannot be one is taken for the usual time."""
    try:
        return max(0.0, float(setting or USUAL_MINUTES))
    except ValueError:
        return USUAL_MINUTES


class Idle(QObject):
    """Emits `passed` when no key, mouse, wheel or finger was used for the time it was begun with.

    A computer that slept may not have counted the time; the first thing that somebody then does is compared with
    *clock* (seconds since 1970)."""

    passed = Signal()

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last_s = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._pass)

    def begin(self, after_minutes: float) -> None:
        """Wait from now on; 0: do not."""
        self.end()
        if after_minutes > 0:
            self._last_s = self._clock()
            self._timer.start(round(60_000 * after_minutes))
            self._application().installEventFilter(self)

    def end(self) -> None:
        """Wait no more."""
        self._timer.stop()
        self._application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTS and self._timer.isActive():
            now_s = self._clock()
            if now_s - self._last_s > self._timer.interval() / 1000:
                self._pass()
                return True  # whoever it is sees nothing, and does nothing, before the lock is there
            self._last_s = now_s
            self._timer.start()
        return False

    def _pass(self) -> None:
        self.end()
        self.passed.emit()

    @staticmethod
    def _application() -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None
        return application
