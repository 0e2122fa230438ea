"""The checklist of a plan: layer by layer what stands now, how we know, when we looked and when to look next."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.model import ChecklistRow, Outcome, Verdict
from app.ui import look, words
from app.ui.look import EDGE, GAP, HAIR, SMALL, Ink
from app.ui.widgets import Button, Card, Heading, Line, Picture, Prose, Quiet, QuietProse, Said, row, stack

VERDICTS = {
    Verdict.GONE: ("gone", "circle-check", Ink.KEEP, "No longer listed in {source}, looked at on {day}."),
    Verdict.STILL_HELD: ("still held", "circle-x", Ink.DELETE, "Still listed in {source}, looked at on {day}."),
    Verdict.REAPPEARED: (
        "came back",
        "circle-alert",
        Ink.DELETE,
        "Listed again in {source}, looked at on {day}, after an earlier look no longer found it.",
    ),
    Verdict.CANNOT_TELL: ("cannot tell", "circle-help", Ink.WARNING, "Looked at {source} on {day}: {how}"),
}
"""Each verdict as a word, a drawing, a colour (in this order), and the long form of it."""

_LAYER, _NOW, _HOW, _NEXT = range(4)


def long_form(outcome: Outcome) -> str:
    """What *outcome* says, in full."""
    form = VERDICTS[outcome.verdict][3]
    return form.format(source=outcome.source_name, day=words.day(outcome.looked_ms), how=outcome.how)


class VerdictWord(QWidget):
    """How many, and the verdict on them: a word first, a colour second."""

    def __init__(self, how_many: int, verdict: Verdict, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        word, drawing, ink, _ = VERDICTS[verdict]
        number = Said(words.number(how_many), ink)
        number.setFont(look.number_font(look.heading_font(number.font())))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance("00,000"))
        self.word = Said(word, ink)
        self.setToolTip(tip)
        self.setAccessibleName(f"{words.number(how_many)} {word}. {tip}")
        self.setLayout(row(number, Picture(drawing, 16, ink), self.word, 1, spacing=SMALL))


class Checklist(QWidget):
    """Emits `items_wanted` with the interactions behind a number and what they are."""

    items_wanted = Signal(object, str)

    def __init__(self, rows: Sequence[ChecklistRow], provider: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shows: list[Button] = []
        column = stack(Heading(provider), spacing=SMALL)
        judged = [one for one in rows if one.judged]
        if judged:
            column.addWidget(self._table(judged))
        if unseen := [one for one in rows if not one.judged]:
            title = "Other traces, and how each can be known" if judged else "How each trace can be known"
            column.addWidget(NotLooked(title, unseen))
        self.setLayout(column)

    def _table(self, rows: Sequence[ChecklistRow]) -> Card:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(EDGE)
        grid.setVerticalSpacing(SMALL + HAIR)
        grid.setColumnStretch(_HOW, 1)
        for place, name in enumerate(("Layer", "Now", "How we know", "Next look")):
            grid.addWidget(Quiet(name), 0, place)
        line = 1
        for one in rows:
            grid.addWidget(Line(), line, 0, 1, _NEXT + 1)
            line = self._put(grid, line + 1, one)
        card.column.addLayout(grid)
        return card

    def _put(self, grid: QGridLayout, line: int, one: ChecklistRow) -> int:
        """Put *one* into *grid* from *line* on; the next free line."""
        top = Qt.AlignmentFlag.AlignTop
        title = Said(one.title)
        title.setToolTip(one.knowable)
        grid.addWidget(title, line, _LAYER, top)
        due = Said(next_look(one.next_look_ms), Ink.ACCENT if is_due(one.next_look_ms) else Ink.QUIET)
        grid.addWidget(due, line, _NEXT, top)
        for outcome in one.outcomes:
            word = VerdictWord(len(outcome.items), outcome.verdict, long_form(outcome))
            grid.addWidget(word, line, _NOW, top)
            grid.addLayout(self._how(one, outcome), line, _HOW)
            line += 1
        if one.waiting:
            waiting = f"{words.number(one.waiting)} not looked at yet"
            grid.addWidget(Said(waiting, Ink.UNDECIDED), line, _NOW, top)
            line += 1
        return line

    def _how(self, one: ChecklistRow, outcome: Outcome) -> QGridLayout:
        word = VERDICTS[outcome.verdict][0]
        how = Prose(outcome.how)
        how.setToolTip(long_form(outcome))
        show = Button("Show", plain=True)
        show.setFixedHeight(show.fontMetrics().height() + HAIR)
        show.setAccessibleName(f"Show the {words.number(len(outcome.items))} {word}: {one.title}")
        show.clicked.connect(lambda: self.items_wanted.emit(outcome.items, f"{one.title}: {word}"))
        self.shows.append(show)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(HAIR)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(2, 1)
        grid.addWidget(how, 0, 0)
        grid.addWidget(Quiet(f"looked {words.day(outcome.looked_ms)}"), 1, 0)
        grid.addWidget(show, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        return grid


class NotLooked(Card):
    """The layers that no archive shows, each with the reason."""

    def __init__(self, title: str, rows: Sequence[ChecklistRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.addLayout(row(Picture("circle-help", 16, Ink.QUIET), Heading(title), 1))
        grid = QGridLayout()
        grid.setHorizontalSpacing(EDGE)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(2, 1)
        for place, one in enumerate(rows):
            grid.addWidget(Said(one.title), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(QuietProse(one.knowable), place, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(grid)


def is_due(next_ms: int | None) -> bool:
    """Whether a look is due now."""
    return next_ms is not None and next_ms <= time.time() * 1000


def next_look(next_ms: int | None) -> str:
    """When to look next, in a word."""
    if next_ms is None:
        return "no more looks"
    return "now" if is_due(next_ms) else words.day(next_ms)


def by_provider(rows: Sequence[ChecklistRow]) -> Iterator[tuple[str, list[ChecklistRow]]]:
    """The rows of each provider, in the order in which they come."""
    for key in dict.fromkeys(one.provider for one in rows):
        yield key, [one for one in rows if one.provider == key]
