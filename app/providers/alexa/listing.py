"""Reads the files of one export: rows become interactions, pages become coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, BinaryIO

from app.model import Entry, Export, Interaction, Issue, Kind, Moment, Problem, Told
from app.providers.alexa import chains
from app.providers.alexa.chains import EVER, Chains, Page, Window
from app.providers.alexa.conversations import WORDLESS, Conversations, Details
from app.providers.alexa.har import ENTRIES, Answer, Question, answer
from app.providers.alexa.looking import ACTIVITIES, DETAILS, HEAD, RAH, RVH, alone, look, record_in
from app.providers.alexa.moments import milliseconds
from app.providers.alexa.records import (
    CONVERSATION,
    CONVERSATIONS,
    DAMAGED_ROW,
    IMPOSSIBLE_TIME,
    WORDS,
    Records,
    is_record,
    unshown,
)
from app.providers.alexa.sounds import Sounds
from app.providers.alexa.texts import clean, cleaned, risky, text_of
from app.providers.json_stream import Damaged, elements
from app.providers.provider import Reading

_SENTENCES = {
    DAMAGED_ROW: "A record, or a part of it, could not be read.",
    IMPOSSIBLE_TIME: "A record gives a time at which nobody can have spoken.",
}
_DAMAGED_PAGE = "The file is damaged: what stands before the damage was read."
_STOPPED = "noDataFoundWithinTimeLimit"


@dataclass(slots=True)
class _Sheet:
    """What was seen so far of one page."""

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
    conversation: str = ""

    @property
    def window(self) -> Window | None:
        """The time that the page speaks for. Activities came by number: there only the page itself says how far."""
        if self.surface == ACTIVITIES:
            return (min(self.times), max(self.times)) if self.times else None
        return self.question.window

    def told(self, name: str, value: object) -> None:
        """A value of the page that is no row."""
        if name.lower().endswith("token") and not name.startswith("previous"):
            self.tokens.append(value)
        elif name == _STOPPED:
            self.stopped = value is True
        elif name in ("startDate", "endDate") and (ms := milliseconds(value)) is not None:
            self.times.append(ms)
        elif name == "conversationId":
            self.conversation = clean(text_of(value))


class Listing:
    """One reading of one export."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._records = Records(Sounds(export.sounds))
        self._conversations = Conversations()
        self._chains = Chains()
        self._accounts: dict[str, None] = {}
        self._shelves = {""}
        self._earliest, self._latest = EVER[1] * 2, 0
        self._made: Moment | None = None
        self._row = 0

    def reading(self) -> Reading:
        for entry in self._export.records:
            yield from self._file(entry)
        for found in self._conversations.joined():
            if isinstance(found, Interaction):
                self._note(found)
            elif found.code != WORDLESS:
                self._chains.fault(chains.DAMAGED)
            yield found
        shown = (self._earliest, self._latest) if self._latest else None
        coverage = self._chains.coverage(shown, self._made.ms if self._made else None)
        return Told(tuple(self._accounts), self._made, coverage, shelves=frozenset(self._shelves))

    def _file(self, entry: Entry) -> Iterator[Interaction | Issue]:
        self._row = 0
        try:
            found = look(entry.head())
            with entry.open() as stream:
                if found is not None and found.har:
                    yield from self._log(entry.path, stream)
                else:
                    yield from self._page(entry.path, stream, found.surface if found else "", Question())
        except Problem as problem:
            yield self._damage(entry.path, "damaged-file", problem.message)

    def _log(self, path: str, stream: BinaryIO) -> Iterator[Interaction | Issue]:
        """The pages of the voice history in a browser's network log."""
        try:
            for keys, value, _ in elements(stream):
                if keys == ENTRIES and (found := answer(value)):
                    yield from self._answer(path, found)
        except Damaged:
            yield self._damage(path, "damaged-page", _DAMAGED_PAGE)

    def _answer(self, path: str, answer: Answer) -> Iterator[Interaction | Issue]:
        if answer.body is None:
            self._chains.fault(chains.FAILED)
            yield Issue(path, None, "failed-page", chains.FAILED)
            return
        made = answer.question.made
        if made and (self._made is None or self._made.ms < made.ms):
            self._made = made
        yield from self._page(path, BytesIO(answer.body), answer.surface, answer.question)

    def _page(
        self, path: str, stream: BinaryIO, surface: str, question: Question, nested: bool = False
    ) -> Iterator[Interaction | Issue]:
        """What a page or a file of records holds; *nested*: it stood whole in a list, and is surely a page."""
        sheet = _Sheet(path, surface, question)
        listed = {RVH, RAH, surface} - {DETAILS}
        whole = True
        try:
            for keys, value, raw in elements(stream, None if nested else alone):
                if keys and keys[-1] in listed:
                    found = self._listed(sheet, keys[-1], value, raw)
                else:
                    found = self._other(sheet, keys, value, raw)
                if found:
                    yield from found
        except Damaged:
            whole = False
            yield self._damage(path, "damaged-page", _DAMAGED_PAGE)
        if sheet.rows or len(sheet.nulls) > 1:  # a single null stands for an empty list
            for row in sheet.nulls:
                yield self._flaw(path, row, DAMAGED_ROW)
        self._end(sheet, whole)

    def _listed(self, sheet: _Sheet, surface: str, value: object, raw: str) -> Iterable[Interaction | Issue]:
        sheet.surface = surface
        if value is None:
            self._row += 1
            sheet.nulls.append(self._row)
            return ()
        sheet.rows += 1
        return self._one(sheet.path, value, raw)

    def _other(self, sheet: _Sheet, keys: tuple[str, ...], value: Any, raw: str) -> Iterable[Interaction | Issue]:
        """What does not stand in a list whose name is known."""
        if keys and keys[-1] == DETAILS:
            sheet.turns.append((cleaned(value) if risky(raw) else value, raw))
        elif keys and isinstance(value, dict) and is_record(value):
            return self._listed(sheet, RVH if "recordKey" in value else RAH, value, raw)
        elif keys:
            sheet.told(keys[-1], value)
        elif isinstance(value, dict) and not is_record(value) and (record_in(value) or not alone(raw)):
            sheet.bare = True
            inner = look(raw[:HEAD].encode())
            surface = inner.surface if inner else ""
            return self._page(sheet.path, BytesIO(raw.encode()), surface, sheet.question, nested=True)
        else:
            sheet.bare = True
            self._chains.fault(chains.LOOSE)
            return self._one(sheet.path, value, raw)
        return ()

    def _one(self, path: str, value: object, raw: str) -> tuple[Interaction | Issue, ...]:
        self._row += 1
        interaction, flaw = self._records.read(value, raw)
        issues = (self._flaw(path, self._row, flaw),) if flaw else ()
        if interaction is None:
            return issues
        if interaction.kind is Kind.CONVERSATION:
            interaction = replace(interaction, shelf=CONVERSATIONS, unshown=unshown(interaction.turns, WORDS))
            self._shelves.add(CONVERSATIONS)
            if interaction.identity.startswith(CONVERSATION):
                self._conversations.hold(path, self._row, interaction, _utterances(value))
                return issues
        self._note(interaction)
        return (*issues, interaction)

    def _note(self, interaction: Interaction) -> None:
        ms = interaction.at.ms
        if ms < self._earliest:
            self._earliest = ms
        if ms > self._latest:
            self._latest = ms
        if interaction.account not in self._accounts and interaction.account:
            self._accounts[interaction.account] = None

    def _end(self, sheet: _Sheet, whole: bool) -> None:
        if sheet.surface == RAH:  # the only list that shows conversations, be there any or not
            self._shelves.add(CONVERSATIONS)
        if sheet.turns or (sheet.surface == DETAILS and not sheet.bare):
            raw = '{"conversationTurns":[' + ",".join(text for _, text in sheet.turns) + "]}"
            owner = sheet.conversation or sheet.question.conversation
            turns = tuple(turn for turn, _ in sheet.turns)
            self._conversations.add(Details(sheet.path, owner, sheet.question.account, turns, raw.encode()))
        elif sheet.surface and not (sheet.bare and not sheet.rows):
            if not sheet.tokens and whole:
                sheet.tokens.append(None)
                if sheet.surface == ACTIVITIES and sheet.window is None:
                    self._chains.fault(chains.LOOSE)
            stopped = sheet.stopped and any(sheet.tokens)
            page = Page(sheet.surface, sheet.window, sheet.question.narrowed, tuple(sheet.tokens), stopped)
            self._chains.add(page)

    def _flaw(self, path: str, row: int, code: str) -> Issue:
        self._chains.fault(chains.DAMAGED)
        return Issue(path, row, code, _SENTENCES[code])

    def _damage(self, path: str, code: str, sentence: str) -> Issue:
        self._chains.fault(chains.DAMAGED)
        return Issue(path, None, code, sentence)


def _utterances(value: object) -> frozenset[str]:
    """The ids of what was said in a conversation, as far as its record names them."""
    row = value if isinstance(value, dict) else {}
    items = row.get("voiceHistoryRecordItems")
    owners = [row, *(item for item in items if isinstance(item, dict))] if isinstance(items, list) else [row]
    return frozenset(text_of(owner.get("utteranceId")) for owner in owners) - {""}
