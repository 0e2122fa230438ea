"""A library, a worker and the vendors for the tests of the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.library import Library
from app.providers.provider import Provider
from app.providers.registry import providers
from app.ui.jobs import JobRunner
from app.ui.window import MainWindow
from tests.keys import KEYS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a screen say that it has no window borders to size."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints", extend=True))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", KEYS) as opened:
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
def window(library: Library, jobs: JobRunner, vendors: Mapping[str, Provider], qtbot: QtBot) -> MainWindow:
    made = MainWindow(library, jobs, vendors)
    qtbot.addWidget(made)  # which closes it when the test is over
    return made
