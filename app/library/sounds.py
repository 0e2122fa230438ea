"""The recordings themselves, kept by what they hold in a database of their own beside the library."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from app.library.engine import Store, troubles
from app.model import Problem

BATCH_BYTES = 16 << 20
LEAVE_ALONE_SECONDS = 24 * 3600
"""A recording that nothing refers to stays so long: another window may be about to bring in its record."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS clip (digest BLOB PRIMARY KEY, kept_s INTEGER NOT NULL, peaks BLOB, seconds REAL)"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS sound (digest BLOB PRIMARY KEY, data BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS lock (held INTEGER) STRICT",
)


class Sounds:
    """Recordings by the SHA-256 of their bytes."""

    def __init__(self, path: Path, key: str) -> None:
        self._store = Store(path, key, cache_mib=2)
        self._waiting = 0
        with troubles(path):
            for table in _TABLES:
                self._store.connection.execute(table)

    def keep(self, data: bytes) -> str:
        """The digest of *data*, which is safely kept after the next `settle`."""
        digest = hashlib.sha256(data)
        run = self._store.connection.execute
        with troubles(self._store.path):
            if not self._store.connection.in_transaction:
                run("BEGIN IMMEDIATE")
            run(
                "INSERT INTO clip (digest, kept_s) VALUES (?, ?)"
                " ON CONFLICT (digest) DO UPDATE SET kept_s = excluded.kept_s",
                (digest.digest(), int(time.time())),
            )
            run("INSERT OR IGNORE INTO sound (digest, data) VALUES (?, ?)", (digest.digest(), data))
            self._waiting += len(data)
            if self._waiting >= BATCH_BYTES:
                self.settle()
        return digest.hexdigest()

    def settle(self) -> None:
        """Commit what was kept, so that rows may refer to it."""
        if self._store.connection.in_transaction:
            with troubles(self._store.path):
                self._store.connection.execute("COMMIT")
        self._waiting = 0

    def data(self, digest: str) -> bytes:
        """The bytes of a recording."""
        row = self._store.connection.execute(
            "SELECT data FROM sound WHERE digest = ?", (bytes.fromhex(digest),)
        ).fetchone()
        if row is None:
            raise Problem("This recording is not in the library.", advice="Bring in its archive again.")
        return bytes(row[0])

    def peaks(self, digest: str) -> bytes | None:
        row = self._store.connection.execute(
            "SELECT peaks FROM clip WHERE digest = ?", (bytes.fromhex(digest),)
        ).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def keep_peaks(self, digest: str, peaks: bytes, seconds: float) -> None:
        """Keep a waveform for the next time, unless another connection is writing: it can be drawn anew."""
        with suppress(Problem), self._store.atomic():
            self._store.connection.execute(
                "UPDATE clip SET peaks = ?, seconds = ? WHERE digest = ?", (peaks, seconds, bytes.fromhex(digest))
            )

    def seconds(self, digest: bytes) -> float | None:
        """How long a recording is, if it was ever decoded."""
        row = self._store.connection.execute("SELECT seconds FROM clip WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else row[0]

    def sweep(self, referred: Iterable[bytes]) -> int:
        """Drop the recordings that nothing in *referred* names and that were kept some time ago; how many."""
        before = int(time.time()) - LEAVE_ALONE_SECONDS
        old = {row[0] for row in self._store.connection.execute("SELECT digest FROM clip WHERE kept_s < ?", (before,))}
        orphans = old.difference(referred)
        if not orphans:
            return 0
        with self._store.atomic():
            for digest in orphans:
                # Asked again: another window may have kept the same bytes anew since.
                gone = self._store.connection.execute(
                    "DELETE FROM clip WHERE digest = ? AND kept_s < ?", (digest, before)
                )
                if gone.rowcount:
                    self._store.connection.execute("DELETE FROM sound WHERE digest = ?", (digest,))
        return len(orphans)

    def close(self) -> None:
        self.settle()
        self._store.close()
