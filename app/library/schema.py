"""The tables of the library, one migration after another."""

from __future__ import annotations

import os
from pathlib import Path

from app.library.engine import Store, remove, troubles
from app.model import Problem

APPLICATION = 0x45617273
"""Marks the file as a library of ours ("Ears")."""

_FIRST = """
CREATE TABLE lock (held INTEGER) STRICT;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, name TEXT NOT NULL, provider TEXT NOT NULL,
    kind TEXT NOT NULL, brought_in_ms INTEGER NOT NULL, accounts TEXT NOT NULL DEFAULT '[]',
    shelves TEXT NOT NULL DEFAULT '[]', made_ms INTEGER, made_certainty INTEGER NOT NULL DEFAULT 1,
    from_ms INTEGER, to_ms INTEGER, complete INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '',
    interactions INTEGER NOT NULL DEFAULT 0, new INTEGER NOT NULL DEFAULT 0, matched INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0, unmatched INTEGER NOT NULL DEFAULT 0, kinds TEXT NOT NULL DEFAULT '{}',
    activities TEXT NOT NULL DEFAULT '{}', issues TEXT NOT NULL DEFAULT '[]', unread TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE account (
    id INTEGER PRIMARY KEY, provider TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (provider, name)
) STRICT;
CREATE TABLE skill (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE person (
    id INTEGER PRIMARY KEY, provider TEXT NOT NULL, key TEXT NOT NULL, said_name TEXT NOT NULL,
    vendor_type TEXT NOT NULL, name TEXT, standing TEXT NOT NULL DEFAULT 'unknown',
    confirmed INTEGER NOT NULL DEFAULT 0, UNIQUE (provider, key)
) STRICT;
CREATE TABLE device (
    id INTEGER PRIMARY KEY, provider TEXT NOT NULL, key TEXT NOT NULL, said_name TEXT NOT NULL,
    name TEXT, standing TEXT NOT NULL DEFAULT 'unknown', confirmed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (provider, key)
) STRICT;

CREATE TABLE interaction (
    id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind INTEGER NOT NULL, account INTEGER NOT NULL,
    device INTEGER NOT NULL, person INTEGER NOT NULL, skill INTEGER NOT NULL, hour INTEGER, accidental INTEGER NOT NULL,
    recordings INTEGER NOT NULL
) STRICT;
CREATE INDEX interaction_by_time ON interaction (
    at_ms DESC, id DESC, kind, account, device, person, skill, hour, accidental, recordings
);
CREATE TABLE record (
    id INTEGER PRIMARY KEY, provider TEXT NOT NULL, identity TEXT NOT NULL, at_raw TEXT NOT NULL,
    certainty INTEGER NOT NULL, label TEXT NOT NULL, shelf TEXT NOT NULL, first_source INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_by_identity ON record (identity, provider);
CREATE TABLE turn (
    interaction INTEGER NOT NULL, number INTEGER NOT NULL, role INTEGER NOT NULL, text TEXT,
    vendor_type TEXT NOT NULL, at_ms INTEGER, PRIMARY KEY (interaction, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE sound (
    interaction INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, state INTEGER NOT NULL,
    digest BLOB, seconds REAL, PRIMARY KEY (interaction, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE sighting (
    source INTEGER NOT NULL, interaction INTEGER NOT NULL, layer INTEGER NOT NULL, hash BLOB,
    PRIMARY KEY (source, interaction, layer)
) STRICT, WITHOUT ROWID;
CREATE TABLE raw (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, least INTEGER NOT NULL, most INTEGER NOT NULL,
    number INTEGER NOT NULL, packed BLOB NOT NULL
) STRICT;
CREATE INDEX raw_by_interaction ON raw (source, least, most);
CREATE VIRTUAL TABLE said USING fts5 (
    request, response, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE decision (interaction INTEGER PRIMARY KEY, decision INTEGER NOT NULL) STRICT;
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, decision INTEGER, changed INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE change_item (
    change INTEGER NOT NULL, interaction INTEGER NOT NULL, before INTEGER, PRIMARY KEY (change, interaction)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan (
    id INTEGER PRIMARY KEY AUTOINCREMENT, made_ms INTEGER NOT NULL, ready_ms INTEGER NOT NULL,
    last_source INTEGER NOT NULL
) STRICT;
CREATE TABLE operation (
    plan INTEGER NOT NULL, step INTEGER NOT NULL, provider TEXT NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (plan, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE target (
    plan INTEGER NOT NULL, step INTEGER NOT NULL, interaction INTEGER NOT NULL, collateral INTEGER NOT NULL,
    PRIMARY KEY (plan, step, interaction)
) STRICT, WITHOUT ROWID;
CREATE TABLE attempt (
    plan INTEGER NOT NULL, interaction INTEGER NOT NULL, step INTEGER NOT NULL, asked_ms INTEGER NOT NULL,
    PRIMARY KEY (plan, interaction)
) STRICT, WITHOUT ROWID;

CREATE TABLE look (
    id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, source INTEGER NOT NULL,
    source_name TEXT NOT NULL, provider TEXT NOT NULL, made_ms INTEGER, made_by_parent INTEGER NOT NULL,
    looked_ms INTEGER NOT NULL, complete INTEGER NOT NULL, why TEXT NOT NULL, controls INTEGER NOT NULL
) STRICT;
CREATE TABLE conclusion (
    look INTEGER NOT NULL, interaction INTEGER NOT NULL, layer INTEGER NOT NULL, verdict TEXT NOT NULL,
    missing TEXT, reason TEXT NOT NULL, PRIMARY KEY (look, interaction, layer)
) STRICT, WITHOUT ROWID;
"""

_SECOND = """
CREATE TABLE clip (
    digest BLOB PRIMARY KEY, key BLOB NOT NULL, shard INTEGER NOT NULL, place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX clip_by_place ON clip (shard, place);
CREATE TABLE doomed (shard INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (shard, place)) STRICT, WITHOUT ROWID;
CREATE TABLE waveform (digest BLOB PRIMARY KEY, peaks BLOB NOT NULL, seconds REAL NOT NULL) STRICT;
CREATE INDEX sound_by_digest ON sound (digest) WHERE digest IS NOT NULL;
ALTER TABLE plan ADD COLUMN copy_until_ms INTEGER;
CREATE TABLE log (
    number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, what TEXT NOT NULL, details TEXT NOT NULL, seal BLOB NOT NULL
) STRICT;
"""

MIGRATIONS = (_FIRST, _SECOND)
"""The statements that lead from one version of the library to the next."""


def bring_up_to_date(store: Store) -> None:
    """Make the tables of a new library, or those that an older one lacks; a `Problem` where the file is not ours.

    Each step is one transaction; before it, an older library is copied beside itself, and the copy stays until what
    came of the step was found whole.
    """
    (application,) = store.connection.execute("PRAGMA application_id").fetchone()
    (tables,) = store.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != APPLICATION:
        raise Problem("This folder holds another program's database.", advice="Choose another folder.")
    if _version(store) > len(MIGRATIONS):
        raise Problem(
            "This library was made by a newer version of Earshot.", advice="Install the newest version and try again."
        )
    backup = store.path.with_suffix(".backup")
    if tables and _version(store) < len(MIGRATIONS):
        _back_up(store, backup)
    while _version(store) < len(MIGRATIONS):
        _step(store)
    if tables and backup.exists():  # also where a start was cut off before it came to this
        if not is_whole(store):
            raise Problem(
                "The library could not be brought to this version.", advice=f"Its copy from before lies at {backup}."
            )
        remove(backup)


def is_whole(store: Store) -> bool:
    """Whether every page is as it was written, and the tables and indexes agree."""
    if store.key and store.connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    return store.connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def _step(store: Store) -> None:
    with store.db.atomic():
        store.connection.execute(f"PRAGMA application_id = {APPLICATION}")
        version = _version(store)
        for statement in MIGRATIONS[version].strip().split(";\n"):
            store.db.execute(statement)
        store.connection.execute(f"PRAGMA user_version = {version + 1}")


def _back_up(store: Store, backup: Path) -> None:
    """Copy the library under the same key to *backup*, which is opened and found whole."""
    remove(backup)  # of a step that was cut off
    with troubles(store.path):
        store.connection.execute("VACUUM INTO ?", (os.fspath(backup),))
    copy = Store(backup, store.key, cache_mib=2)
    try:
        if not is_whole(copy) or _version(copy) != _version(store):
            raise Problem("The library could not be copied.", advice="Make some room on the disk, then try again.")
    finally:
        copy.close()


def _version(store: Store) -> int:
    (version,) = store.connection.execute("PRAGMA user_version").fetchone()
    return int(version)
