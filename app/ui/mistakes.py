"""Our own bugs: noted without a word that anyone said, and never swallowed."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType


def told(kind: type[BaseException], where: TracebackType | None) -> str:
    """Where in the program *kind* was raised; its message is left out, because it may quote what somebody said."""
    frames = traceback.extract_tb(where)
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([kind.__name__, *lines])


def watch(log: Path, show: Callable[[str], None]) -> None:
    """Append from now on whatever nobody expected to *log*, and hand *show* the same text."""

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        text = told(kind, where)
        with log.open("a", encoding="utf-8") as lines:
            lines.write(text + "\n\n")
        show(text)

    sys.excepthook = hook
