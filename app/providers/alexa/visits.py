"""Which pages of a browser's network log count, where some of them were loaded more than once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.model import Entry, Problem
from app.providers.alexa.chains import Chain, Page, chained
from app.providers.alexa.har import ENTRIES, Answer, Question, answer
from app.providers.alexa.looking import DETAILS
from app.providers.alexa.records import account_of
from app.providers.alexa.sheets import Sheet
from app.providers.alexa.texts import parsed
from app.providers.json_stream import Damaged, elements


@dataclass(frozen=True, slots=True)
class Choice:
    """The entries of a log, by their number, that are not to be read: *replaced* were loaded before a later, whole load
    of the same list, *retried* failed and were there the next time."""

    replaced: frozenset[int]
    retried: frozenset[int]

    def __contains__(self, number: int) -> bool:
        return number in self.replaced or number in self.retried


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page of the history; *page* is None where it failed or is no list."""

    number: int
    question: Question
    surface: str
    failed: bool
    page: Page | None

    @property
    def place(self) -> tuple[int, int]:
        return (self.question.made.ms if self.question.made else 0, self.number)


def choose(log: Entry) -> Choice:
    """Looks no further into *log* than the addresses, times and tokens of its pages, and whose their records are."""
    seen = list(_seen(log))
    numbers = {id(one.page): one.number for one in seen if one.page}
    chains = chained(one.page for one in seen if one.page)
    whole = [chain for chain in chains if chain.asked and not chain.why]
    replaced = [chain for chain in chains if any(_replaces(other, chain) for other in whole)]
    return Choice(
        frozenset(numbers[id(page)] for chain in replaced for page in chain.pages), frozenset(_retried(seen, whole))
    )


def _seen(log: Entry) -> Iterator[_Seen]:
    try:
        with log.open() as stream:
            values = (value for keys, value, _ in elements(stream) if keys == ENTRIES)
            for number, value in enumerate(values):
                if found := answer(value):
                    yield _Seen(number, found.question, found.surface, found.body is None, _page(found))
    except (Damaged, Problem):  # whoever reads the log comes upon it too, and says so
        return


def _page(found: Answer) -> Page | None:
    body = parsed(found.body.decode("utf-8", "replace")) if found.body else None
    if not isinstance(body, dict) or found.surface not in body or found.surface == DETAILS:
        return None
    sheet = Sheet("", found.surface, found.question)
    for name, value in body.items():
        if name != found.surface:
            sheet.told(name, value)
        elif isinstance(value, list):
            sheet.rows = 1  # an empty list is an answer as well
            sheet.accounts = {account_of(row) for row in value if isinstance(row, dict)}
        else:
            sheet.nulls.append(0)
    return sheet.page(whole=True)


def _replaces(later: Chain, chain: Chain) -> bool:
    """Whether the whole list *later* shows what *chain* showed before, as it was by then."""
    return (
        later.surface == chain.surface
        and later.covers(chain.window)
        and chain.accounts <= later.accounts
        and all(later.is_later_than(page.at_ms) for page in chain.pages)
    )


def _retried(seen: Sequence[_Seen], whole: Sequence[Chain]) -> Iterator[int]:
    """The pages that failed, and were there when they, or the whole list, were asked for again."""
    last = {one.question.same: one.place for one in sorted(seen, key=lambda one: one.place) if not one.failed}
    for one in seen:
        if one.failed:
            at_ms = one.question.made.ms if one.question.made else None
            again = last.get(one.question.same, (0, 0)) > one.place
            anew = (
                chain.surface == one.surface and chain.covers(one.question.window) and chain.is_later_than(at_ms)
                for chain in whole
            )
            if again or any(anew):
                yield one.number
