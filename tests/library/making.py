"""Records, libraries and sources made for the tests of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.library import Library
from app.library.adding import unpacked
from app.library.engine import Store
from app.model import (
    Coverage,
    Device,
    Interaction,
    Kind,
    Moment,
    Person,
    Recording,
    Role,
    Sound,
    SoundState,
    Source,
    Told,
    Turn,
)

NOON = 1_700_000_000_000
HOUR = 3_600_000

KIDS = Device("G1", "Kids Room")
KITCHEN = Device("G2", "Kitchen")
EMMA = Person("p1", "Emma", "CHILD")
ANNA = Person("p2", "Anna", "ADULT")

Item = tuple[Interaction, tuple[Sound, ...]]

VOICE, SONG = b"RIFF the voice of a child", b"RIFF a song"
SECRETS = (b"zebrafinch", b"quagmire", b"xylophone", b"PRIVATE", b"Oracle")
"""Words, an answer, something of the raw record, the label, and the skill of the `secret` record."""


def heard(
    number: int,
    request: str | None = "alexa tell me a story",
    response: str | None = "once upon a time",
    *,
    at_ms: int | None = None,
    account: str = "home",
    kind: Kind = Kind.SAID,
    device: Device | None = KITCHEN,
    person: Person | None = None,
    sounds: Sequence[Sound] = (),
    turns: Sequence[Turn] | None = None,
    skill: str = "",
    accidental: bool = False,
    raw: bytes | None = None,
) -> Item:
    """One record number *number*, an hour after the one before it."""
    moment = NOON + number * HOUR if at_ms is None else at_ms
    if turns is None:
        said = ((Role.REQUEST, request), (Role.RESPONSE, response))
        turns = [Turn(role, text) for role, text in said if text is not None]
    interaction = Interaction(
        identity=f"home#{number}",
        account=account,
        at=Moment(moment, str(moment)),
        kind=kind,
        turns=tuple(turns),
        device=device,
        person=person,
        recordings=tuple(Recording(sound.name) for sound in sounds),
        skill=skill,
        label="GENERAL",
        accidental=accidental,
        raw=f'{{"record": {number}}}'.encode() if raw is None else raw,
    )
    return interaction, tuple(sounds)


def bring_in(library: Library, fingerprint: str, *items: Item, provider: str = "alexa", at_ms: int = NOON) -> Source:
    """*items* as one source, brought in as intake does it."""
    with library.atomic():
        source = library.seen.begin_source(
            fingerprint=fingerprint, name=f"{fingerprint}.json", provider=provider, kind="listing", at_ms=at_ms
        )
        library.seen.add(source, items)
        return library.seen.end_source(
            source,
            Told(("home",), Moment(NOON), Coverage(0, NOON, False, "cut off"), {"Used Assistant": 2}),
            matched=0,
            missing=0,
            unmatched=0,
            issues=(),
            unread=("odd.bin",),
        )


def rows_in(library: Library) -> dict[str, int]:
    """How many rows each table of the library holds, but for the log, where everything that is done adds one."""
    run = library._store.connection.execute
    tables = [name for (name,) in run("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'said_%'")]
    return {table: run(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables if table != "log"}


def everything_in(store: Store) -> bytes:
    """Every value of every table and index of words in *store*, in the clear; the raw records unpacked."""
    run = store.connection.execute
    tables = [name for (name,) in run("SELECT name FROM sqlite_schema WHERE rootpage > 0 AND type = 'table'")]
    values = [value for table in tables for row in run(f"SELECT * FROM {table}") for value in row]
    for number, data in run("SELECT number, packed FROM raw"):
        values += [raw for _, raw in unpacked(number, data)]
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def secrets_in(store: Store) -> list[bytes]:
    """The secrets that can be read, even without their first letter, which an index of words may share out."""
    there = everything_in(store)
    return [word for word in SECRETS if word[1:] in there]


def secret(library: Library) -> Item:
    """Record 1, which says a lot."""
    interaction, sounds = heard(
        1,
        request="alexa zebrafinch",
        response="quagmire",
        person=EMMA,
        device=KIDS,
        skill="Oracle",
        sounds=[recorded(library, VOICE, "voice.mp3")],
        raw=b'{"record": "xylophone"}',
    )
    return replace(interaction, label="PRIVATE"), sounds


def recorded(library: Library, data: bytes, name: str = "1.mp3") -> Sound:
    """*data*, kept in the library as the recording of a record."""
    return Sound(name, SoundState.MATCHED, library.seen.keep_sound(data), None)
