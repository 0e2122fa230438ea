"""The recordings themselves: sealed, each with a key of its own, in files beside the library, which holds the keys."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from app.library.codes import SOUND_CODE
from app.library.engine import Store, troubles
from app.model import Problem, SoundState
from app.vault import Unsealable, seal_once, unseal_once

BATCH_BYTES = 16 << 20
SHARD_BYTES = 1 << 30
"""About so large grows one file of recordings; smaller ones are easier to copy and to give room back from."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS blob (place INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS lock (held INTEGER) STRICT",
)


_UNNEEDED = (
    f"NOT EXISTS (SELECT 1 FROM sound s WHERE s.digest = c.digest AND s.state <> {SOUND_CODE[SoundState.MISSING]})"
)


class Sounds:
    """Recordings by the SHA-256 of their bytes. A recording is written before the row that holds its key, and its key
    is taken away before the recording: so what lies there is never readable without its row in *library*."""

    def __init__(self, folder: Path, library: Store) -> None:
        self._folder = folder
        self._library = library
        self._shards: dict[int, Store] = {}
        self._current = 0
        self._waiting = 0
        self._known: set[bytes] | None = None
        self._sure: set[bytes] = set()
        self._kept: list[tuple[bytes, bytes, int, int]] = []
        self._unwritten = 0
        self._settled = 0
        self._lost: dict[int, list[int]] = defaultdict(list)

    def keep(self, data: bytes) -> str:
        """The digest of *data*, which is safely kept after the next `settle` and known after the next `write`."""
        digest = hashlib.sha256(data).digest()
        if digest not in self._sure:
            if not self._holds(digest):
                self._keep(digest, data)
            self._sure.add(digest)
        return digest.hex()

    def settle(self) -> None:
        """Put on the disk what was kept, so that rows may refer to it."""
        self._end_writing("COMMIT")
        self._settled = len(self._kept)

    def write(self) -> None:
        """Write the keys of what was kept into the transaction that is open in the library."""
        self.settle()
        # What is replaced opens nothing: the recording is damaged, or the file with its place was lost.
        statement = "INSERT OR REPLACE INTO clip (digest, key, shard, place) VALUES (?, ?, ?, ?)"
        self._library.connection.executemany(statement, self._kept[self._unwritten :])
        self._unwritten = len(self._kept)

    def begin(self) -> None:
        """Take note that a transaction of the library begins."""
        self._kept, self._settled, self._unwritten = self._kept[self._unwritten :], self._settled - self._unwritten, 0

    def end(self, *, whole: bool) -> None:
        """Take note that the transaction of the library ended; drop what was kept in it and has no key now."""
        for _, _, number, place in self._kept[self._unwritten if whole else 0 : self._settled]:
            self._lost[number].append(place)
        self._kept, self._settled, self._unwritten = [], 0, 0
        self._forget_known()
        with suppress(Problem):  # what could not be deleted is tried again at the next end, or at the next start
            self._end_writing("ROLLBACK")
            for number in list(self._lost):
                self._delete(number, self._lost[number])
                del self._lost[number]  # its places are free now, and others may get them

    def forget_unneeded(self) -> int:
        """Take the keys of all recordings away that no row refers to, in the transaction that is open; how many. What
        they opened is unreadable from the commit on; `sweep` gives its room back."""
        self.write()
        run = self._library.connection.execute
        run(f"INSERT OR IGNORE INTO doomed (shard, place) SELECT shard, place FROM clip c WHERE {_UNNEEDED}")
        run(f"DELETE FROM waveform AS c WHERE {_UNNEEDED}")
        gone = run(f"DELETE FROM clip AS c WHERE {_UNNEEDED}").rowcount
        self._forget_known()
        return gone

    def data(self, digest: str) -> bytes:
        """The bytes of a recording."""
        row = self._library.connection.execute(
            "SELECT key, shard, place FROM clip WHERE digest = ?", (bytes.fromhex(digest),)
        ).fetchone()
        if row is None:
            raise Problem("This recording is not in the library.", advice="Bring in its archive again.")
        key, number, place = row
        shard = self._shard(number)
        with troubles(shard.path):
            blob = shard.connection.execute("SELECT sealed FROM blob WHERE place = ?", (place,)).fetchone()
        try:
            return unseal_once(key, b"" if blob is None else blob[0], bytes.fromhex(digest))
        except Unsealable as error:
            raise Problem("This recording is damaged.", advice="Bring in its archive again.") from error

    def peaks(self, digest: str) -> bytes | None:
        row = self._library.connection.execute(
            "SELECT peaks FROM waveform WHERE digest = ?", (bytes.fromhex(digest),)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def keep_peaks(self, digest: str, peaks: bytes, seconds: float) -> None:
        """Keep a waveform for the next time, unless another connection is writing: it can be drawn anew."""
        with suppress(Problem), self._library.impatient(), self._library.atomic():
            self._library.connection.execute(
                "INSERT OR REPLACE INTO waveform (digest, peaks, seconds) SELECT ?1, ?2, ?3"
                " WHERE EXISTS (SELECT 1 FROM clip WHERE digest = ?1)",
                (bytes.fromhex(digest), peaks, seconds),
            )

    def seconds(self, digest: bytes) -> float | None:
        """How long a recording is, if it was ever decoded."""
        row = self._library.connection.execute("SELECT seconds FROM waveform WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else row[0]

    def sweep(self) -> None:
        """Delete the recordings whose keys were taken away, and those that an import left behind when it was cut off.
        For when nothing else has this library open."""
        run = self._library.connection.execute
        doomed: dict[int, list[int]] = defaultdict(list)
        for number, place in run("SELECT shard, place FROM doomed"):
            doomed[number].append(place)
        for number in self._numbers():
            (last,) = run("SELECT ifnull(max(place), 0) FROM clip WHERE shard = ?", (number,)).fetchone()
            try:
                self._delete(number, [*doomed.get(number, ()), *self._beyond(number, last)])
            except Problem:  # a file of recordings that is damaged keeps nobody from the words
                doomed.pop(number, None)
        if doomed:
            with self._library.atomic():
                run("DELETE FROM doomed WHERE shard IN (SELECT value FROM json_each(?))", (json.dumps(list(doomed)),))

    def close(self) -> None:
        self.settle()
        while self._shards:
            self._shards.popitem()[1].close()

    def _keep(self, digest: bytes, data: bytes) -> None:
        key, sealed = seal_once(data, digest)
        number = self._open_shard()
        shard = self._shards[number]
        with troubles(shard.path):
            if not shard.connection.in_transaction:
                shard.connection.execute("BEGIN IMMEDIATE")
            place = shard.connection.execute("INSERT INTO blob (sealed) VALUES (?)", (sealed,)).lastrowid
        self._kept.append((digest, key, number, place or 0))
        self._waiting += len(data)
        if self._waiting >= BATCH_BYTES:
            self.settle()

    def _holds(self, digest: bytes) -> bool:
        """Whether the library holds a recording that can still be opened: one that is damaged is kept anew."""
        if self._known is None:
            self._library.settle()
            self._known = {digest for (digest,) in self._library.connection.execute("SELECT digest FROM clip")}
        if digest not in self._known:
            return False
        self._library.settle()
        try:
            self.data(digest.hex())
        except Problem:
            return False
        return True

    def _forget_known(self) -> None:
        self._known = None
        self._sure.clear()

    def _end_writing(self, how: str) -> None:
        shard = self._shards.get(self._current)
        if shard is not None and shard.connection.in_transaction:
            with troubles(shard.path):
                shard.connection.execute(how)
        self._waiting = 0

    def _beyond(self, number: int, last: int) -> list[int]:
        """The places in a file that come after the *last* one with a key."""
        shard = self._shard(number)
        with troubles(shard.path):
            return [place for (place,) in shard.connection.execute("SELECT place FROM blob WHERE place > ?", (last,))]

    def _delete(self, number: int, places: Iterable[int]) -> None:
        """Delete what lies at *places* of a file, and give its room back as far as that can be done now."""
        shard = self._shard(number)
        with shard.atomic():
            shard.connection.executemany("DELETE FROM blob WHERE place = ?", [(place,) for place in places])
        with suppress(Problem), troubles(shard.path):
            (free,) = shard.connection.execute("PRAGMA freelist_count").fetchone()
            if free:
                shard.connection.execute("PRAGMA incremental_vacuum").fetchall()
                shard.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _open_shard(self) -> int:
        """The number of the file that new recordings go to."""
        if not self._current:
            self._current = max(self._numbers(), default=1)
        if self._waiting == 0 and self._shard(self._current).size() >= SHARD_BYTES:
            self._current += 1
            self._shard(self._current)
        return self._current

    def _numbers(self) -> list[int]:
        names = (path.stem for path in self._folder.glob("audio-[0-9][0-9][0-9][0-9].db"))
        return sorted(int(name.removeprefix("audio-")) for name in names)

    def _shard(self, number: int) -> Store:
        if number not in self._shards:
            shard = Store(self._folder / f"audio-{number:04}.db", "", cache_mib=2, shrinks=True)
            self._shards[number] = shard
            with troubles(shard.path):
                for statement in _TABLES:
                    shard.connection.execute(statement)
        return self._shards[number]
