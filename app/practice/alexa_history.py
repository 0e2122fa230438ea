"""The Alexa history of the practice household, as a browser records it while a parent scrolls through it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.practice.held import Held
from app.practice.household import Said

CUSTOMER = "A2EARSHOTPRACTICE"
_TYPE = "A1EARSHOTECHO"
_SERIALS = {"Kids Room": "G0911B0101010001", "Kitchen": "G0911B0101010002", "Living Room": "G0911B0101010003"}
_HISTORY = "https://www.amazon.com/alexa-privacy/apd"
_PAGE = 50


def write_history(path: Path, held: Sequence[Held], made_ms: int) -> None:
    """Write everything *held* of Alexa, the newest first, as the HAR file of a visit that ends at *made_ms*."""
    newest_first = sorted((one for one in held if one.said.key[0] == "alexa"), key=lambda one: -one.said.at_ms)
    entries = [_elsewhere(made_ms)]
    entries += _records([_record(one) for one in newest_first if one.said.kind == "alexa"], made_ms)
    entries += _conversations([one.said for one in newest_first if one.said.kind == "conversations"], made_ms)
    creator = {"name": "Practice household", "version": "1"}
    har = {"log": {"version": "1.2", "creator": creator, "pages": [], "entries": entries}}
    path.write_text(json.dumps(har, ensure_ascii=False), encoding="utf-8")


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _entry(method: str, url: str, answer: Any, made_ms: int, sent: Any = None) -> dict[str, Any]:
    """One request of the visit, with its answer."""
    request: dict[str, Any] = {"method": method, "url": url, "httpVersion": "HTTP/2", "queryString": []}
    request |= {"headers": [{"name": "cookie", "value": "session-id=practice"}], "cookies": []}
    if sent is not None:
        request["postData"] = {"mimeType": "application/json", "text": json.dumps(sent)}
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    kind = "text/html" if isinstance(answer, str) else "application/json"
    content = {"size": len(text.encode()), "mimeType": kind, "text": text}
    response = {
        "status": 200,
        "statusText": "OK",
        "httpVersion": "HTTP/2",
        "headers": [],
        "cookies": [],
        "content": content,
    }
    return {
        "startedDateTime": _iso(made_ms),
        "time": 80,
        "request": request,
        "response": response,
        "cache": {},
        "timings": {},
    }


def _elsewhere(made_ms: int) -> dict[str, Any]:
    """A page that is no part of the history, and that nobody may read out of the file."""
    return _entry(
        "GET", "https://www.amazon.com/alexa-privacy/apd/home", "<html><title>Alexa Privacy</title></html>", made_ms
    )


def _records(records: Sequence[dict[str, Any]], made_ms: int) -> Iterator[dict[str, Any]]:
    url = f"{_HISTORY}/rvh/customer-history-records-v2/?startTime=0&endTime={made_ms}&pageType=VOICE_HISTORY"
    previous = None
    for start in range(0, max(len(records), 1), _PAGE):
        page = records[start : start + _PAGE]
        following = f"page-{start // _PAGE + 1}" if start + _PAGE < len(records) else None
        answer = {
            "customerHistoryRecords": page,
            "encodedRequestToken": following,
            "noDataFoundWithinTimeLimit": False,
            "lastRecordTimestamp": page[-1]["timestamp"] if page else 0,
        }
        yield _entry("POST", url, answer, made_ms, {"previousRequestToken": previous})
        previous = following


def _record(held: Held) -> dict[str, Any]:
    said = held.said
    tail = f"{said.at_ms}#{_TYPE}#{_SERIALS[said.device]}"
    return {
        "recordKey": f"{CUSTOMER}#{tail}",
        "recordType": "VOICE_HISTORY",
        "timestamp": said.at_ms,
        "customerId": CUSTOMER,
        "device": {"deviceName": said.device, "deviceEntityId": None},
        "isBinaryFeedbackProvided": False,
        "isFeedbackPositive": False,
        "utteranceType": said.sort if held.words else "NO_TEXT_OR_AUDIO_STORED",
        "domain": said.skill or "Knowledge",
        "intent": said.intent or "QAIntent",
        "skillName": said.skill,
        "voiceHistoryRecordItems": list(_items(held, tail)),
        "personsInfo": _persons(said),
    }


def _persons(said: Said) -> list[dict[str, str]]:
    if not said.who.name:
        return []
    person = f"amzn1.actor.person.oid.PRACTICE{said.who.key.upper()}"
    return [{"personId": person, "personFirstName": said.who.name, "personType": said.who.type}]


def _items(held: Held, tail: str) -> Iterator[dict[str, Any]]:
    said = held.said
    if said.who.name:
        yield _item(held, tail, "PROFILE", None, 0)
    for number, (words, answer) in enumerate(said.turns):
        at_ms = said.at_ms + 9000 * number
        if words and held.words:
            wake = "" if number or said.sort != "GENERAL" else "alexa "
            yield _item(held, tail, "CUSTOMER_TRANSCRIPT", wake + words, at_ms)
        elif not held.words:
            yield _item(held, tail, "ASR_REPLACEMENT_TEXT", "No text stored", at_ms)
        if answer:
            yield _item(held, tail, "ALEXA_RESPONSE", answer, at_ms + 1900)


def _item(held: Held, tail: str, kind: str, text: str | None, at_ms: int) -> dict[str, Any]:
    key = f"{tail}#{at_ms}-0"
    return {
        "recordItemKey": key,
        "recordItemType": kind,
        "utteranceId": _utterance(held.said) if kind == "CUSTOMER_TRANSCRIPT" else None,
        "timestamp": at_ms,
        "transcriptText": text,
        "agentVisualName": None if kind == "CUSTOMER_TRANSCRIPT" else "Alexa",
        "personsInfo": _persons(held.said) if kind == "PROFILE" else [],
    }


def _utterance(said: Said) -> str:
    heard = datetime.fromtimestamp(said.at_ms / 1000 - 1.3, UTC)
    name = uuid.UUID(int=int(said.chance * 2**128))
    return f"{_TYPE}:1.0/{heard:%Y/%m/%d/%H}/{_SERIALS[said.device]}/{heard:%M:%S}::TNIH_2V.{name}ZXV/0"


def _conversations(talks: Sequence[Said], made_ms: int) -> Iterator[dict[str, Any]]:
    """The list of conversations, and for each the page with its turns."""
    rows = [
        {
            "recordType": "conversation",
            "conversationId": f"practice-{talk.at_ms}",
            "customerId": CUSTOMER,
            "timestamp": talk.at_ms,
            "startTime": talk.at_ms,
            "title": f"Conversation of {datetime.fromtimestamp(talk.at_ms / 1000, UTC):%d %B %Y}",
            "subTitle": talk.device,
            "deviceInfo": {"deviceName": talk.device, "deviceSerialNumber": _SERIALS[talk.device]},
            "personsInfo": next(iter(_persons(talk)), None),
        }
        for talk in talks
    ]
    url = f"{_HISTORY}/rah/alexa-history-records-v2?startTime=0&endTime={made_ms}"
    yield _entry(
        "POST", url, {"alexaHistoryRecords": rows, "paginationToken": None}, made_ms, {"paginationToken": None}
    )
    for talk in talks:
        where = f"conversationId=practice-{talk.at_ms}&customerId={CUSTOMER}&timestamp={talk.at_ms}&sort=ASCENDING"
        turns = {"conversationTurns": list(_turns(talk))}
        yield _entry("GET", f"{_HISTORY}/csd/customer-conversation-detail?{where}", turns, made_ms)


def _turns(talk: Said) -> Iterator[dict[str, Any]]:
    lines = [line for words, answer in talk.turns for line in (("USER", words), ("AGENT", answer))]
    for number, (purpose, text) in enumerate(lines):
        address = f"fragment:practice-{talk.at_ms}-{number}"
        yield {
            "utteranceId": _utterance(talk),
            "createTime": _iso(talk.at_ms + 4000 * number),
            "fragment": {
                "fragmentURI": address,
                "metadata": {"purpose": purpose, "relationships": []},
                "content": {"text": text},
                "variants": [],
            },
        }
