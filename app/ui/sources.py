"""What came out of an archive, and everything in it that was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.model import Issue, Source
from app.ui import icons, look, words
from app.ui.look import HAIR, SMALL, Ink
from app.ui.scroll import SlimBar
from app.ui.widgets import Button, Card, Heading, Picture, Quiet, QuietProse, Said, row, stack

_ROWS_SHOWN = 8
_BESIDE = SMALL + HAIR


class LongList(QListView):
    """Any number of lines of plain text, a few of them in sight."""

    def __init__(self, name: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        if not look.native():
            self.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.setModel(QStringListModel(list(lines), self))
        high = self.sizeHintForRow(0) if lines else 0
        self.setFixedHeight(high * min(len(lines), _ROWS_SHOWN) + 2 * self.frameWidth())


class Expander(QWidget):
    """A button that opens and closes a long list below it."""

    def __init__(self, what: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = what
        self.toggle = Button(what, "chevron-right", plain=True)
        self.toggle.setCheckable(True)
        self.list = LongList(what, lines)
        self.list.hide()
        self.toggle.toggled.connect(self._show)
        self.setLayout(stack(row(self.toggle, 1), self.list, spacing=0))

    def _show(self, wanted: bool) -> None:
        self.list.setVisible(wanted)
        self.toggle.show_drawing("chevron-down" if wanted else "chevron-right")


class SourceCard(Card):
    """One source: its name, what came out of it, and what did not."""

    def __init__(self, source: Source, provider: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = Said(summary(source))
        self.summary.setWordWrap(True)
        name = Heading(source.name)
        about = Quiet(f"{provider} · brought in {words.moment(source.brought_in_ms)}")
        text = stack(row(name, 1, about), self.summary, spacing=4)
        self.column.addLayout(row(self._picture(source), text, spacing=_BESIDE))
        for sentence in _cautions(source):
            text.addWidget(QuietProse(sentence, Ink.WARNING))
        self.unread: Expander | None = None
        if lines := list(_unread(source)):
            self.unread = Expander(f"What could not be read ({words.number(len(lines))})", lines)
            below = stack(self.unread)
            below.setContentsMargins(icons.SIZE + _BESIDE - SMALL, 0, 0, 0)
            self.column.addLayout(below)

    @staticmethod
    def _picture(source: Source) -> QWidget:
        whole = QWidget()
        complete = source.coverage.complete
        picture = Picture("circle-check", ink=Ink.KEEP) if complete else Picture("triangle-alert", ink=Ink.WARNING)
        whole.setLayout(stack(picture, 1))
        return whole


def summary(source: Source) -> str:
    """What came out of *source*, in one line."""
    said = sum(number for kind, number in source.kinds.items() if kind != "activity")
    parts = [f"{words.count(said, 'thing')} said"]
    if source.coverage.from_ms is not None and source.coverage.to_ms is not None:
        parts.append(words.span(source.coverage.from_ms, source.coverage.to_ms))
    if source.matched:
        parts.append(f"{words.number(source.matched)} with sound")
    if source.missing:
        parts.append(f"{words.count(source.missing, 'sound')} named but not there")
    if source.unmatched:
        parts.append(f"{words.count(source.unmatched, 'sound')} that no record names")
    if activities := sum(source.activities.values()):
        parts.append(f"{words.count(activities, 'row')} that nobody said")
    parts.append("nothing new" if not source.new else f"{words.number(source.new)} new")
    return " · ".join(parts)


def _cautions(source: Source) -> Iterator[str]:
    if not source.coverage.complete:
        yield f"Not complete: {source.coverage.why}" if source.coverage.why else "Not complete."


def _unread(source: Source) -> Iterator[str]:
    for issue in source.issues:
        where = f"{issue.path}, row {issue.row}" if issue.row is not None else issue.path
        yield f"{where}: {issue.message}"
    for path in source.unread:
        yield f"{path}: not a file that Earshot reads"


class UnreadCard(Card):
    """The files of a drop that belong to no archive we know."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list: Expander | None = None

    def show_unread(self, paths: Sequence[str], issues: Sequence[Issue] = ()) -> None:
        """Show *paths*, each with what *issues* say of it, or nothing if there are none."""
        if self.list is not None:
            self.list.deleteLater()
            self.list = None
        self.setVisible(bool(paths))
        if paths:
            why = {issue.path: issue.message for issue in issues}
            lines = [f"{path}: {why[path]}" if path in why else path for path in paths]
            self.list = Expander(f"{words.count(len(paths), 'file')} that Earshot could not read", lines)
            self.column.addWidget(self.list)
