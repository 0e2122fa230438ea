"""Small files that are either the old or the new ones, whatever happens while they are written."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from app.model import Problem


def write(file: Path, content: bytes) -> None:
    """Put *content* in the place of *file*, readable by its owner only; it is on the disk when this returns.

    What a killed process left half-written goes with the next write: so there is one writer at a time.
    """
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise Problem(
            f"{file.name} could not be written: {error.strerror}.",
            advice=f"Check that there is room and that you may write to {file.parent}.",
        ) from error


def remove(file: Path) -> None:
    """Delete *file*, if it is there; it is gone from its folder when this returns."""
    try:
        file.unlink(missing_ok=True)
        sync_folder(file.parent)
    except OSError as error:
        raise Problem(
            f"{file.name} could not be deleted: {error.strerror}.",
            advice=f"Check that you may write to {file.parent}.",
        ) from error


def sync_folder(folder: Path) -> None:
    """Let the names in *folder* outlive a power cut."""
    if sys.platform == "win32":
        return  # a folder cannot be opened there, and its names are journaled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
