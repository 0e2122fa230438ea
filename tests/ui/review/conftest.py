"""A review page on a small family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from pytestqt.qtbot import QtBot

from app.library import Library
from app.providers.provider import Provider
from app.ui.jobs import JobRunner
from app.ui.review.page import ReviewPage
from tests.ui.review.family import move_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a machine without loudspeakers and without a screen say so. Only the first such mark of a test counts."""
    for item in items:
        if "review" in item.path.parts:
            said = "PulseAudioService|No audio device|This plugin does not support propagateSizeHints"
            item.add_marker(pytest.mark.qt_log_ignore(said, extend=True), append=False)


@pytest.fixture
def page(library: Library, jobs: JobRunner, vendors: Mapping[str, Provider], qtbot: QtBot) -> Iterator[ReviewPage]:
    move_in(library)
    made = ReviewPage(library, jobs, vendors)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    qtbot.waitUntil(lambda: made.table.currentIndex().isValid())
    made.table.setFocus()
    yield made
    jobs.close()
    made.shut()
