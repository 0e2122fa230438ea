"""What is in memory stays there: no core dumps, no reports of a crash with what was said in them."""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4
"""prctl(2)"""
_NO_ERROR_BOXES = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: https://learn.microsoft.com/windows/win32/api/errhandlingapi"""


def keep_private() -> None:
    """Tell the system not to write the memory of this process to the disk when it crashes, and not to let other
    programs of the same account read it where the system knows how to forbid that."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_BOXES)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
