"""Erasing that is final: what is forgotten goes, then the key under which it could still be found on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from app.keeping.opening import close_library, write_anew
from app.library import Library
from app.model import Erased, Filter, Job, Kind, Problem, Progress
from app.vault import Vault

_STEPS = 3
_FILES = ("library-*.db*", "library-*.backup*", "audio-*.db*", "tries.json", "*.new", "mistakes.log")


def erase(folder: Path, vault: Vault, which: Callable[[Library], Sequence[int]]) -> Job[Erased]:
    """Destroy the copy here of what *which* names. Nothing else may have the library open.

    Its keys and words go first, in one transaction; then the library is written anew under another key, and the old
    one is destroyed. If that is cut off, the next opening goes on with it.
    """
    yield Progress(0, _STEPS, "Destroying the copy here…")
    with Library.open(folder, vault.keys) as library:
        ids = which(library)
        if not ids:
            return Erased(0, 0)
        erased = library.erasing.forget(ids)
    yield Progress(1, _STEPS, "Writing the library anew under another key…")
    keys = write_anew(folder, vault)
    yield Progress(2, _STEPS, "Giving its room back…")
    close_library(Library.open(folder, keys), vault)  # from now on a copy of the files from before is noticed
    return erased


def destroy_due(folder: Path, vault: Vault, now_ms: int) -> Job[Erased]:
    """Destroy the sealed copies whose day has come; nothing is touched if there is none."""
    with Library.open(folder, vault.keys) as library:
        due = bool(library.erasing.due(now_ms))
    if not due:
        return Erased(0, 0)
    return (yield from erase(folder, vault, lambda library: library.erasing.due(now_ms)))


def erase_everything(folder: Path, vault: Vault) -> Erased:
    """Destroy everything in *folder*, the keys first. Nothing else may have the library open."""
    erased = _all_there_is(folder, vault)
    vault.destroy()
    finish_erasing(folder, vault)
    return erased


def finish_erasing(folder: Path, vault: Vault) -> None:
    """Delete the files that an erasing of everything left behind when it was cut off; else do nothing."""
    if not vault.erased:
        return
    try:
        for pattern in _FILES:
            for file in folder.glob(pattern):
                file.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(
            f"A file of the library could not be deleted: {error.strerror}.",
            advice=f"Nobody can read it any more. Delete what is left in {folder}.",
        ) from error
    vault.bury()


def _all_there_is(folder: Path, vault: Vault) -> Erased:
    with suppress(Problem), Library.open(folder, vault.keys) as library:  # what is damaged can be destroyed too
        everything = Filter(kinds=frozenset(Kind) - {Kind.FORGOTTEN})
        return Erased(library.count(everything), library.sounds_held())
    return Erased(0, 0)
