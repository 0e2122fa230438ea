"""New records on their way into the tables, many at a time."""

from __future__ import annotations

import sqlite3
import struct
import time
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from app.library.codes import CERTAINTY_CODE, KIND_CODE, LAYER_CODE, ROLE_CODE, SOUND_CODE
from app.library.names import Names
from app.model import Interaction, Layer, Role, Sound, SoundState, Turn

HASH_BYTES = 16
_QUARTER_MS = 15 * 60 * 1000

SIGHTING = (
    "INSERT INTO sighting (source, interaction, layer, hash) VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET hash = excluded.hash WHERE hash IS NULL AND excluded.hash IS NOT NULL"
)
SAID = "INSERT OR REPLACE INTO said (rowid, request, response) VALUES (?, ?, ?)"
TURN = "INSERT INTO turn (interaction, number, role, text, vendor_type, at_ms) VALUES (?, ?, ?, ?, ?, ?)"
SOUND = "INSERT INTO sound (interaction, number, name, state, digest, seconds) VALUES (?, ?, ?, ?, ?, ?)"

Raw = tuple[int, bytes]
"""A record as it stood in the file, with the number of its interaction."""


class Fresh:
    """The rows of interactions that the library does not know yet, gathered and then written at once."""

    def __init__(self, source: int, provider: str, names: Names) -> None:
        self._source = source
        self._provider = provider
        self._names = names
        self._interactions: list[tuple[object, ...]] = []
        self._records: list[tuple[object, ...]] = []
        self._turns: list[tuple[object, ...]] = []
        self._sounds: list[tuple[object, ...]] = []
        self._sightings: list[tuple[object, ...]] = []
        self._said: list[tuple[object, ...]] = []

    def __len__(self) -> int:
        return len(self._interactions)

    def add(self, id: int, interaction: Interaction, sounds: Sequence[Sound]) -> None:
        names, at = self._names, interaction.at
        self._interactions.append(
            (
                id,
                at.ms,
                KIND_CODE[interaction.kind],
                names.account(interaction.account),
                names.device(interaction.device),
                names.person(interaction.person),
                names.skill(interaction.skill),
                household_hour(at.ms // _QUARTER_MS),
                interaction.accidental,
                playable(sounds),
            )
        )
        self._records.append(
            (id, self._provider, interaction.identity, at.raw, CERTAINTY_CODE[at.certainty], interaction.label,
             self._source)
        )  # fmt: skip
        for number, turn in enumerate(interaction.turns):
            self._turns.append(turn_row(id, number, turn))
        for number, sound in enumerate(sounds):
            self._sounds.append(sound_row(id, number, sound))
        request, response = said(interaction.turns)
        self._sightings += sightings(self._source, id, interaction, sounds, request, response)
        if request or response:
            self._said.append((id, request, response))

    def write(self, connection: sqlite3.Connection) -> None:
        many = connection.executemany
        many("INSERT INTO interaction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._interactions)
        many("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", self._records)
        many(TURN, self._turns)
        many(SOUND, self._sounds)
        many(SIGHTING, self._sightings)
        many(SAID, self._said)


def turn_row(id: int, number: int, turn: Turn) -> tuple[object, ...]:
    return (id, number, ROLE_CODE[turn.role], turn.text, turn.vendor_type, turn.at_ms)


def sound_row(id: int, number: int, sound: Sound) -> tuple[object, ...]:
    digest = None if sound.digest is None else bytes.fromhex(sound.digest)
    return (id, number, sound.name, SOUND_CODE[sound.state], digest, sound.seconds)


def playable(sounds: Sequence[Sound]) -> int:
    """How many of *sounds* can be heard."""
    return sum(sound.state is SoundState.MATCHED for sound in sounds)


def said(turns: Iterable[Turn]) -> tuple[str, str]:
    """What the household and what the assistant said, for the search by words."""
    requests = [turn.text for turn in turns if turn.text and turn.role is Role.REQUEST]
    responses = [turn.text for turn in turns if turn.text and turn.role is Role.RESPONSE]
    return "\n".join(requests), "\n".join(responses)


def sightings(
    source: int, id: int, interaction: Interaction, sounds: Sequence[Sound], request: str, response: str
) -> list[tuple[object, ...]]:
    """One row for each layer that the record shows, with a hash of what it shows there."""
    rows: list[tuple[object, ...]] = []
    for layer in interaction.layers:
        shown: bytes | None
        if layer is Layer.REQUEST:
            shown = request.encode()
        elif layer is Layer.RESPONSE:
            shown = response.encode()
        elif layer is Layer.AUDIO:
            shown = "".join(sorted(sound.digest for sound in sounds if sound.digest)).encode() or None
        else:
            shown = interaction.raw
        digest = None if shown is None else blake2b(shown, digest_size=HASH_BYTES).digest()
        rows.append((source, id, LAYER_CODE[layer], digest))
    return rows


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
