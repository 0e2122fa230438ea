"""New records on their way into the tables, many at a time."""

from __future__ import annotations

import sqlite3
import struct
import time
import zlib
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from app.library.codes import CERTAINTY_CODE, KIND_CODE, LAYER_CODE, ROLE_CODE, SOUND_CODE
from app.library.names import Names
from app.model import Interaction, Layer, Role, Sound, SoundState, Turn

# The engine binds int, str and bytearray at once, but takes two microseconds for each None, bool and bytes: so the rows
# that come in hundreds of thousands hold none of these, 0 is nobody and nothing, and NEVER becomes NULL on its way.
HASH_BYTES = 16
FORGOTTEN_HASH = b"\0"
"""In place of the hash of what a forgotten record shows: a hash of few words can be guessed."""
# An attribute of an enum, and a table asked by one, take a tenth of a microsecond and more: too long for each record.
_REQUEST, _RESPONSE, _AUDIO = Layer.REQUEST, Layer.RESPONSE, Layer.AUDIO
_REQUEST_CODE, _RESPONSE_CODE, _AUDIO_CODE = LAYER_CODE[_REQUEST], LAYER_CODE[_RESPONSE], LAYER_CODE[_AUDIO]
_BY_HOUSEHOLD, _BY_ASSISTANT = Role.REQUEST, Role.RESPONSE
_QUARTER_MS = 15 * 60 * 1000

INTERACTION = "interaction (id, at_ms, kind, account, device, person, skill, hour, accidental, recordings)"
RECORD = "record (id, provider, identity, at_raw, certainty, label, shelf, first_source)"
TURN = "turn (interaction, number, role, text, vendor_type, at_ms)"
SOUND = "sound (interaction, number, name, state, digest, seconds)"
SIGHTING = "sighting (source, interaction, layer, hash)"
SAID = "said (rowid, request, response)"
ROWS_AT_ONCE = (512, 64, 8, 1)
"""Few sizes, since the engine keeps the statement of each."""
NEVER = -(1 << 63)
_LAST_MARK = {TURN: f"nullif(?, {NEVER}))"}

Raw = tuple[int, bytes]
"""A record as it stood in the file, with the number of its interaction."""


class Rows:
    """Values for one table, a row after the other, written many rows in one statement (a third of the time).

    A statement that fails ends the transaction it stands in, so it keeps no copy of the pages to go back by itself:
    with "OR FAIL" the words take half the time.
    """

    def __init__(self, table: str, tail: str = "") -> None:
        self._table = table
        self._tail = tail
        self._width = table.count(",") + 1
        self.values: list[object] = []

    def write(self, connection: sqlite3.Connection) -> None:
        at = 0
        for rows in ROWS_AT_ONCE:
            statement, step = insertion(self._table, rows, self._tail), self._width * rows
            while at + step <= len(self.values):
                connection.execute(statement, self.values[at : at + step])
                at += step


@lru_cache
def insertion(table: str, rows: int = 1, tail: str = "") -> str:
    """The statement that writes *rows* rows into *table*, given with its columns."""
    marks = f"({', '.join('?' * (table.count(',') + 1))})".replace("?)", _LAST_MARK.get(table, "?)"))
    return f"INSERT OR FAIL INTO {table} VALUES {', '.join([marks] * rows)} {tail}"


class Fresh:
    """The rows of interactions that the library does not know yet, gathered and then written at once."""

    def __init__(self, source: int, provider: str, names: Names) -> None:
        self._source = source
        self._provider = provider
        self._names = names
        self._interactions = Rows(INTERACTION)
        self._records = Rows(RECORD)
        self._turns = Rows(TURN)
        self._sounds = Rows(SOUND)
        self._sightings = Rows(SIGHTING)
        self._said = Rows(SAID)

    def add(self, id: int, interaction: Interaction, sounds: Sequence[Sound]) -> None:
        names, at, turns = self._names, interaction.at, interaction.turns
        self._interactions.values += (
            id,
            at.ms,
            KIND_CODE[interaction.kind],
            names.account(interaction.account),
            names.device(interaction.device),
            names.person(interaction.person),
            names.skill(interaction.skill),
            household_hour(at.ms // _QUARTER_MS),
            1 if interaction.accidental else 0,
            playable(sounds) if sounds else 0,
        )
        self._records.values += (
            id,
            self._provider,
            interaction.identity,
            at.raw,
            CERTAINTY_CODE[at.certainty],
            interaction.label,
            interaction.shelf,
            self._source,
        )
        values = self._turns.values
        for number, turn in enumerate(turns):
            values += turn_row(id, number, turn)
        for number, sound in enumerate(sounds):
            self._sounds.values += sound_row(id, number, sound)
        request, response = said(turns)
        self._sightings.values += sighting_rows(self._source, id, interaction, sounds, request, response)
        if request or response:
            self._said.values += (id, request, response)

    def write(self, connection: sqlite3.Connection) -> None:
        for rows in (self._interactions, self._records, self._turns, self._sounds, self._sightings, self._said):
            rows.write(connection)


def turn_row(id: int, number: int, turn: Turn) -> tuple[object, ...]:
    at_ms = turn.at_ms
    return (id, number, ROLE_CODE[turn.role], turn.text, turn.vendor_type, NEVER if at_ms is None else at_ms)


def sound_row(id: int, number: int, sound: Sound) -> tuple[object, ...]:
    digest = None if sound.digest is None else bytes.fromhex(sound.digest)
    return (id, number, sound.name, SOUND_CODE[sound.state], digest, sound.seconds)


def playable(sounds: Sequence[Sound]) -> int:
    """How many of *sounds* can be heard."""
    return len([sound for sound in sounds if sound.state is SoundState.MATCHED])


def said(turns: Sequence[Turn]) -> tuple[str, str]:
    """What the household and what the assistant said, for the search by words."""
    requests: list[str] = []
    responses: list[str] = []
    for turn in turns:
        if text := turn.text:
            role = turn.role
            if role is _BY_HOUSEHOLD:
                requests.append(text)
            elif role is _BY_ASSISTANT:
                responses.append(text)
    return "\n".join(requests), "\n".join(responses)


def sighting_rows(
    source: int, id: int, interaction: Interaction, sounds: Sequence[Sound], request: str, response: str
) -> list[object]:
    """The values of one row for each layer of the record, with a hash of what it shows there, or NULL if nothing."""
    values: list[object] = []
    for layer in interaction.layers:
        if layer is _REQUEST:
            values += (source, id, _REQUEST_CODE, _hash(request.encode()) if request else None)
        elif layer is _RESPONSE:
            values += (source, id, _RESPONSE_CODE, _hash(response.encode()) if response else None)
        elif layer is _AUDIO:
            there = "".join(sorted(sound.digest for sound in sounds if sound.digest))
            values += (source, id, _AUDIO_CODE, _hash(there.encode()) if there else None)
        else:
            values += (source, id, LAYER_CODE[layer], _hash(interaction.raw))
    return values


def forgotten_rows(source: int, id: int, interaction: Interaction, sounds: Sequence[Sound]) -> list[object]:
    """The same of a record whose copy here was destroyed: that something is there, and nothing of what."""
    values = sighting_rows(source, id, interaction, sounds, *said(interaction.turns))
    return [bytearray(FORGOTTEN_HASH) if isinstance(value, bytearray) else value for value in values]


def _hash(shown: bytes) -> bytearray:
    return bytearray(blake2b(shown, digest_size=HASH_BYTES).digest())


@lru_cache(maxsize=1 << 16)
def household_hour(quarter: int) -> int | None:
    """The hour on the household's clock at a quarter of an hour since 1970 (no zone changes at any other minute)."""
    try:
        return time.localtime(quarter * _QUARTER_MS // 1000).tm_hour
    except (OverflowError, OSError, ValueError):
        return None  # a time that this computer's calendar does not know


def packed(records: Sequence[Raw]) -> bytes:
    """Raw records pressed together; `unpacked` gives them back byte for byte."""
    number = len(records)
    head = struct.pack(f"<{number}q{number}I", *(id for id, _ in records), *(len(raw) for _, raw in records))
    return zlib.compress(b"".join((head, *(raw for _, raw in records))), 1)


def unpacked(number: int, data: bytes) -> list[Raw]:
    plain = zlib.decompress(data)
    ids = struct.unpack_from(f"<{number}q", plain)
    lengths = struct.unpack_from(f"<{number}I", plain, 8 * number)
    at = 12 * number
    records = []
    for id, length in zip(ids, lengths, strict=True):
        records.append((id, plain[at : at + length]))
        at += length
    return records
