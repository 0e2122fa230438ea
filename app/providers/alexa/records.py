"""One row of Alexa's lists, of any generation or tool, as an interaction."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from app.model import Device, Interaction, Kind, Layer, Moment, Person, Recording, Role, Turn
from app.providers.alexa.fields import OWN, without_secrets
from app.providers.alexa.moments import milliseconds
from app.providers.alexa.sounds import Sounds
from app.providers.alexa.texts import clean, cleaned, first_dict, parsed, risky, text_of

DAMAGED_ROW = "damaged-row"
IMPOSSIBLE_TIME = "impossible-time"
CONVERSATION = "conversation:"
CONVERSATIONS = "conversations"
"""The shelf of conversations, which only the newest list shows; all else stands on the one without a name."""
_UNSPECIFIED = "DEVICE_UNSPECIFIED"
_ITEMS = "voiceHistoryRecordItems"
_TOO_MANY_DIGITS = 20
_DATA = '"data"'
_VALUE = re.compile(r"\s*:\s*(?=\{)")
_DECODER = json.JSONDecoder()

_ROLES = {
    "CUSTOMER_TRANSCRIPT": Role.REQUEST,
    "ASR_EXPECTED_TEXT": Role.REQUEST,
    "ASR_REPLACEMENT_TEXT": Role.REQUEST,
    "ALEXA_RESPONSE": Role.RESPONSE,
    "TTS_REPLACEMENT_TEXT": Role.RESPONSE,
    "PROFILE": Role.PROFILE,
}

# The English ones stand in several public tools. The others are those of the same page in other languages as far as
# they are remembered: one that is missing here leaves its text a request, so nothing somebody said is hidden by it.
_PLACEHOLDERS = (
    "no text stored",
    "text not available",
    "audio was not intended",
    "audio was not understood",
    "audio could not be understood",
    "tap /",
    "kein text gespeichert",
    "text nicht verfügbar",
    "audio war nicht für",
    "audio konnte nicht verstanden",
    "aucun texte enregistré",
    "texte non disponible",
    "l'audio n'était pas destiné",
    "l'audio n'a pas pu être compris",
    "no hay texto almacenado",
    "texto no disponible",
    "el audio no estaba destinado",
    "no se ha podido entender el audio",
    "nessun testo memorizzato",
    "testo non disponibile",
)

# What a recording's own words are replaced by. A person says such a thing in small letters, as all transcripts are.
_WHOLE_PLACEHOLDERS = frozenset(
    {
        "No text stored",
        "Text not available",
        "Audio was not intended for Alexa",
        "Audio was not understood",
        "Audio could not be understood",
        "Kein Text gespeichert",
        "Text nicht verfügbar",
        "Aucun texte enregistré",
        "Texte non disponible",
        "No hay texto almacenado",
        "Texto no disponible",
        "Nessun testo memorizzato",
        "Testo non disponibile",
    }
)
_WHOLE_PLACEHOLDERS |= {f"“{text}”" for text in _WHOLE_PLACEHOLDERS} | {f'"{text}"' for text in _WHOLE_PLACEHOLDERS}

_SHOWN: frozenset[Layer] = frozenset()
_WORDS = {Role.REQUEST: Layer.REQUEST, Role.RESPONSE: Layer.RESPONSE}
WORDS = frozenset(_WORDS.values())

# An attribute of an enum takes a tenth of a microsecond, and each record would ask for several.
_SAID, _CONVERSATION = Kind.SAID, Kind.CONVERSATION
_NOTE, _REQUEST, _RESPONSE = Role.NOTE, Role.REQUEST, Role.RESPONSE

_UNMEANT = ("WAKE_WORD_ONLY", "FALSE_WAKE_WORD", "NO_EXPRESSED_INTENT", "ASR_TIMEOUT", "DISCARDED_")

_OF_ACTIVITIES = frozenset({"utteranceId", "activityStatus", "sourceDeviceIds"})
_OF_TOOLS = frozenset({"conversionDetails", "alexaResponse"})


def is_record(row: dict[str, Any]) -> bool:
    """Whether *row* is a record of what was said to Alexa, by the names of its fields."""
    if "recordKey" in row or "activityKey" in row or _ITEMS in row:
        return True
    if row.get("recordType") == "conversation" and "conversationId" in row:
        return True
    if "#" in text_of(row.get("id")) and not _OF_ACTIVITIES.isdisjoint(row):
        return "cardType" not in row
    if "creationTimestamp" in row and not _OF_TOOLS.isdisjoint(row):
        return True
    data = row.get("data")
    return isinstance(data, dict | str) and _wrapped(data) is not None


def _wrapped(data: dict[str, Any] | str) -> dict[str, Any] | None:
    """The record that a tool put into its own, None if *data* is none."""
    inner = parsed(data) if isinstance(data, str) else data
    return inner if isinstance(inner, dict) and "data" not in inner and is_record(inner) else None


def account_of(row: dict[str, Any]) -> str:
    """The account that a row names, "" if it names none."""
    data = row.get("data")
    inner = (_wrapped(data) if isinstance(data, dict | str) else None) or row
    key = four_parts(inner)
    return key[0] if key else text_of(inner.get("customerId")) or text_of(inner.get("registeredCustomerId"))


def four_parts(row: dict[str, Any]) -> list[str]:
    """The parts of the key (account, time, type of device, serial number) that all generations share, or none."""
    key = row.get("recordKey") or row.get("activityKey") or row.get("id")
    if not isinstance(key, str):
        return []
    parts = key.split("#")
    return parts if len(parts) == 4 and parts[0] and parts[1].isdecimal() and len(parts[1]) < _TOO_MANY_DIGITS else []


class Records:
    """Reads rows; devices and persons that come again are the same values."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._devices: dict[tuple[str, str], Device] = {}
        self._persons: dict[tuple[str, str, str], Person] = {}
        self._unmeant: dict[str, bool] = {"": False}

    def read(self, row: object, raw: str) -> tuple[Interaction | None, str]:
        """The interaction that *row* is, and the code of what is wrong with it ("" if nothing is)."""
        if not isinstance(row, dict):
            return None, DAMAGED_ROW
        outer: dict[str, Any] = cleaned(row) if risky(raw) else row
        if "data" in outer and _ITEMS not in outer:
            inner, raw = _unwrapped(outer, raw)
            return self._interaction(outer, inner, raw)
        return self._interaction(outer, outer, raw)

    def _interaction(self, outer: dict[str, Any], row: dict[str, Any], raw: str) -> tuple[Interaction | None, str]:
        """What *row* is; *outer* is what a tool wrapped around it, or itself."""
        key = four_parts(row)
        ms, stamp = _time(row, key)
        if ms is None:
            return None, IMPOSSIBLE_TIME if stamp is not None else DAMAGED_ROW
        turns, flaw = _turns(row, outer)
        account = key[0] if key else text_of(row.get("customerId")) or text_of(row.get("registeredCustomerId"))
        device = self._device(row, outer, key[3] if key else "")
        identity, kind = _identity(row, key, account, device, ms, turns)
        label, accidental = self._label(row, kind)
        interaction = Interaction(
            identity,
            account,
            Moment(ms, str(stamp) if stamp is not None else str(ms)),
            kind,
            turns,
            device,
            self._person(row),
            self._recordings(row, key, ms, device) if self._sounds else (),
            text_of(row.get("skillName")),
            label,
            accidental,
            raw.encode() if OWN.issuperset(row) else without_secrets(row, raw),
            "",
            _SHOWN if isinstance(row.get(_ITEMS), list) else unshown(turns, _open(row, outer)),
        )
        possible = stamp is None or ms == stamp or milliseconds(stamp) is not None
        return interaction, flaw or ("" if possible else IMPOSSIBLE_TIME)

    def _device(self, row: dict[str, Any], outer: dict[str, Any], serial: str) -> Device | None:
        info = row.get("device") or row.get("deviceInfo")
        if not isinstance(info, dict):
            info = first_dict(info)
        name = text_of(info.get("deviceName")) or text_of(outer.get("name"))
        if not serial or serial == _UNSPECIFIED:
            serial = _serial(row, info)
        known = self._devices.get((serial, name))
        if known is None and (serial or name):
            known = self._devices[serial, name] = Device(serial or name, name)
        return known

    def _person(self, row: dict[str, Any]) -> Person | None:
        person = self._first_person(row.get("personsInfo"))
        if person is None and isinstance(items := row.get(_ITEMS), list):
            for item in items:
                if isinstance(item, dict) and (info := item.get("personsInfo")):
                    person = person or self._first_person(info)
        return person

    def _first_person(self, info: object) -> Person | None:
        """The first of the persons who has a name, else the first who has an id."""
        if isinstance(info, dict):
            info = [info]
        if not info or not isinstance(info, list):
            return None
        persons = [_person_of(one) for one in info if isinstance(one, dict)]
        if len(persons) == 1 and (known := self._persons.get(persons[0])):
            return known
        chosen = next((one for one in persons if one[1]), None) or next((one for one in persons if one[0]), None)
        if chosen is None:
            return None
        key, name, kind = chosen
        return self._persons.setdefault(chosen, Person(key or name, name, kind))

    def _label(self, row: dict[str, Any], kind: Kind) -> tuple[str, bool]:
        """The vendor's word for the row, and whether it says that nobody meant to speak to it."""
        label = text_of(row.get("utteranceType")) or text_of(row.get("activityStatus"))
        unmeant = self._unmeant.get(label)
        if unmeant is None:
            unmeant = self._unmeant[label] = label.startswith(_UNMEANT)
        return (text_of(row.get("title")) or label if kind is _CONVERSATION else label), unmeant

    def _recordings(self, row: dict[str, Any], key: list[str], ms: int, device: Device | None) -> tuple[Recording, ...]:
        items = row.get(_ITEMS)
        owners = [row, *(item for item in items if isinstance(item, dict))] if isinstance(items, list) else [row]
        utterances = [text_of(owner.get("utteranceId")) for owner in owners]
        serial = key[3] if key else device.key if device else ""
        return self._sounds.of({ms, int(key[1])} if key else {ms}, serial, utterances)


def unshown(turns: Sequence[Turn], leaves_open: frozenset[Layer]) -> frozenset[Layer]:
    """What is left of the layers that a form of record leaves open, where *turns* show some of them all the same."""
    return leaves_open - {_WORDS[turn.role] for turn in turns if turn.role in _WORDS and (turn.text or "").strip()}


def _open(row: dict[str, Any], outer: dict[str, Any]) -> frozenset[Layer]:
    """The layers of words that a row without a list of items says nothing of, not even that they are empty."""
    if row.get("conversionDetails") and isinstance(row["conversionDetails"], dict):
        return _SHOWN
    fields = {Layer.REQUEST: "description", Layer.RESPONSE: "alexaResponse"}
    of_tools_and_activities = "recordKey" not in row and "activityKey" not in row
    return frozenset(
        layer for layer, name in fields.items() if not (of_tools_and_activities and (name in row or name in outer))
    )


def _person_of(info: dict[str, Any]) -> tuple[str, str, str]:
    key, name, kind = info.get("personId"), info.get("personFirstName"), info.get("personType")
    if isinstance(key, str) and isinstance(name, str) and isinstance(kind, str):
        return key, name, kind
    return text_of(key), text_of(name), text_of(kind)


def _unwrapped(row: dict[str, Any], raw: str) -> tuple[dict[str, Any], str]:
    """The record that stands in a tool's own one, with its own text."""
    data = row["data"]
    inner = _wrapped(data) if isinstance(data, dict | str) else None
    if inner is None:
        return row, raw
    if isinstance(data, str):
        return inner, data
    at = raw.find(_DATA)
    while at >= 0:
        start = _VALUE.match(raw, at + len(_DATA))
        value, end = _DECODER.raw_decode(raw, start.end()) if start else (None, at + 1)
        if start and isinstance(value, dict) and is_record(value) and four_parts(value) == four_parts(inner):
            return inner, raw[start.end() : end]
        at = raw.find(_DATA, at + 1)
    return inner, raw


def _time(row: dict[str, Any], key: list[str]) -> tuple[int | None, object]:
    """When the row was heard, and the time that it gives itself (None: it gives none)."""
    stamp = row.get("timestamp")
    if stamp is None:
        stamp = row.get("creationTimestamp")
    if stamp is None:
        stamp = row.get("startTime")
    ms = milliseconds(stamp)
    if ms is None and key:
        ms = milliseconds(int(key[1]))
    return ms, stamp


def _serial(row: dict[str, Any], info: dict[str, Any]) -> str:
    source = first_dict(row.get("sourceDeviceIds"))
    given = (info.get("deviceSerialNumber"), info.get("serialNumber"), row.get("deviceSerialNumber"))
    serials = (text_of(serial) for serial in (*given, source.get("serialNumber")))
    return next((serial for serial in serials if serial and serial != _UNSPECIFIED), "")


def _identity(
    row: dict[str, Any], key: list[str], account: str, device: Device | None, ms: int, turns: tuple[Turn, ...]
) -> tuple[str, Kind]:
    conversation = row.get("conversationId")
    is_conversation = row.get("recordType") == "conversation" or bool(conversation and not key)
    kind = _CONVERSATION if is_conversation else _SAID
    if is_conversation and isinstance(conversation, str) and conversation:
        return CONVERSATION + conversation, kind
    if key:
        return "#".join(key), kind
    said = [turn.text or "" for turn in turns if turn.role is Role.REQUEST] or [turn.text or "" for turn in turns]
    parts = "\x1f".join((account, device.key if device else "", str(ms), *said))
    return "record:" + hashlib.sha256(parts.encode()).hexdigest()[:32], kind


def _turns(row: dict[str, Any], outer: dict[str, Any]) -> tuple[tuple[Turn, ...], str]:
    """Every item of the row as a turn, in the order of the file, and the code of what is wrong with them."""
    items = row.get(_ITEMS)
    flaw = ""
    turns: list[Turn] = []
    if isinstance(items, list):
        flaw = _add_items(turns, items)
    elif items is not None or "recordKey" in row:
        flaw = DAMAGED_ROW
    elif isinstance(details := row.get("conversionDetails"), dict):
        for kept in details.values():
            flaw = _add_items(turns, kept if isinstance(kept, list) else [kept]) or flaw
    if not turns and items is None:
        turns.extend(_summary(row.get("description") or outer.get("description")))
    response = outer.get("alexaResponse")
    if response and isinstance(response, str) and not any(turn.role is _RESPONSE for turn in turns):
        turns.append(Turn(Role.RESPONSE, response, "alexaResponse"))
    return tuple(turns), flaw


def _add_items(turns: list[Turn], items: list[Any]) -> str:
    flaw = ""
    for item in items:
        if not isinstance(item, dict):
            flaw = DAMAGED_ROW
            continue
        name, text, at = item.get("recordItemType"), item.get("transcriptText"), item.get("timestamp")
        if not isinstance(name, str):
            name = ""
        if text is not None and not isinstance(text, str):
            text, flaw = None, DAMAGED_ROW
        role = _ROLES.get(name, _NOTE)
        if text and (text in _WHOLE_PLACEHOLDERS or (name == "ASR_REPLACEMENT_TEXT" and is_placeholder(text))):
            role = _NOTE if role is _REQUEST else role
        turns.append(Turn(role, text, name, milliseconds(at)))
    return flaw


def is_placeholder(text: str) -> bool:
    """Whether *text* is what the vendor writes where it has none of the customer's words."""
    return text.strip(" \"'“”„«»").casefold().replace("’", "'").startswith(_PLACEHOLDERS)


def _summary(description: object) -> list[Turn]:
    """What an activity of the first generation says: a text, or JSON (often inside a string) that holds it."""
    inner = parsed(description) if isinstance(description, str) and description else description
    if isinstance(inner, dict):
        summary = inner.get("summary")
        return [Turn(Role.REQUEST, summary, "summary")] if isinstance(summary, str) else []
    if isinstance(description, str) and description:
        return [Turn(Role.NOTE, clean(description), "description")]
    return []
