"""Which time the pages of a listing speak for, and whether they are all there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.model import Coverage

Window = tuple[int, int]
"""From and to in UTC milliseconds, both included."""

EVER: Window = (0, 2_147_483_647_000)
"""What the vendor's own page asks for when it shows everything."""

NOT_BEGUN = "The list does not begin with its first page. Start saving before the history is loaded."
NOT_ENDED = "The list goes on: its last page is not there. Scroll down to the end of the history before saving it."
REPEATED = "Two pages point to the same next page, so some of the list may be missing."
STOPPED = "Amazon stopped looking before it reached the end of the list."
NARROWED = "The list was made for some devices only."
UNANSWERED = "Amazon answered without a list."
FAILED = "A page of the list could not be loaded."
DAMAGED = "Some of it could not be read."
LOOSE = "The file does not say whether it is the whole list."
NOTHING = "It shows nothing, and does not say for what time."
GAP = "There is a gap between the times that its pages speak for."
APART = "Its two lists speak for different times."


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of the list it belongs to. *tokens* lead to the next page, None where there is none; *previous*
    is the one it was asked for by: "" for a first page, None where the request is not known. *window* is the time that
    was asked for, *narrowed* says that only a part of it was; *stopped*: the vendor gave up early; *null*: there is no
    list where one should be. *accounts* are those of its records, *at_ms* is when it was loaded."""

    surface: str
    window: Window | None
    narrowed: bool
    tokens: tuple[object, ...] = field(repr=False)
    stopped: bool
    null: bool = False
    accounts: frozenset[str] = frozenset()
    previous: str | None = field(default=None, repr=False)
    at_ms: int | None = None


@dataclass(slots=True)
class Chain:
    """One list, as far as its pages are there."""

    surface: str
    window: Window | None
    narrowed: bool
    asked: bool
    pages: list[Page] = field(default_factory=list)
    _handed: set[str] = field(default_factory=set, repr=False)
    _used: set[str] = field(default_factory=set, repr=False)
    _ended: bool = False
    _fault: str = ""

    def takes(self, page: Page) -> bool:
        """Whether *page*, asked for like the others, goes on where they left off."""
        if page.previous is not None:
            return page.previous in self._handed
        return not (self._ended and self.window)

    def add(self, page: Page) -> None:
        if page.stopped or (page.null and any(page.tokens)):
            self._fault = self._fault or (STOPPED if page.stopped else UNANSWERED)
        if page.previous and not self.pages:
            self._fault = self._fault or NOT_BEGUN
        loaded_again = page.previous is not None and page.previous in self._used
        for token in page.tokens:
            if not token:
                self._ended = True
            elif str(token) in self._handed and not loaded_again:
                self._fault = self._fault or REPEATED
            else:
                self._handed.add(str(token))
        if page.previous is not None:
            self._used.add(page.previous)
        self.pages.append(page)

    @property
    def accounts(self) -> frozenset[str]:
        return frozenset(account for page in self.pages for account in page.accounts)

    @property
    def why(self) -> str:
        """Why it is not whole; "" if it is."""
        if self.narrowed or self._fault:
            return NARROWED if self.narrowed else self._fault
        if not self._ended or (self.asked and not self._handed <= self._used):
            return NOT_ENDED
        return UNANSWERED if all(page.null for page in self.pages) else ""

    def covers(self, window: Window | None) -> bool:
        """Whether it was asked for at least the time that *window* was."""
        if self.window is None or window is None:
            return self.window == window
        return self.window[0] <= window[0] and window[1] <= self.window[1]

    def is_later_than(self, at_ms: int | None) -> bool:
        """Whether every page of it was loaded after *at_ms*."""
        return at_ms is not None and all(page.at_ms is not None and page.at_ms > at_ms for page in self.pages)


def chained(pages: Iterable[Page]) -> list[Chain]:
    """*pages* put together to the lists that they were: by their tokens, and where the requests are not known, by the
    account of their records. Pages asked for by a window come in their order; the order of loose ones is not known."""
    pages = in_time(pages)
    sole = len({account for page in pages for account in page.accounts}) < 2
    chains: dict[tuple[object, ...], list[Chain]] = {}
    for page in pages:
        asked = page.previous is not None
        like = (page.surface, page.window, page.narrowed, asked, sole or asked or page.accounts)
        known = chains.setdefault(like, [])
        chain = next((chain for chain in reversed(known) if chain.takes(page)), None)
        if chain is None:
            known.append(chain := Chain(page.surface, page.window, page.narrowed, asked))
        chain.add(page)
    return [chain for known in chains.values() for chain in known]


def in_time(pages: Iterable[Page]) -> list[Page]:
    """*pages* in the order in which they were loaded, if all of them say when."""
    pages = list(pages)
    times = [page.at_ms for page in pages]
    if any(at_ms is None for at_ms in times):
        return pages
    return sorted(pages, key=lambda page: page.at_ms or 0)


class Chains:
    """The pages of one export, and what they cover."""

    def __init__(self) -> None:
        self._pages: list[Page] = []
        self._why = ""

    def add(self, page: Page) -> None:
        self._pages.append(page)

    def fault(self, why: str) -> None:
        """Something else that keeps the whole from being complete; the first one is told."""
        self._why = self._why or why

    def coverage(self, shown: Window | None, made_ms: int | None) -> Coverage:
        """The time all lists speak for. *shown*: the earliest and the latest record, for pages that name no time."""
        chains = chained(self._pages)
        sole = len({account for page in self._pages for account in page.accounts}) < 2
        lists: dict[tuple[str, frozenset[str]], list[Chain]] = {}
        for chain in chains:
            lists.setdefault((chain.surface, frozenset() if sole else chain.accounts), []).append(chain)
        spans = [span for of in lists.values() if (span := self._span(of, shown))]
        if not spans:
            if shown is None:
                self.fault(NOTHING)
                return Coverage(None, None, False, self._why)
            self.fault(LOOSE)
            spans = [shown]
        since, until = max(span[0] for span in spans), min(span[1] for span in spans)
        if since > until:
            self.fault(APART)
            since, until = min(span[0] for span in spans), max(span[1] for span in spans)
        if made_ms is not None:
            until = min(until, made_ms)
        from_ms = since if since > EVER[0] else None
        return Coverage(from_ms, until if until < EVER[1] else None, not self._why, self._why)

    def _span(self, chains: Sequence[Chain], shown: Window | None) -> Window | None:
        """The time that the lists of one surface speak for; what is missing of it is a fault."""
        whole = merged([window for chain in chains if not chain.why and (window := chain.window or shown)])
        for chain in chains:
            window = chain.window or shown
            if chain.why and not (window and any(since <= window[0] and window[1] <= to for since, to in whole)):
                self.fault(chain.why)
        if len(whole) > 1:
            self.fault(GAP)
        windows = whole or [window for chain in chains if (window := chain.window or shown)]
        if not windows:
            self.fault(NOTHING)
            return None
        return min(window[0] for window in windows), max(window[1] for window in windows)


def merged(windows: Sequence[Window]) -> list[Window]:
    """*windows* with those that touch put together, earliest first."""
    spans: list[Window] = []
    for since, until in sorted(windows):
        if spans and since <= spans[-1][1] + 1:
            spans[-1] = spans[-1][0], max(spans[-1][1], until)
        else:
            spans.append((since, until))
    return spans
