"""One copy of Earshot at a time on one library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.model import Problem


class AlreadyOpen(Problem):
    """Another window or command has this library open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "This library is already open in another window or command.",
            advice="Use that one, or close it and try again.",
        )
        self.folder = folder


@contextmanager
def claim(folder: Path, patience_s: float = 0) -> Iterator[None]:
    """Hold *folder* (made if there is none) against every other copy, which may take *patience_s* to let go; raises
    `AlreadyOpen`. The system lets go of it when the process ends, however it ends."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / "library.lock", timeout=patience_s, mode=0o600)
        lock.acquire(poll_interval=0.05)
    except Timeout as error:
        raise AlreadyOpen(folder) from error
    except OSError as error:
        raise Problem(
            "The folder of the library cannot be made.", advice=f"Check that you may write to {folder.parent}."
        ) from error
    try:
        yield
    finally:
        lock.release()
