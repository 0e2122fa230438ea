"""Only a keychain that the system itself seals is used, and its refusals become sentences."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import InitError, KeyringError, KeyringLocked, PasswordDeleteError, PasswordSetError

from app.model import Problem
from app.vault import system_keychain


class SystemBackend(KeyringBackend):
    """What keyring would hold for a system's own keychain."""

    priority = 0  # keyring never chooses it by itself

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.refusal: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        del self.kept[service, username]

    def _answer(self) -> None:
        if self.refusal is not None:
            raise self.refusal


SystemBackend.__module__ = "keyring.backends.SecretService"


class FileBackend(SystemBackend):
    """A backend that writes its secrets into a file, as some packages bring them."""


FileBackend.__module__ = "keyrings.alt.file"


class ForgetfulBackend(SystemBackend):
    """Says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


ForgetfulBackend.__module__ = "keyring.backends.macOS"


class ChainOf(chainer.ChainerBackend):
    """Stands for several backends, as keyring does it where there are some."""

    backends: tuple[KeyringBackend, ...] = ()

    def __init__(self, *backends: KeyringBackend) -> None:
        self.backends = backends


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_the_tests_never_touch_the_keychain_of_whoever_runs_them() -> None:
    assert isinstance(keyring.get_keyring(), fail.Keyring)
    assert system_keychain() is None


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, FileBackend])
def test_what_the_system_does_not_seal_is_not_used(backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())

    assert system_keychain() is None


def test_the_systems_own_is_found_behind_a_file_that_is_preferred() -> None:
    own = SystemBackend()
    keyring.set_keyring(ChainOf(FileBackend(), own))
    keychain = system_keychain()
    assert keychain is not None

    keychain.put("a", "secret")

    assert own.kept == {("Earshot", "a"): "secret"}


def test_a_secret_is_kept_given_back_and_dropped() -> None:
    keyring.set_keyring(SystemBackend())
    keychain = system_keychain()
    assert keychain is not None

    before = keychain.get("a")
    keychain.put("a", "secret")
    kept = keychain.get("a")
    keychain.drop("a")
    keychain.drop("a")
    after = keychain.get("a")

    assert (before, kept, after) == (None, "secret", None)


def test_a_keychain_that_keeps_nothing_is_found_out() -> None:
    keyring.set_keyring(ForgetfulBackend())
    keychain = system_keychain()
    assert keychain is not None

    with pytest.raises(Problem, match="did not keep"):
        keychain.put("a", "secret")


@pytest.mark.parametrize(
    "refusal", [InitError, KeyringLocked, PasswordSetError, PasswordDeleteError, KeyringError, ConnectionResetError]
)
def test_a_keychain_that_refuses_is_told_without_the_secret(refusal: type[Exception]) -> None:
    backend = SystemBackend()
    keyring.set_keyring(backend)
    keychain = system_keychain()
    assert keychain is not None
    keychain.put("a", "secret")
    backend.refusal = refusal("no")

    with pytest.raises(Problem, match="did not answer") as put:
        keychain.put("a", "another secret")
    with pytest.raises(Problem, match="did not answer") as dropped:
        keychain.drop("a")

    assert backend.kept == {("Earshot", "a"): "secret"}
    assert not [told for told in (put, dropped) if "secret" in str(told.value)]


@pytest.mark.skipif(sys.platform != "linux", reason="the errors of D-Bus are those of Linux")
def test_an_error_of_the_systems_own_library_is_a_refusal_too() -> None:
    from secretstorage.exceptions import SecretServiceNotAvailableException

    backend = SystemBackend()
    keyring.set_keyring(backend)
    keychain = system_keychain()
    assert keychain is not None
    backend.refusal = SecretServiceNotAvailableException("gone")

    with pytest.raises(Problem, match="did not answer"):
        keychain.put("a", "secret")


_SESSION = """
printf 'a passphrase' | gnome-keyring-daemon --unlock --daemonize --components=secrets >"$HOME/daemon" 2>&1
exec "$0" -c '
from app.vault import system_keychain

keychain = system_keychain()
print(keychain.get("a"))
keychain.put("a", "secret")
print(keychain.get("a"))
keychain.drop("a")
keychain.drop("a")
print(keychain.get("a"))
'
"""


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs dbus-run-session and gnome-keyring-daemon",
)
def test_the_real_keychain_of_a_desktop_keeps_gives_back_and_drops(tmp_path: Path) -> None:
    own = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    own |= {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    kept_apart = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"} | own

    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", _SESSION, sys.executable],
        env=kept_apart,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.stdout.split() == ["None", "secret", "None"], done.stderr
