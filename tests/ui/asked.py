"""Finding the question that a page asks, for the tests of the window."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.question import Question

Asked = TypeVar("Asked", bound=Question)


def question_of(page: QWidget, kind: type[Asked], qtbot: QtBot) -> Asked:
    """The question of this *kind* that *page* asks now."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(kind)))
    (question,) = (one for one in page.findChildren(kind) if one.isVisible())
    return question
