"""Small files that are either the old or the new ones, whatever happens while they are written."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from app.model import Problem


def write(file: Path, content: bytes) -> None:
    """Put *content* in the place of *file*, readable by its owner only; it is on the disk when this returns."""
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}.new")
    try:
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise Problem(
            f"{file.name} could not be written: {error.strerror}.",
            advice=f"Check that there is room and that you may write to {file.parent}.",
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
