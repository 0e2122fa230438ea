"""Somebody at a real terminal, who reads what appears there and types."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.doors import NO_KEYCHAIN

PATIENCE_S = 20.0
CTRL_C = "\x03"
_PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that this is the terminal of the process, and Ctrl+C reaches it
from app.cli import main
from tests.cli.doors import quick_door
sys.exit(main(sys.argv[1:], window=lambda *_: 1, door=quick_door()))
"""


class Typist:
    """Waits for words on the screen before typing; *screen* is everything that appeared."""

    def __init__(self, process: subprocess.Popen[bytes], terminal: int) -> None:
        self.process = process
        self.screen = ""
        self._terminal = terminal
        self._read_to = 0

    def sees(self, words: str) -> None:
        """Wait until *words* appear behind what was seen before."""
        while (place := self.screen.find(words, self._read_to)) < 0:
            assert self._read(), f"{words} never appeared in {self.screen!r}"
        self._read_to = place + len(words)

    def types(self, words: str | bytes, *, end: str = "\n") -> None:
        letters = words.encode() if isinstance(words, str) else words
        os.write(self._terminal, letters + end.encode())

    def leaves(self) -> int:
        """The exit code, once the command has ended."""
        while self._read():
            pass
        return self.process.wait(PATIENCE_S)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], PATIENCE_S)
        assert ready, f"nothing more appeared after {self.screen!r}"
        try:
            more = os.read(self._terminal, 4096)
        except OSError:  # the other side is closed
            return False
        self.screen += more.decode()
        return bool(more)


@contextmanager
def typist(folder: Path, *typed: object) -> Iterator[Typist]:
    """Somebody who typed a command for the library in *folder*."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", _PROGRAM, "--library", str(folder), *map(str, typed)]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=NO_KEYCHAIN
    ) as process:
        os.close(theirs)
        try:
            yield Typist(process, ours)
        finally:
            process.kill()
            os.close(ours)
