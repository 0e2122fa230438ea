"""The filter bar: what the parent wants to see, said in chips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QDate, QTimeZone, Signal
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from app.model import Decision, Filter, Kind, Member, Speaker
from app.providers.provider import Provider
from app.ui import words
from app.ui.review.between import BetweenDays, BetweenHours, hour_words
from app.ui.review.chips import Chip, ChoiceChip, Flow
from app.ui.review.search import Offer
from app.ui.review.words import DECISIONS, date_of

T = TypeVar("T")

_SPOKEN = Filter().kinds
_KINDS = (
    (frozenset({Kind.SAID}), "Single requests"),
    (frozenset({Kind.CONVERSATION}), "Conversations"),
    (frozenset({Kind.ACTIVITY}), "Activity nobody said"),
    (frozenset(Kind) - {Kind.FORGOTTEN}, "Everything"),
    (frozenset({Kind.FORGOTTEN}), "Destroyed here"),
)
_SOUNDS = ((True, "With sound"), (False, "Without sound"))
_HOURS = ((6, 9), (9, 15), (15, 18), (18, 22), (22, 6))
_MOST_SKILLS = 30


class FilterBar(QWidget):
    """Emits `changed` whenever another filter is wanted; `wanted` is that filter, without the words searched for."""

    changed = Signal()

    def __init__(self, providers: Mapping[str, Provider], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._providers = providers
        self._earliest = self._latest = QDate.currentDate()
        self.children_only = Chip("The children's")
        self.children_only.setCheckable(True)
        self.device = ChoiceChip("Device", "Any device", several=True)
        self.person = ChoiceChip("Person", "Anyone", several=True)
        self.dates = ChoiceChip("Dates", "Any time")
        self.hours = ChoiceChip("Hours", "Any hour of the day")
        self.sound = ChoiceChip("Sound", "With or without sound")
        self.decision = ChoiceChip("Decision", "Decided or not", several=True)
        self.assistant = ChoiceChip("Assistant", "Any assistant", several=True)
        self.kind = ChoiceChip("Kind", "What was said")
        self.skill = ChoiceChip("Skill", "Any skill", several=True)
        self.clear_all = Chip("Clear all")
        self._choices = (
            self.device, self.person, self.dates, self.hours, self.sound,
            self.decision, self.assistant, self.kind, self.skill,
        )  # fmt: skip
        self._between_days = self.dates.add_action("Between two days…")
        self._between_hours = self.hours.add_action("Between two hours…")
        self._quiet = False
        self._lay_out()
        self._offer_fixed()
        self._connect()

    @property
    def wanted(self) -> Filter:
        """What the chips say."""
        since, until = _only(self.dates.chosen, (None, None))
        return Filter(
            children=self.children_only.isChecked(),
            people=frozenset().union(*self.person.chosen),
            devices=frozenset().union(*self.device.chosen),
            providers=self.assistant.chosen,
            skills=self.skill.chosen,
            kinds=_only(self.kind.chosen, _SPOKEN),
            since_ms=since,
            until_ms=until,
            hours=_only(self.hours.chosen, None),
            with_sound=_only(self.sound.chosen, None),
            decisions=self.decision.chosen,
        )

    def offer(self, offer: Offer) -> None:
        """Let the parent choose among what the library holds."""
        self.person.offer(_by_name(offer.members))
        self.device.offer(_by_name(offer.speakers))
        self.assistant.offer([(key, self._name(key)) for key in offer.facets.providers])
        self.skill.offer([(name, name) for name in list(offer.facets.skills)[:_MOST_SKILLS]])
        self.assistant.setVisible(len(offer.facets.providers) > 1 or self.assistant.active)
        self.skill.setVisible(bool(offer.facets.skills) or self.skill.active)
        if offer.facets.earliest_ms is not None and offer.facets.latest_ms is not None:
            self._earliest = date_of(offer.facets.earliest_ms)
            self._latest = date_of(offer.facets.latest_ms)
        self.dates.offer(_spans(self._earliest, self._latest))

    def show_children(self) -> None:
        """Show the children's, and nothing less than all of them."""
        self._all_at_once(children=True)

    def clear(self) -> None:
        """Narrow by nothing."""
        self._all_at_once(children=False)

    def _all_at_once(self, *, children: bool) -> None:
        before, self._quiet = self.wanted, True
        for choice in self._choices:
            choice.choose(())
        self.children_only.setChecked(children)
        self._quiet = False
        if before != self.wanted:
            self._tell()

    def _tell(self) -> None:
        if not self._quiet:
            self.clear_all.setVisible(self.wanted != Filter())
            self.changed.emit()

    def _lay_out(self) -> None:
        flow = Flow(self)
        for part in (self.children_only, *self._choices, self.clear_all):
            flow.addWidget(part)
        self.clear_all.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _offer_fixed(self) -> None:
        self.kind.offer(_KINDS)
        self.sound.offer(_SOUNDS)
        self.hours.offer([(hours, _hours_words(hours)) for hours in _HOURS])
        self.decision.offer([(one, DECISIONS[one].capitalize()) for one in (None, *Decision)])
        self.assistant.hide()
        self.skill.hide()

    def _connect(self) -> None:
        self.children_only.toggled.connect(self._tell)
        self.clear_all.clicked.connect(self.clear)
        for choice in self._choices:
            choice.changed.connect(self._tell)
        self._between_days.triggered.connect(self._ask_days)
        self._between_hours.triggered.connect(self._ask_hours)

    def _ask_days(self) -> None:
        question = BetweenDays(self._earliest, self._latest, self)
        if question.exec() == QDialog.DialogCode.Accepted:
            first, last = question.days
            span = _start_of(first), _start_of(last.addDays(1))
            self.dates.choose([(span, words.span(span[0], span[1] - 1))])

    def _ask_hours(self) -> None:
        question = BetweenHours(self)
        if question.exec() == QDialog.DialogCode.Accepted:
            self.hours.choose([(question.hours, _hours_words(question.hours))])

    def _name(self, key: str) -> str:
        return self._providers[key].name if key in self._providers else key


def with_words(wanted: Filter, searched: str) -> Filter:
    """*wanted*, narrowed to what holds the words *searched*."""
    return replace(wanted, words=searched.strip())


def _only(chosen: frozenset[Any], otherwise: T) -> T:
    chosen_ones: frozenset[T] = chosen
    return next(iter(chosen_ones), otherwise)


def _by_name(all_of_them: Iterable[Member | Speaker]) -> list[tuple[frozenset[int], str]]:
    """Those of one name as one choice: a child has a profile with every vendor."""
    names: dict[str, set[int]] = {}
    for one in all_of_them:
        names.setdefault(one.name or "Without a name", set()).add(one.id)
    return [(frozenset(ids), name) for name, ids in sorted(names.items(), key=lambda pair: pair[0].casefold())]


def _spans(earliest: QDate, latest: QDate) -> list[tuple[tuple[int | None, int | None], str]]:
    today = QDate.currentDate()
    spans: list[tuple[tuple[int | None, int | None], str]] = [
        ((_start_of(today.addDays(-6)), None), "Last 7 days"),
        ((_start_of(today.addDays(-29)), None), "Last 30 days"),
        ((_start_of(today.addMonths(-12)), None), "Last 12 months"),
    ]
    for year in range(latest.year(), earliest.year() - 1, -1):
        spans.append(((_start_of(QDate(year, 1, 1)), _start_of(QDate(year + 1, 1, 1))), str(year)))
    return spans


def _start_of(day: QDate) -> int:
    return day.startOfDay(QTimeZone.systemTimeZone()).toMSecsSinceEpoch()


def _hours_words(hours: tuple[int, int]) -> str:
    return f"{hour_words(hours[0])} to {hour_words(hours[1])}"
