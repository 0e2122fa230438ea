"""The whole library written anew under another key, so that the old key opens nothing of what is there now."""

from __future__ import annotations

import os
from pathlib import Path

from app.library.engine import Store, remove, troubles
from app.library.schema import APPLICATION, MIGRATIONS, is_whole
from app.model import Problem
from app.vault import Keys


def path_of(folder: Path, generation: int) -> Path:
    """The database of the library in *folder* in one generation of its keys."""
    return folder / f"library-{generation}.db"


def rewrite(folder: Path, old: Keys, new: Keys) -> None:
    """Write what the library of the *old* keys holds into a file of the *new* ones. Both are there afterwards; what was
    deleted in the old one is not in the new one. For when nothing has the library open."""
    target = path_of(folder, new.generation)
    remove(target)  # of a time when this was cut off
    store = Store(path_of(folder, old.generation), old.library, cache_mib=8)
    try:
        with troubles(target):
            run = store.connection.execute
            run(f"ATTACH ? AS fresh KEY \"x'{new.library}'\"", (os.fspath(target),))
            # Until it is whole nobody reads it, so it needs no way back and is put on the disk once, at the end.
            run("PRAGMA fresh.journal_mode = OFF").fetchall()
            run("PRAGMA fresh.synchronous = OFF")
            run("SELECT sqlcipher_export('fresh')").fetchall()
            run(f"PRAGMA fresh.application_id = {APPLICATION}")
            run(f"PRAGMA fresh.user_version = {len(MIGRATIONS)}")
            run("DETACH fresh")
    finally:
        store.close()
    copy = Store(target, new.library, cache_mib=8)  # which sets how it is to be kept, for good
    try:
        with troubles(target):
            if not is_whole(copy):
                raise Problem("The library could not be written anew.", advice="Check the disk, then try again.")
            copy.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        copy.close()
    _sync(target)


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())
