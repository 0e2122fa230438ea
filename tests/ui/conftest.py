"""A locked library, a worker and the vendors for the tests of the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.library import Library
from app.providers.provider import Provider
from app.providers.registry import providers
from app.ui.desk import Desk
from app.ui.jobs import JobRunner
from app.vault import Keychain, Vault
from tests.ui import made_up
from tests.ui.locks import PASSPHRASE, vault_of
from tests.ui.somebody import Open, Somebody


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a machine without a screen say what it cannot do with windows, and one without loudspeakers that."""
    for item in items:
        said = "PulseAudioService|pipewire|No audio device|This plugin does not support"
        item.add_marker(pytest.mark.qt_log_ignore(said, extend=True))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """The lock of `library`, open."""
    folder = tmp_path / "library"
    folder.mkdir()
    made = vault_of(folder)
    made.make(PASSPHRASE)
    return made


@pytest.fixture
def library(vault: Vault) -> Iterator[Library]:
    with Library.open(vault.folder, vault.keys) as opened:
        yield opened


@pytest.fixture
def jobs(library: Library, qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner(library)
    yield runner
    runner.close()


@pytest.fixture
def vendors() -> Mapping[str, Provider]:
    return providers()


@pytest.fixture
def window(library: Library, jobs: JobRunner, vendors: Mapping[str, Provider], vault: Vault, qtbot: QtBot) -> Desk:
    made = Desk(library, jobs, vendors, vault)
    qtbot.addWidget(made)  # which closes it when the test is over
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "library"
    made.mkdir()
    return made


@pytest.fixture
def open_window(folder: Path, qtbot: QtBot) -> Iterator[Open]:
    opened: list[Somebody] = []

    def open_it(keychain: Keychain | None = None, *, practice: bool = False) -> Somebody:
        opened.append(Somebody(folder, qtbot, keychain, practice=practice))
        return opened[-1]

    yield open_it
    for one in opened:
        one.qtbot.waitUntil(one.frame.close)


@pytest.fixture
def lived_in(folder: Path) -> Path:
    """A locked library with forty things said."""
    vault = vault_of(folder)
    with Library.open(folder, vault.make(PASSPHRASE)) as library:
        made_up.first_archive(library, 40)
        made_up.mark_children(library)
    return folder
