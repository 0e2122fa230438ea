"""A household behind its lock, with one record that says a lot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import keeping
from app.library import Library
from app.model import Erased, Job
from app.vault import claim
from tests.keychain import FakeKeychain
from tests.library.making import SONG, VOICE, bring_in, heard, recorded, secret
from tests.vault.making import vault_in

PASSPHRASE = "three small dogs"
FEW = 30


class Home:
    """The library in *folder*: record 1 says a lot, number 2 sings and has the same sound as number 1 beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keychain = FakeKeychain()
        with claim(folder):
            self.vault = vault_in(folder, self.keychain)
            self.vault.make(PASSPHRASE)
        with self.opened() as library:
            both = [recorded(library, data, name) for data, name in ((VOICE, "2.mp3"), (SONG, "3.mp3"))]
            rest = (heard(number, f"alexa story {number}") for number in range(3, FEW))
            bring_in(library, "first", secret(library), heard(2, sounds=both), *rest)

    @contextmanager
    def opened(self, how: str = "passphrase") -> Iterator[Library]:
        """The library, opened and closed as the program does it."""
        library = self.open(how)
        try:
            yield library
        finally:
            keeping.close_library(library, self.vault)

    def open(self, how: str = "passphrase") -> Library:
        return keeping.open_library(self.folder, self.vault, self.vault.keys, how=how, by="window")

    def start_anew(self) -> None:
        """As if the program was started again."""
        self.vault = vault_in(self.folder, self.keychain)
        if self.vault.exists:
            self.vault.unlock(PASSPHRASE)

    def erase(self, *ids: int) -> Job[Erased]:
        return keeping.erase(self.folder, self.vault, lambda _: ids)

    @property
    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}
