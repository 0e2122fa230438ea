"""One page of the voice history, while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.providers.alexa.chains import Page, Window
from app.providers.alexa.har import Question
from app.providers.alexa.looking import ACTIVITIES
from app.providers.alexa.moments import milliseconds
from app.providers.alexa.texts import clean, text_of

_STOPPED = "noDataFoundWithinTimeLimit"


@dataclass(slots=True)
class Sheet:
    """What was seen so far of one page. *bare*: there is no list around its records; *guessed*: there is one, but of
    another name."""

    path: str
    surface: str
    question: Question
    tokens: list[object] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    turns: list[tuple[object, str]] = field(default_factory=list)
    nulls: list[int] = field(default_factory=list)
    rows: int = 0
    stopped: bool = False
    bare: bool = False
    guessed: bool = False
    conversation: str = ""
    accounts: set[str] = field(default_factory=set)

    @property
    def window(self) -> Window | None:
        """The time that the page speaks for. Activities came by number: there only the page itself says how far."""
        if self.surface == ACTIVITIES:
            return (min(self.times), max(self.times)) if self.times else None
        return self.question.window

    def told(self, name: str, value: object) -> None:
        """A value of the page that is no row."""
        if name.lower().endswith("token") and not name.startswith(("previous", "csrf")):
            self.tokens.append(value)
        elif name == _STOPPED:
            self.stopped = value is True
        elif name in ("startDate", "endDate") and (ms := milliseconds(value)) is not None:
            self.times.append(ms)
        elif name == "conversationId":
            self.conversation = clean(text_of(value))

    def page(self, whole: bool) -> Page:
        """What it says of its list, once it was read; *whole*: to its end."""
        tokens = self.tokens if self.tokens or not whole else [None]
        asked = self.surface != ACTIVITIES
        made = self.question.made
        return Page(
            self.surface,
            self.window,
            self.question.narrowed,
            tuple(tokens),
            stopped=self.stopped and any(tokens),
            null=bool(self.nulls) and not self.rows,
            accounts=frozenset(self.accounts - {""}),
            previous=self.question.previous if asked else None,
            at_ms=made.ms if made else None,
        )
