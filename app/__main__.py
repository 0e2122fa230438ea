"""The one place where the program is put together."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from app import cli
from app.ui import mistakes
from app.vault import keep_private


def main() -> int:
    keep_private()
    mistakes.tell_no_words()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe on Windows would otherwise not take every letter
            stream.reconfigure(encoding="utf-8", errors="replace")
    return cli.main(sys.argv[1:], window=_open_window)


def _open_window(library: Path, practice: bool) -> int:
    from app.ui.opening import run  # Qt is loaded only where a window is wanted

    return run(library, practice)


if __name__ == "__main__":
    sys.exit(main())
