"""What the tables say of single interactions: rows for a list, cards for a closer look."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.library.codes import CERTAINTY, DECISION, KIND, KIND_CODE, ROLE, ROLE_CODE, SOUND
from app.library.filters import childs, found
from app.library.sounds import Sounds
from app.model import Card, Filter, Kind, Member, Role, Row, Sound, SoundState, Speaker, Standing, Turn

CARDS_AT_ONCE = 500

_ROWS = """
SELECT i.id, i.at_ms, a.provider, i.kind, ifnull(ifnull(nullif(d.name, ''), d.said_name), ''),
    ifnull(ifnull(nullif(p.name, ''), p.said_name), ''), {childs},
    ifnull((
        SELECT text FROM turn t WHERE t.interaction = i.id AND trim(ifnull(text, ''), char(9, 10, 13, 32)) <> ''
        ORDER BY role <> {request}, number LIMIT 1
    ), ''),
    i.recordings, (SELECT decision FROM decision WHERE interaction = i.id)
FROM json_each(?) j CROSS JOIN interaction i ON i.id = j.value JOIN account a ON a.id = i.account
LEFT JOIN device d ON d.id = i.device LEFT JOIN person p ON p.id = i.person
ORDER BY j.key
"""

_CARDS = """
SELECT i.id, r.identity, a.provider, a.name, i.at_ms, r.at_raw, r.certainty, i.kind, i.device, i.person,
    ifnull(s.name, ''), r.label, i.accidental, (SELECT decision FROM decision WHERE interaction = i.id)
FROM json_each(?) j CROSS JOIN interaction i ON i.id = j.value JOIN record r ON r.id = i.id
JOIN account a ON a.id = i.account LEFT JOIN skill s ON s.id = i.skill
ORDER BY j.key
"""

_NAMED = "SELECT id, provider, said_name, ifnull(nullif(name, ''), said_name), standing, confirmed FROM"


@dataclass(frozen=True, slots=True)
class Facets:
    """What a filter can offer: assistants, skills with their counts (most used first), and the first and last time."""

    providers: tuple[str, ...]
    skills: Mapping[str, int]
    earliest_ms: int | None
    latest_ms: int | None


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many interactions there are, from when to when, and how many fall to each name ("": none) and assistant."""

    items: int
    first_ms: int | None
    last_ms: int | None
    people: Mapping[str, int]
    devices: Mapping[str, int]
    providers: Mapping[str, int]


def read_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Row]:
    """A row for each of *ids*, in their order; one that is not there is left out."""
    query = _ROWS.format(childs=childs(connection), request=ROLE_CODE[Role.REQUEST])
    return [
        Row(id, at_ms, provider, KIND[kind], device, person, bool(a_childs), request, recordings, DECISION[decision])
        for id, at_ms, provider, kind, device, person, a_childs, request, recordings, decision in connection.execute(
            query, (json.dumps(list(ids)),)
        )
    ]


def read_cards(connection: sqlite3.Connection, sounds: Sounds, ids: Iterable[int]) -> Iterator[Card]:
    """Everything known of each of *ids*, in their order, read some hundred at a time."""
    run = connection.execute
    speakers = {
        id: Speaker(id, provider, said, name, Standing(standing), bool(confirmed))
        for id, provider, said, name, standing, confirmed in run(f"{_NAMED} device")
    }
    members = {
        id: Member(id, provider, said, name, Standing(standing), bool(confirmed))
        for id, provider, said, name, standing, confirmed in run(f"{_NAMED} person")
    }
    rest = iter(ids)
    while some := list(islice(rest, CARDS_AT_ONCE)):
        listed = (json.dumps(some),)
        turns = _turns(connection, listed)
        heard = _sounds(connection, sounds, listed)
        for row in run(_CARDS, listed).fetchall():
            id, identity, provider, account, at_ms, at_raw, certainty, kind, device, person, *last = row
            skill, label, accidental, decision = last
            yield Card(
                id=id,
                identity=identity,
                provider=provider,
                account=account,
                at_ms=at_ms,
                at_raw=at_raw,
                certainty=CERTAINTY[certainty].value,
                kind=KIND[kind],
                device=speakers.get(device),
                person=members.get(person),
                turns=tuple(turns[id]),
                sounds=tuple(heard[id]),
                skill=skill,
                label=label,
                accidental=bool(accidental),
                decision=DECISION[decision],
            )


def read_tally(connection: sqlite3.Connection, wanted: Filter) -> Tallied:
    run = connection.execute
    names = "SELECT id, ifnull(nullif(name, ''), said_name) FROM"
    provider_of: dict[int, str] = dict(run("SELECT id, provider FROM account").fetchall())
    device_of: dict[int, str] = dict(run(f"{names} device").fetchall())
    person_of: dict[int, str] = dict(run(f"{names} person").fetchall())
    people: Counter[str] = Counter()
    devices: Counter[str] = Counter()
    providers: Counter[str] = Counter()
    first_ms: list[int] = []
    last_ms: list[int] = []
    query = found(connection, wanted)
    for account, device, person, number, earliest, latest in run(query.by_voice, query.values):
        providers[provider_of[account]] += number
        devices[device_of.get(device, "")] += number
        people[person_of.get(person, "")] += number
        first_ms.append(earliest)
        last_ms.append(latest)
    return Tallied(
        providers.total(), min(first_ms, default=None), max(last_ms, default=None), people, devices, providers
    )


def read_facets(connection: sqlite3.Connection) -> Facets:
    run = connection.execute
    skills = run(
        "SELECT s.name, c.number FROM (SELECT skill, count(*) AS number FROM interaction WHERE skill <> 0"
        " GROUP BY skill) c JOIN skill s ON s.id = c.skill ORDER BY c.number DESC, s.name"
    ).fetchall()
    providers = run("SELECT DISTINCT provider FROM account ORDER BY provider").fetchall()
    here = f"FROM interaction INDEXED BY interaction_by_time WHERE kind <> {KIND_CODE[Kind.FORGOTTEN]}"
    (earliest,) = run(f"SELECT min(at_ms) {here}").fetchone()
    (latest,) = run(f"SELECT max(at_ms) {here}").fetchone()
    return Facets(tuple(provider for (provider,) in providers), dict(skills), earliest, latest)


def _turns(connection: sqlite3.Connection, listed: tuple[str]) -> dict[int, list[Turn]]:
    turns: dict[int, list[Turn]] = defaultdict(list)
    for id, role, text, vendor_type, at_ms in connection.execute(
        "SELECT interaction, role, text, vendor_type, at_ms FROM turn"
        " WHERE interaction IN (SELECT value FROM json_each(?)) ORDER BY interaction, number",
        listed,
    ):
        turns[id].append(Turn(ROLE[role], text, vendor_type, at_ms))
    return turns


def _sounds(connection: sqlite3.Connection, kept: Sounds, listed: tuple[str]) -> dict[int, list[Sound]]:
    sounds: dict[int, list[Sound]] = defaultdict(list)
    for id, name, state, digest, seconds in connection.execute(
        "SELECT interaction, name, state, digest, seconds FROM sound"
        " WHERE interaction IN (SELECT value FROM json_each(?)) ORDER BY interaction, number",
        listed,
    ):
        if SOUND[state] is SoundState.MISSING:
            digest = None  # of a forgotten record it is known still, to find the sound in a later archive
        sound = Sound(name, SOUND[state], digest and digest.hex(), seconds)
        if digest is not None and seconds is None:
            sound = replace(sound, seconds=kept.seconds(digest))
        sounds[id].append(sound)
    return sounds
