"""The keychain of the system: where this computer keeps its half of the key, and the head of the log."""

from __future__ import annotations

import sys
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
        try:
            return self._backend.get_password(_SERVICE, name)
        except _refusals() as error:
            raise _silent() from error

    def put(self, name: str, secret: str) -> None:
        try:
            self._backend.set_password(_SERVICE, name, secret)
        except _refusals() as error:
            raise _silent() from error
        if self.get(name) != secret:
            raise Problem("The keychain of this computer did not keep what it was given.", advice=_ADVICE)

    def drop(self, name: str) -> None:
        if self.get(name) is None:
            return
        try:
            self._backend.delete_password(_SERVICE, name)
        except _refusals() as error:
            raise _silent() from error


_ADVICE = "Unlock the keychain and try again, or use the recovery code."
_SYSTEMS_ERRORS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("dbus", "DBusException"),
    ("gi.repository.GLib", "Error"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)
"""What keyring lets through of the libraries it stands on. Which of them it uses depends on the system."""


def _refusals() -> tuple[type[Exception], ...]:
    """The exceptions by which a keychain says no."""
    from keyring.errors import KeyringError

    others = (getattr(sys.modules[module], name) for module, name in _SYSTEMS_ERRORS if module in sys.modules)
    return (KeyringError, OSError, *others)


def _silent() -> Problem:
    return Problem("The keychain of this computer did not answer.", advice=_ADVICE)
