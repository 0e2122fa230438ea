"""Notices when the screen is locked, the session is left to somebody else, or the computer goes to sleep."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject


def watch_screen(parent: QObject, locked: Callable[[], object]) -> None:
    """Call *locked* each time, as long as *parent* lives. On a system that we do not know, it never is."""
    if sys.platform == "linux":
        from app.ui.screen_lock.linux import DesktopWatch

        DesktopWatch(parent).locked.connect(locked)
    elif sys.platform == "win32":
        from app.ui.screen_lock.windows import SessionWatch

        SessionWatch(parent).locked.connect(locked)
    elif sys.platform == "darwin":
        from app.ui.screen_lock.macos import ScreenWatch

        ScreenWatch(parent).locked.connect(locked)
