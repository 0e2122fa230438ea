"""Reads the files of one export: rows become interactions, pages become coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO

from app.model import Entry, Export, Interaction, Issue, Kind, Moment, Problem, Told
from app.providers.alexa import chains
from app.providers.alexa.chains import EVER, Chains
from app.providers.alexa.conversations import WORDLESS, Conversations, Details
from app.providers.alexa.har import ENTRIES, Answer, Question, answer, asks_for_history
from app.providers.alexa.looking import ACTIVITIES, DETAILS, HEAD, RAH, RVH, alone, look, record_in
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
from app.providers.alexa.sheets import Sheet
from app.providers.alexa.sounds import Sounds
from app.providers.alexa.texts import cleaned, risky, text_of
from app.providers.alexa.visits import choose
from app.providers.json_stream import UNFIT, Damaged, elements
from app.providers.provider import Reading

_SENTENCES = {
    DAMAGED_ROW: "A record, or a part of it, could not be read.",
    IMPOSSIBLE_TIME: "A record gives a time at which nobody can have spoken.",
}
_REPLACED = (
    "The history was loaded again while this was saved, and only the last whole list was read. Earlier pages left "
    "out: {number}. A record that only they show was deleted in between."
)
_UNFIT_PAGE = "A page of the history is larger than any that Amazon makes, so it was not read."
_DAMAGED_PAGE = "The file is damaged: what stands before the damage was read."


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
        self._loaded: list[Moment | None] = []
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
        made = self._made()
        coverage = self._chains.coverage(shown, made.ms if made else None)
        return Told(tuple(self._accounts), made, coverage, shelves=frozenset(self._shelves))

    def _file(self, entry: Entry) -> Iterator[Interaction | Issue]:
        self._row = 0
        try:
            found = look(entry.head())
            if found is not None and found.har:
                yield from self._log(entry)
            else:
                with entry.open() as stream:
                    yield from self._page(entry.path, stream, found.surface if found else "", Question())
        except Problem as problem:
            yield self._damage(entry.path, "damaged-file", problem.message)

    def _log(self, log: Entry) -> Iterator[Interaction | Issue]:
        """The pages of the voice history in a browser's network log."""
        choice = choose(log)
        if choice.replaced:
            yield Issue(log.path, None, "superseded-page", _REPLACED.format(number=len(choice.replaced)))
        try:
            with log.open() as stream:
                values = ((value, raw) for keys, value, raw in elements(stream) if keys == ENTRIES)
                for number, (value, raw) in enumerate(values):
                    if value is UNFIT and asks_for_history(raw):
                        yield self._damage(log.path, "failed-page", _UNFIT_PAGE)
                    elif number not in choice and (found := answer(value)):
                        yield from self._answer(log.path, found)
        except Damaged:
            yield self._damage(log.path, "damaged-page", _DAMAGED_PAGE)

    def _answer(self, path: str, answer: Answer) -> Iterator[Interaction | Issue]:
        if answer.body is None:
            self._chains.fault(chains.FAILED)
            yield Issue(path, None, "failed-page", chains.FAILED)
            return
        self._loaded.append(answer.question.made)
        yield from self._page(path, BytesIO(answer.body), answer.surface, answer.question)

    def _made(self) -> Moment | None:
        """When the first of the pages was loaded: it says nothing of what came later. None if one does not tell."""
        moments = [moment for moment in self._loaded if moment is not None]
        return min(moments, key=lambda moment: moment.ms) if moments and len(moments) == len(self._loaded) else None

    def _page(
        self, path: str, stream: BinaryIO, surface: str, question: Question, nested: bool = False
    ) -> Iterator[Interaction | Issue]:
        """What a page or a file of records holds; *nested*: it stood whole in a list, and is surely a page."""
        sheet = Sheet(path, surface, question)
        listed = {RVH, RAH, surface} - {DETAILS}
        whole = True
        try:
            for keys, value, raw in elements(stream, None if nested else alone):
                found: Iterable[Interaction | Issue]
                if value is UNFIT:
                    found = self._unfit(path)
                elif keys and keys[-1] in listed:
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

    def _unfit(self, path: str) -> tuple[Issue]:
        self._row += 1
        return (self._flaw(path, self._row, DAMAGED_ROW),)

    def _listed(self, sheet: Sheet, surface: str, value: object, raw: str) -> Iterable[Interaction | Issue]:
        sheet.surface = surface
        if value is None:
            self._row += 1
            sheet.nulls.append(self._row)
            return ()
        sheet.rows += 1
        return self._one(sheet, value, raw)

    def _other(self, sheet: Sheet, keys: tuple[str, ...], value: Any, raw: str) -> Iterable[Interaction | Issue]:
        """What does not stand in a list whose name is known."""
        if keys and keys[-1] == DETAILS:
            sheet.turns.append((cleaned(value) if risky(raw) else value, raw))
        elif keys and isinstance(value, dict) and is_record(value):
            sheet.guessed = True
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
            return self._one(sheet, value, raw)
        return ()

    def _one(self, sheet: Sheet, value: object, raw: str) -> tuple[Interaction | Issue, ...]:
        self._row += 1
        interaction, flaw = self._records.read(value, raw)
        issues = (self._flaw(sheet.path, self._row, flaw),) if flaw else ()
        if interaction is None:
            return issues
        sheet.accounts.add(interaction.account)
        if interaction.kind is Kind.CONVERSATION:
            interaction = replace(interaction, shelf=CONVERSATIONS, unshown=unshown(interaction.turns, WORDS))
            self._shelves.add(CONVERSATIONS)
            if interaction.identity.startswith(CONVERSATION):
                self._conversations.hold(sheet.path, self._row, interaction, _utterances(value))
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

    def _end(self, sheet: Sheet, whole: bool) -> None:
        if sheet.surface == RAH and not sheet.guessed:  # the only list that shows conversations, be there any or not
            self._shelves.add(CONVERSATIONS)
        if sheet.turns or (sheet.surface == DETAILS and not sheet.bare):
            raw = '{"conversationTurns":[' + ",".join(text for _, text in sheet.turns) + "]}"
            owner = sheet.conversation or sheet.question.conversation
            turns = tuple(turn for turn, _ in sheet.turns)
            self._conversations.add(Details(sheet.path, owner, sheet.question.account, turns, raw.encode()))
        elif sheet.surface and not (sheet.bare and not sheet.rows):
            if sheet.surface == ACTIVITIES and sheet.window is None:
                self._chains.fault(chains.LOOSE)
            self._chains.add(sheet.page(whole))

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
