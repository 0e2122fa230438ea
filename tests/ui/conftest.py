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
from app.vault import Vault
from tests.ui.locks import PASSPHRASE, vault_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a screen say that it has no window borders to size."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints", extend=True))


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
