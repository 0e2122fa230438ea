"""The household's local copy: everything that speaks to the database lives here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.library.asked import Asked, Change
from app.library.concluded import Concluded
from app.library.engine import Store, remove, troubles
from app.library.erasing import Erasing
from app.library.filters import found
from app.library.household import Household
from app.library.log import Log
from app.library.plainly import plainly
from app.library.reading import Facets, Tallied, read_cards, read_facets, read_rows, read_tally
from app.library.results import Interrupted, Results
from app.library.rewriting import path_of, rewrite
from app.library.schema import bring_up_to_date
from app.library.seen import Seen, read_sources
from app.library.sounds import Sounds
from app.model import Card, Filter, Problem, Row, Source
from app.vault import Keys

__all__ = ["Change", "Facets", "Interrupted", "Library", "Results", "rewrite"]

CACHE_MIB = 64


class Library:
    """The household's copy: what was seen, what was asked, what was concluded."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self.keys = keys
        self.path = path_of(folder, keys.generation)
        self._store = Store(self.path, keys.library, cache_mib=CACHE_MIB)
        try:
            with troubles(self.path):
                bring_up_to_date(self._store)
        except BaseException:
            self._store.close()
            raise
        self._sounds = Sounds(folder, self._store)
        self.log = Log(self._store, keys.log)
        self.seen = Seen(self._store, self._sounds, self.log)
        self.asked = Asked(self._store, self.log)
        self.concluded = Concluded(self._store, self.log)
        self.erasing = Erasing(self._store, self._sounds, self.log, keys.generation)
        self.household = Household(self._store)
        self.set_back = False
        """Whether who opened it found that the file was put back to an older state since it was last open here."""

    @classmethod
    def open(cls, folder: Path, keys: Keys) -> Library:
        """The library in *folder*, made if there is none; a `Problem` if it is damaged, not ours or newer than us, or
        if *keys* do not open it. Nothing else may have it open at this moment; `another` serves while it is open."""
        folder = folder.resolve()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Problem(
                "The folder of the library cannot be made.", advice=f"Check that you may write to {folder.parent}."
            ) from error
        library = cls(folder, keys)
        library._tidy()
        return library

    def another(self) -> Library:
        """The same library through connections of its own, for another thread."""
        return Library(self.folder, self.keys)

    def close(self) -> None:
        self._sounds.close()
        self._store.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction: all that is written inside stays, or nothing of it."""
        if self._store.connection.in_transaction:
            yield
            return
        whole = False
        self._sounds.begin()
        try:
            with self._store.atomic():
                yield
            whole = True
        finally:
            self._sounds.end(whole=whole)

    @plainly
    def count(self, wanted: Filter) -> int:
        """How many interactions *wanted* lets through."""
        query = found(self._store.connection, wanted)
        (number,) = self._store.connection.execute(query.number, query.values).fetchone()
        return int(number)

    @plainly
    def ids(self, wanted: Filter, limit: int | None = None) -> list[int]:
        """The numbers of those interactions, newest first."""
        query = found(self._store.connection, wanted)
        rows = self._store.connection.execute(f"{query.ids} LIMIT ?", (*query.values, -1 if limit is None else limit))
        return [id for (id,) in rows]

    def outline(self, wanted: Filter) -> Iterator[tuple[int, int, int, int]]:
        """Of each its number, time and device (0: none), and whether somebody said it (1) or not (0); oldest first."""
        query = found(self._store.connection, wanted)
        with troubles(self.path):
            yield from self._store.connection.execute(query.outline, query.values)

    @plainly
    def tally(self, wanted: Filter) -> Tallied:
        """How many they are, whose, where and when, by the names that the parent gave."""
        return read_tally(self._store.connection, wanted)

    @plainly
    def accounts(self, wanted: Filter) -> dict[str, int]:
        """How many of them each account holds; one that holds none is left out."""
        query = found(self._store.connection, wanted)
        rows = self._store.connection.execute(
            f"SELECT a.name, sum(c.number) FROM ({query.by_account}) c JOIN account a ON a.id = c.account GROUP BY 1",
            query.values,
        )
        return dict(rows.fetchall())

    @plainly
    def rows(self, ids: Sequence[int]) -> list[Row]:
        """What a table shows of each of *ids*, in their order."""
        return read_rows(self._store.connection, ids)

    def card(self, id: int) -> Card:
        """Everything known of one interaction; a `Problem` if there is none of this number."""
        for card in self.cards([id]):
            return card
        raise Problem(f"There is nothing with the number {id} in this library.", advice="Look at the list again.")

    def cards(self, ids: Iterable[int]) -> Iterator[Card]:
        """Everything known of each of *ids*, in their order."""
        with troubles(self.path):
            yield from read_cards(self._store.connection, self._sounds, ids)

    @plainly
    def sources(self) -> list[Source]:
        """Everything that was brought in, oldest first."""
        return read_sources(self._store)

    @plainly
    def source(self, id: int) -> Source:
        return read_sources(self._store, id)[0]

    @plainly
    def sound(self, digest: str) -> bytes:
        """The plain bytes of a recording."""
        return self._sounds.data(digest)

    @plainly
    def sounds_held(self) -> int:
        """How many different recordings are here."""
        (number,) = self._store.connection.execute("SELECT count(*) FROM clip").fetchone()
        return int(number)

    @plainly
    def peaks(self, digest: str) -> bytes | None:
        """The waveform of a recording, if it was kept."""
        return self._sounds.peaks(digest)

    def keep_peaks(self, digest: str, peaks: bytes, seconds: float) -> None:
        """Keep the waveform and the length of a recording."""
        self._sounds.keep_peaks(digest, peaks, seconds)

    @plainly
    def setting(self, name: str) -> str | None:
        row = self._store.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        with self._store.atomic():
            self._store.connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))

    @plainly
    def facets(self) -> Facets:
        """What a filter can offer here."""
        return read_facets(self._store.connection)

    def _tidy(self) -> None:
        """Delete what an erasure, or an import that was cut off, left behind. Nothing else has this library open."""
        try:
            with troubles(self.path):
                self._sounds.sweep()
            for older in range(1, self.keys.generation):
                remove(path_of(self.folder, older))
        except BaseException:
            self.close()
            raise
