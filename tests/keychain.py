"""A keychain in memory, for every test that needs one."""

from __future__ import annotations

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
