"""Our own bugs: noted without a word that anyone said, and never swallowed."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from app import __version__

_APP = Path(__file__).resolve().parents[2]


def told(kind: type[BaseException], where: TracebackType | None, at: datetime) -> str:
    """All that is ever noted of a mistake: when, in which version, of which kind, and where in the program. The message
    of *kind* is left out because it may quote what somebody said; the folders of this computer, because they name
    people."""
    frames = traceback.extract_tb(where)
    lines = [f"{_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([f"{at:%Y-%m-%dT%H:%M:%SZ} Earshot {__version__} {kind.__name__}", *lines])


def tell_no_words() -> None:
    """From now on, tell on standard error what nobody expected, in any thread: as `told` does, not as Python would."""

    def hook(kind: type[BaseException], error: BaseException | None, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), where)
            return
        sys.stderr.write(f"Earshot made a mistake:\n{told(kind, where, datetime.now(UTC))}\n")

    sys.excepthook = hook
    threading.excepthook = lambda one: hook(one.exc_type, one.exc_value, one.exc_traceback)
    sys.unraisablehook = lambda one: hook(one.exc_type, one.exc_value, one.exc_traceback)


def watch(log: Path, show: Callable[[str], None]) -> None:
    """Append from now on whatever nobody expected to *log*, and hand *show* the same text."""

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        text = told(kind, where, datetime.now(UTC))
        log.touch(mode=0o600)
        with log.open("a", encoding="utf-8") as lines:
            lines.write(text + "\n\n")
        show(text)

    sys.excepthook = hook


def _short(file: str) -> str:
    """*file* as it is named in the program, or else only its own name."""
    path = Path(file)
    return path.relative_to(_APP).as_posix() if path.is_relative_to(_APP / "app") else path.name
