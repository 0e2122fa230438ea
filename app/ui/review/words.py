"""What the rows and cards of recordings say, in a parent's words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QDate, QDateTime, QLocale, QTimeZone

from app.model import Decision, Kind, Row
from app.ui.look import Ink

DECISIONS: Mapping[Decision | None, str] = {
    Decision.KEEP: "keep",
    Decision.DELETE: "marked delete",
    None: "undecided",
    Decision.KEEPSAKE: "keepsake",
}
DECISION_INKS: Mapping[Decision | None, Ink] = {
    Decision.KEEP: Ink.KEEP,
    Decision.DELETE: Ink.DELETE,
    None: Ink.UNDECIDED,
    Decision.KEEPSAKE: Ink.ACCENT,
}
DECISION_ICONS: Mapping[Decision | None, str] = {
    Decision.KEEP: "check",
    Decision.DELETE: "trash-2",
    None: "circle-dashed",
    Decision.KEEPSAKE: "heart",
}
KINDS: Mapping[Kind, str] = {
    Kind.SAID: "something said",
    Kind.CONVERSATION: "a conversation",
    Kind.ACTIVITY: "activity nobody said",
    Kind.FORGOTTEN: "destroyed here",
}
NO_WORDS: Mapping[Kind, str] = {Kind.FORGOTTEN: "Destroyed here"}
"""What stands in the place of the words where there are none: if it is not told, that none were kept."""


def weekday_and_day(ms: int, *, short: bool) -> str:
    """ "Saturday, 14 March 2026" as the locale orders it, or with both names cut short."""
    form = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    if short:
        form = form.replace("dddd", "ddd").replace("MMMM", "MMM")
    return QLocale().toString(_moment(ms).date(), form)


def clock(ms: int) -> str:
    """The time of day."""
    return QLocale().toString(_moment(ms).time(), QLocale.FormatType.ShortFormat)


def sentence(row: Row) -> str:
    """The whole of *row* as a screen reader says it."""
    person = row.person or "someone"
    return "; ".join(
        (
            f"{person}, a child's" if row.childs else person,
            f"{weekday_and_day(row.at_ms, short=False)}, {clock(row.at_ms)}",
            row.device or "an unnamed device",
            row.request or NO_WORDS.get(row.kind, "No words were kept").lower(),
            DECISIONS[row.decision],
            "has sound" if row.recordings else "no sound",
        )
    )


def date_of(ms: int) -> QDate:
    """The household's day."""
    return _moment(ms).date()


def length(seconds: float) -> str:
    """ "0:03"."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def _moment(ms: int) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(ms, QTimeZone.systemTimeZone())
