"""The keychain of the system: where this computer keeps its half of the key, and the head of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.model import Problem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "Earshot"
_SYSTEMS_OWN = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
"""Only what a system itself seals. Other backends write plain files, and a key in a file protects nothing."""


class Keychain(Protocol):
    """Keeps short secrets by name; each method raises a `Problem` where the system refuses."""

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, secret: str) -> None: ...

    def drop(self, name: str) -> None: ...


def system_keychain() -> Keychain | None:
    """The keychain of this system, or None if it has none that can be trusted."""
    import keyring  # it looks through the installed packages, which takes a moment

    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", [chosen]):  # one keyring may stand for several, the best one first
        if type(backend).__module__.startswith(_SYSTEMS_OWN):
            return _SystemKeychain(backend)
    return None


class _SystemKeychain:
    def __init__(self, backend: KeyringBackend) -> None:
        self._backend = backend

    def get(self, name: str) -> str | None:
        from keyring.errors import KeyringError

        try:
            return self._backend.get_password(_SERVICE, name)
        except KeyringError as error:
            raise _silent() from error

    def put(self, name: str, secret: str) -> None:
        from keyring.errors import KeyringError

        try:
            self._backend.set_password(_SERVICE, name, secret)
            kept = self._backend.get_password(_SERVICE, name)
        except KeyringError as error:
            raise _silent() from error
        if kept != secret:
            raise Problem("The keychain of this computer did not keep what it was given.", advice=_ADVICE)

    def drop(self, name: str) -> None:
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            self._backend.delete_password(_SERVICE, name)
        except PasswordDeleteError:
            pass  # it was not there
        except KeyringError as error:
            raise _silent() from error


_ADVICE = "Unlock the keychain and try again, or use the recovery code."


def _silent() -> Problem:
    return Problem("The keychain of this computer did not answer.", advice=_ADVICE)
