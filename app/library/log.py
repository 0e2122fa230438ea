"""Who did what: entries that hang together like a chain, so that none can be changed or left out unnoticed."""

from __future__ import annotations

import hashlib
import hmac
import json
import time

from app.library.engine import Store
from app.library.plainly import plainly
from app.model import Happened, LogEntry


class Log:
    """The log of a library. Each entry is sealed with *key* together with the seal before it (HMAC-SHA256): whoever
    edits the file shows it. It does not bind the one who holds the key."""

    def __init__(self, store: Store, key: bytes) -> None:
        self._store = store
        self._key = key

    def note(self, what: Happened, /, **details: int | str) -> None:
        """Note that *what* happened, within the transaction that is open or one of its own."""
        with self._store.atomic():
            run = self._store.connection.execute
            number, before = run("SELECT number, seal FROM log ORDER BY number DESC LIMIT 1").fetchone() or (0, b"")
            row = (number + 1, time.time_ns() // 1_000_000, what.value, json.dumps(details))
            run(
                "INSERT INTO log (number, at_ms, what, details, seal) VALUES (?, ?, ?, ?, ?)",
                (*row, self._seal(before, row)),
            )

    @plainly
    def entries(self, before: int | None = None, limit: int = 200) -> list[LogEntry]:
        """At most *limit* entries, the newest first, or those that came before number *before*."""
        rows = self._store.connection.execute(
            "SELECT number, at_ms, what, details FROM log WHERE ? IS NULL OR number < ? ORDER BY number DESC LIMIT ?",
            (before, before, limit),
        )
        return [LogEntry(number, at_ms, Happened(what), json.loads(details)) for number, at_ms, what, details in rows]

    @plainly
    def whole(self) -> bool:
        """Whether no entry was changed, and none taken out before the last one."""
        before, expected = b"", 1
        for *row, seal in self._store.connection.execute(
            "SELECT number, at_ms, what, details, seal FROM log ORDER BY number"
        ):
            if row[0] != expected or not hmac.compare_digest(seal, self._seal(before, tuple(row))):
                return False
            before, expected = seal, expected + 1
        return True

    @plainly
    def head(self) -> str:
        """The last entry as something that can be kept elsewhere; empty where there is none."""
        row = self._store.connection.execute("SELECT number, seal FROM log ORDER BY number DESC LIMIT 1").fetchone()
        return "" if row is None else f"{row[0]} {row[1].hex()}"

    @plainly
    def holds(self, head: str) -> bool:
        """Whether the log goes on from *head*; it does not if the library was put back to an older state."""
        number, _, seal = head.partition(" ")
        if not number.isdecimal():
            return not head
        row = self._store.connection.execute(
            "SELECT hex(seal) FROM log WHERE number = CAST(? AS INTEGER)", (number,)
        ).fetchone()
        return row is not None and row[0].casefold() == seal.casefold()

    def _seal(self, before: bytes, row: tuple[object, ...]) -> bytes:
        return hmac.new(self._key, before + json.dumps(row).encode(), hashlib.sha256).digest()
