"""The keepsake box: what a parent wants to keep for good, as a folder of plain files when they ask for it."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.audio import extension
from app.library import Library
from app.model import Card, Decision, Filter, Happened, Kind, Problem, Role, clock_words, local_day

_WHO = {Role.REQUEST: "", Role.RESPONSE: "Answer: "}
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""So that every editor takes the words for UTF-8."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How many keepsakes were saved, and in which folder."""

    keepsakes: int
    folder: Path


def save_keepsakes(library: Library, out: Path) -> Saved:
    """Save every keepsake into a new folder in *out*: its sounds as they came, and its words and date as a text. These
    files are not sealed: whoever opens the folder can hear and read them. A `Problem` if there is none."""
    ids = library.ids(Filter(decisions=frozenset({Decision.KEEPSAKE}), kinds=frozenset(Kind) - {Kind.FORGOTTEN}))
    if not ids:
        raise Problem("There is no keepsake yet.", advice="Mark a recording as a keepsake first.")
    folder = out / f"Keepsakes {datetime.now():%Y-%m-%d %H.%M.%S}"
    partial = out / f".keepsakes-{secrets.token_hex(4)}"
    try:
        partial.mkdir(parents=True)
        for card in library.cards(reversed(ids)):
            _save(library, card, partial)
        partial.rename(folder)
    except OSError as error:
        raise Problem(
            f"The keepsakes could not be saved: {error.strerror}.", advice=f"Check that there is room in {out}."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    library.log.note(Happened.EXPORTED, what="keepsakes", count=len(ids))
    return Saved(len(ids), folder)


def _save(library: Library, card: Card, folder: Path) -> None:
    name = f"{local_day(card.at_ms)} {card.id}"
    for number, sound in enumerate((one for one in card.sounds if one.digest), start=1):
        data = library.sound(sound.digest or "")
        part = f" part {number}" if number > 1 else ""
        (folder / f"{name}{part}{extension(data)}").write_bytes(data)
    (folder / f"{name}.txt").write_text(_MARK + "\n".join(_lines(card)) + "\n", encoding="utf-8")


def _lines(card: Card) -> Iterator[str]:
    yield clock_words(card.at_ms)
    yield from (one.name for one in (card.person, card.device) if one is not None and one.name)
    yield ""
    for turn in card.turns:
        if turn.text and turn.role in _WHO:
            yield f"{_WHO[turn.role]}{turn.text}"
