"""Which time the pages of a listing speak for, and whether they are all there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.model import Coverage

Window = tuple[int, int]
"""From and to in UTC milliseconds, both included."""

EVER: Window = (0, 2_147_483_647_000)
"""What the vendor's own page asks for when it shows everything."""

NOT_ENDED = "The list goes on: its last page is not there. Scroll down to the end of the history before saving it."
REPEATED = "Two pages point to the same next page, so some of the list may be missing."
STOPPED = "Amazon stopped looking before it reached the end of the list."
NARROWED = "The list was made for some devices only."
FAILED = "A page of the list could not be loaded."
DAMAGED = "Some of it could not be read."
LOOSE = "The file does not say whether it is the whole list."
NOTHING = "It shows nothing, and does not say for what time."
GAP = "There is a gap between the times that its pages speak for."
APART = "Its two lists speak for different times."


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of the list it belongs to. *tokens* lead to the next page, None where there is none; *window* is
    the time that was asked for, *narrowed* says that only a part of it was; *stopped*: the vendor gave up early."""

    surface: str
    window: Window | None
    narrowed: bool
    tokens: tuple[object, ...]
    stopped: bool


@dataclass(slots=True)
class _Chain:
    surface: str
    window: Window | None
    narrowed: bool
    seen: set[str] = field(default_factory=set)
    ended: bool = False
    fault: str = ""

    def add(self, page: Page) -> None:
        if page.stopped:
            self.fault = self.fault or STOPPED
        for token in page.tokens:
            if not token:
                self.ended = True
            elif str(token) in self.seen:
                self.fault = self.fault or REPEATED
            else:
                self.seen.add(str(token))

    @property
    def why(self) -> str:
        """Why it is not whole; "" if it is."""
        return (NARROWED if self.narrowed else "") or self.fault or ("" if self.ended else NOT_ENDED)


class Chains:
    """The pages of one export, put together to the lists that they were."""

    def __init__(self) -> None:
        self._chains: list[_Chain] = []
        self._why = ""

    def add(self, page: Page) -> None:
        """Pages asked for by a window come in their order; the order of loose ones is not known."""
        like = (page.surface, page.window, page.narrowed)
        for chain in reversed(self._chains):
            if (chain.surface, chain.window, chain.narrowed) == like and not (chain.ended and page.window):
                break
        else:
            chain = _Chain(*like)
            self._chains.append(chain)
        chain.add(page)

    def fault(self, why: str) -> None:
        """Something else that keeps the whole from being complete; the first one is told."""
        self._why = self._why or why

    def coverage(self, shown: Window | None, made_ms: int | None) -> Coverage:
        """The time all lists speak for. *shown*: the earliest and the latest record, for pages that name no time."""
        by_surface: dict[str, list[_Chain]] = {}
        for chain in self._chains:
            by_surface.setdefault(chain.surface, []).append(chain)
        spans = [span for chains in by_surface.values() if (span := self._span(chains, shown))]
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

    def _span(self, chains: Sequence[_Chain], shown: Window | None) -> Window | None:
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
