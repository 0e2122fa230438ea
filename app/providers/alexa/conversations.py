"""Alexa's conversations: the record is in one list, the words in another answer that may lie anywhere in the drop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.model import Interaction, Issue, Kind, Moment, Role, Turn
from app.providers.alexa.moments import milliseconds
from app.providers.alexa.records import CONVERSATION, CONVERSATIONS, DAMAGED_ROW
from app.providers.alexa.texts import text_of

UNJOINED = "unjoined-conversation"
WORDLESS = "conversation-without-words"
_ROLES = {"USER": Role.REQUEST, "AGENT": Role.RESPONSE}


@dataclass(frozen=True, slots=True)
class Details:
    """The turns of one conversation as a page gave them, with what it or its address said of whose they are."""

    path: str
    conversation: str
    account: str
    turns: tuple[object, ...] = field(repr=False)
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Held:
    path: str
    row: int
    interaction: Interaction
    utterances: frozenset[str]

    @property
    def id(self) -> str:
        return self.interaction.identity.removeprefix(CONVERSATION)


class Conversations:
    """Holds back the conversations of an export until the details of all of them have been seen."""

    def __init__(self) -> None:
        self._held: list[_Held] = []
        self._details: list[Details] = []

    def hold(self, path: str, row: int, interaction: Interaction, utterances: frozenset[str]) -> None:
        self._held.append(_Held(path, row, interaction, utterances))

    def add(self, details: Details) -> None:
        self._details.append(details)

    def joined(self) -> Iterator[Interaction | Issue]:
        """Every conversation with its turns, and details that belong to none of them as what can be said of them."""
        known = {held.id: held for held in self._held}
        found: dict[str, list[Details]] = {}
        for details in self._details:
            owner = details.conversation or self._owner(details)
            if owner:
                found.setdefault(owner, []).append(details)
            elif details.turns:
                yield Issue(details.path, None, UNJOINED, "It is not said which conversation these turns belong to.")
        for held in self._held:
            turns, flaws = _turns(found.get(held.id, ()))
            yield from flaws
            open_layers = frozenset() if held.id in found else held.interaction.unshown
            yield replace(held.interaction, turns=held.interaction.turns + turns, unshown=open_layers)
        for owner, parts in found.items():
            if owner not in known:
                yield from _without_record(owner, parts)
        yield from self._wordless(found)

    def _owner(self, details: Details) -> str:
        """The conversation that details without an id belong to: named by the file, by a fragment, or by utterances."""
        named = [details.path]
        utterances: set[str] = set()
        for turn in details.turns:
            if isinstance(turn, dict):
                utterances.add(text_of(turn.get("utteranceId")))
                fragment = turn.get("fragment")
                named.append(text_of(fragment.get("fragmentURI")) if isinstance(fragment, dict) else "")
        for held in self._held:
            if any(held.id in name for name in named[:2]) or (utterances - {""}) & held.utterances:
                return held.id
        return ""

    def _wordless(self, found: dict[str, list[Details]]) -> Iterator[Issue]:
        missing = [held for held in self._held if held.id not in found and not held.interaction.turns]
        if missing:
            first = missing[0]
            message = f"Conversations without their words: {len(missing)}. Open each in Alexa's page before saving."
            yield Issue(first.path, first.row, WORDLESS, message)


def _without_record(owner: str, parts: Sequence[Details]) -> Iterator[Interaction | Issue]:
    """An interaction for details whose conversation no list shows."""
    turns, flaws = _turns(parts)
    yield from flaws
    first = next((turn.at_ms for turn in turns if turn.at_ms is not None), None)
    account = next((part.account for part in parts if part.account), "")
    if first is not None:
        raw = b"\n".join(part.raw for part in parts)
        at = Moment(first, str(first))
        yield Interaction(CONVERSATION + owner, account, at, Kind.CONVERSATION, turns, raw=raw, shelf=CONVERSATIONS)
    elif turns:
        yield Issue(parts[0].path, None, UNJOINED, "It is not said when this conversation was.")


def _turns(parts: Sequence[Details]) -> tuple[tuple[Turn, ...], list[Issue]]:
    """The turns of one conversation in the order of their times; what two pages both show counts once."""
    rows: list[tuple[str, int, Any]] = []
    for part in parts:
        before = [row for _, _, row in rows]
        rows += [(part.path, number, row) for number, row in enumerate(part.turns, 1) if row not in before]
    flaws: list[Issue] = []
    placed: list[tuple[int, Turn]] = []
    latest = 0
    for path, number, row in rows:
        turn = _turn(row)
        if turn is None:
            flaws.append(Issue(path, number, DAMAGED_ROW, "A turn of a conversation could not be read."))
            continue
        latest = turn.at_ms if turn.at_ms is not None else latest
        placed.append((latest, turn))
    return tuple(turn for _, turn in sorted(placed, key=lambda place: place[0])), flaws


def _turn(row: object) -> Turn | None:
    if not isinstance(row, dict):
        return None
    fragment = row.get("fragment")
    fragment = fragment if isinstance(fragment, dict) else {}
    metadata = fragment.get("metadata")
    purpose = text_of(metadata.get("purpose")) if isinstance(metadata, dict) else ""
    return Turn(_ROLES.get(purpose, Role.NOTE), _words(fragment), purpose, milliseconds(row.get("createTime")))


def _words(fragment: dict[str, Any]) -> str | None:
    variants = fragment.get("variants")
    for holder in (fragment, *(variants if isinstance(variants, list) else ())):
        content = holder.get("content") if isinstance(holder, dict) else None
        if isinstance(content, dict) and isinstance(text := content.get("text"), str):
            return text
    return None
