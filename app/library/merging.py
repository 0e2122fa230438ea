"""Records that the library knows already: they gain what they lacked, and nothing of them is overwritten or lost."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from app.library.adding import (
    SIGHTING,
    SOUND,
    TURN,
    Rows,
    forgotten_rows,
    insertion,
    playable,
    said,
    sighting_rows,
    sound_row,
    turn_row,
)
from app.library.codes import KIND_CODE, ROLE, SOUND_CODE
from app.library.codes import SOUND as SOUND_STATE
from app.library.names import Names
from app.model import Interaction, Kind, Role, Sound, SoundState, Turn

Again = tuple[int, Interaction, tuple[Sound, ...]]
"""An interaction that is known, with its number."""

_SAID_AGAIN = "INSERT OR REPLACE INTO said (rowid, request, response) VALUES (?, ?, ?)"


@dataclass(slots=True)
class _Known:
    account: int
    account_name: str
    device: int
    person: int
    skill: int
    label: str
    turns: dict[int, Turn] = field(default_factory=dict)
    sounds: dict[int, Sound] = field(default_factory=dict)


def forgotten_among(connection: sqlite3.Connection, ids: Sequence[int]) -> frozenset[int]:
    """Those of *ids* whose copy here was destroyed."""
    rows = connection.execute(
        "SELECT id FROM interaction WHERE id IN (SELECT value FROM json_each(?)) AND kind = ?",
        (json.dumps(ids), KIND_CODE[Kind.FORGOTTEN]),
    )
    return frozenset(id for (id,) in rows)


def merge(
    connection: sqlite3.Connection, source: int, names: Names, again: Sequence[Again], forgotten: Set[int]
) -> None:
    """Let the known interactions of *again* gain what they lacked, and note that *source* shows them; the *forgotten*
    ones gain nothing."""
    known = _known(connection, {id for id, _, _ in again})
    seen = Rows(
        SIGHTING, "ON CONFLICT DO UPDATE SET hash = excluded.hash WHERE hash IS NULL AND excluded.hash NOT NULL"
    )
    for id, interaction, sounds in again:
        if id in forgotten:
            seen.values += forgotten_rows(source, id, interaction, sounds)
            continue
        _gain_names(connection, id, known[id], interaction, names)
        _gain_turns(connection, id, known[id], interaction.turns)
        _gain_sounds(connection, id, known[id], sounds)
        seen.values += sighting_rows(source, id, interaction, sounds, *said(interaction.turns))
    seen.write(connection)


def _known(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, _Known]:
    wanted = (json.dumps(sorted(ids)),)
    among = "IN (SELECT value FROM json_each(?))"
    known = {
        row[0]: _Known(*row[1:])
        for row in connection.execute(
            "SELECT i.id, i.account, a.name, i.device, i.person, i.skill, r.label FROM interaction i"
            f" JOIN account a ON a.id = i.account JOIN record r ON r.id = i.id WHERE i.id {among}",
            wanted,
        )
    }
    for id, number, role, *turn in connection.execute(
        f"SELECT interaction, number, role, text, vendor_type, at_ms FROM turn WHERE interaction {among}", wanted
    ):
        known[id].turns[number] = Turn(ROLE[role], *turn)
    for id, number, name, state, digest, seconds in connection.execute(
        f"SELECT interaction, number, name, state, digest, seconds FROM sound WHERE interaction {among}", wanted
    ):
        known[id].sounds[number] = Sound(name, SOUND_STATE[state], digest and digest.hex(), seconds)
    return known


def _gain_names(connection: sqlite3.Connection, id: int, known: _Known, interaction: Interaction, names: Names) -> None:
    run = connection.execute
    if not known.account_name and interaction.account:
        known.account, known.account_name = names.account(interaction.account), interaction.account
        run("UPDATE interaction SET account = ? WHERE id = ?", (known.account, id))
    device = names.device(interaction.device)  # asked even if one is known: it may have had no name
    if not known.device and device:
        known.device = device
        run("UPDATE interaction SET device = ? WHERE id = ?", (device, id))
    person = names.person(interaction.person)
    if not known.person and person:
        known.person = person
        run("UPDATE interaction SET person = ? WHERE id = ?", (person, id))
    if not known.skill and interaction.skill:
        known.skill = names.skill(interaction.skill)
        run("UPDATE interaction SET skill = ? WHERE id = ?", (known.skill, id))
    if not known.label and interaction.label:
        known.label = interaction.label
        run("UPDATE record SET label = ? WHERE id = ?", (known.label, id))


def _gain_turns(connection: sqlite3.Connection, id: int, known: _Known, turns: Iterable[Turn]) -> None:
    offered: dict[Role, list[Turn]] = defaultdict(list)
    for turn in turns:
        offered[turn.role].append(turn)
    gained = False
    for role, new in offered.items():
        old = [turn for turn in known.turns.values() if turn.role is role]
        if old and (_worded(old) or not _worded(new)):
            continue
        # A request gained later was still said before what is there; anything else follows.
        numbers = sorted(known.turns)
        first = 0 if not numbers else numbers[0] - len(new) if role is Role.REQUEST else numbers[-1] + 1
        for number, turn in enumerate(new, first):
            known.turns[number] = turn
            connection.execute(insertion(TURN), turn_row(id, number, turn))
        gained = gained or _worded(new)
    if gained:
        connection.execute(_SAID_AGAIN, (id, *said([known.turns[number] for number in sorted(known.turns)])))


def _worded(turns: Iterable[Turn]) -> bool:
    return any(turn.text and not turn.text.isspace() for turn in turns)


def _gain_sounds(connection: sqlite3.Connection, id: int, known: _Known, sounds: Iterable[Sound]) -> None:
    before = playable(tuple(known.sounds.values()))
    for sound in sounds:
        _gain_sound(connection, id, known, sound)
    now = playable(tuple(known.sounds.values()))
    if now != before:
        connection.execute("UPDATE interaction SET recordings = ? WHERE id = ?", (now, id))


def _gain_sound(connection: sqlite3.Connection, id: int, known: _Known, sound: Sound) -> None:
    if sound.digest and any(old.digest == sound.digest for old in known.sounds.values()):
        return
    named = [number for number, old in known.sounds.items() if old.name == sound.name]
    lacking = [number for number in named if known.sounds[number].state is SoundState.MISSING]
    if sound.digest is None and named:
        return
    if lacking:
        known.sounds[lacking[0]] = sound
        digest = sound.digest and bytes.fromhex(sound.digest)
        connection.execute(
            "UPDATE sound SET state = ?, digest = ?, seconds = ? WHERE interaction = ? AND number = ?",
            (SOUND_CODE[sound.state], digest, sound.seconds, id, lacking[0]),
        )
        return
    number = max(known.sounds, default=-1) + 1
    known.sounds[number] = sound
    connection.execute(insertion(SOUND), sound_row(id, number, sound))
