"""The lock of the screen on Windows, which a window of the program is told. Not tried yet on a Windows computer."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtGui import QWindow

_SESSION_CHANGED, _POWER_CHANGED = 0x02B1, 0x0218
"""WM_WTSSESSION_CHANGE and WM_POWERBROADCAST: https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change"""
_LEFT = frozenset({0x2, 0x4, 0x7})
"""WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK"""
_SLEEPS = 0x4
"""PBT_APMSUSPEND"""
_THIS_SESSION = 0
"""NOTIFY_FOR_THIS_SESSION"""


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, watch: SessionWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if kind == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            self._watch.hear(told.message, told.wParam)
        return False, 0


class SessionWatch(QObject):
    """Emits `locked`. A window of its own, which is never shown, hears of it."""

    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ear = QWindow()
        self._filter = _Filter(self)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self._filter)
        register = ctypes.CDLL("wtsapi32").WTSRegisterSessionNotification
        register.argtypes = (wintypes.HWND, wintypes.DWORD)
        register(int(self._ear.winId()), _THIS_SESSION)  # ends with the window

    def hear(self, message: int, what: int) -> None:
        """What the system told a window."""
        if (message == _SESSION_CHANGED and what in _LEFT) or (message == _POWER_CHANGED and what == _SLEEPS):
            self.locked.emit()
