"""The lock of the screen on macOS, told to every program that asks. Not tried yet on a Mac."""

from __future__ import annotations

import ctypes
import ctypes.util

from PySide6.QtCore import QObject, Signal

_SCREEN_LOCKED = b"com.apple.screenIsLocked"
_UTF8 = 0x08000100
"""kCFStringEncodingUTF8"""
_AT_ONCE = 4
"""CFNotificationSuspensionBehaviorDeliverImmediately: also while another program is in front"""
_HEARD = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)


class ScreenWatch(QObject):
    """Emits `locked`; the notification arrives on the window's thread, whose loop Qt runs."""

    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        foundation = ctypes.CDLL(ctypes.util.find_library("CoreFoundation"))
        pointer = ctypes.c_void_p
        foundation.CFNotificationCenterGetDistributedCenter.restype = pointer
        foundation.CFStringCreateWithCString.restype = pointer
        foundation.CFStringCreateWithCString.argtypes = (pointer, ctypes.c_char_p, ctypes.c_uint32)
        foundation.CFNotificationCenterAddObserver.argtypes = (
            pointer,
            pointer,
            _HEARD,
            pointer,
            pointer,
            ctypes.c_long,
        )
        self._heard = _HEARD(lambda *_: self.locked.emit())  # held: the system calls it as long as the program runs
        foundation.CFNotificationCenterAddObserver(
            foundation.CFNotificationCenterGetDistributedCenter(),
            None,
            self._heard,
            foundation.CFStringCreateWithCString(None, _SCREEN_LOCKED, _UTF8),
            None,
            _AT_ONCE,
        )
