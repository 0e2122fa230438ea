"""Keychains for every test that needs one."""

from __future__ import annotations

import json
from pathlib import Path

from app.model import Problem


class FakeKeychain:
    """Keeps secrets like the keychain of a system; says no while *refuses*; is another computer's after `wipe`."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.refuses = False

    def get(self, name: str) -> str | None:
        self._answer()
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        self._answer()
        self.kept[name] = secret

    def drop(self, name: str) -> None:
        self._answer()
        self.kept.pop(name, None)

    def wipe(self) -> None:
        self.kept.clear()

    def _answer(self) -> None:
        if self.refuses:
            raise Problem("The keychain of this computer did not answer.", advice="Unlock it and try again.")


class LastingKeychain:
    """Keeps secrets beyond the end of a process, as a system does; a file each, put in place at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def get(self, name: str) -> str | None:
        try:
            return str(json.loads(self._file(name).read_text()))
        except FileNotFoundError:
            return None

    def put(self, name: str, secret: str) -> None:
        fresh = self._folder / "fresh"
        fresh.write_text(json.dumps(secret))
        fresh.replace(self._file(name))

    def drop(self, name: str) -> None:
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / name.replace(" ", "-")
