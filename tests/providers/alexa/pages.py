"""Records and pages as Amazon writes them, made up for the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.model import Export
from app.providers.alexa import Alexa
from tests.providers.memory import Heard, parcel, read

ACCOUNT = "A3MADEUPCUST0"
KITCHEN = "G0KITCHEN0000001"
KIDS = "G0KIDSROOM000002"
T0 = 1_700_000_000_000
EVERYTHING = "startTime=0&endTime=2147483647000"
HISTORY = "https://www.amazon.com/alexa-privacy/apd"

Json = dict[str, Any]


def key(ms: int = T0, serial: str = KITCHEN, account: str = ACCOUNT) -> str:
    return f"{account}#{ms}#A1MADEUPTYPE0#{serial}"


def item(kind: str, text: object, ms: int = T0, **more: Any) -> Json:
    return {
        "recordItemKey": f"{ms}#A1MADEUPTYPE0#{KITCHEN}#{ms}-0",
        "recordItemType": kind,
        "utteranceId": None,
        "timestamp": ms,
        "transcriptText": text,
        **more,
    }


def said(
    request: str = "alexa sing", response: str = "la la", ms: int = T0, serial: str = KITCHEN, **more: Any
) -> Json:
    """A record of the voice history with one request and one response."""
    return {
        "recordKey": key(ms, serial),
        "recordType": "VOICE_HISTORY",
        "timestamp": ms,
        "customerId": ACCOUNT,
        "device": {"deviceName": "Kitchen", "deviceEntityId": None},
        "utteranceType": "GENERAL",
        "skillName": "Songs",
        "voiceHistoryRecordItems": [
            item("CUSTOMER_TRANSCRIPT", request, ms),
            item("ALEXA_RESPONSE", response, ms),
        ],
        **more,
    }


def utterance(ms: int = T0, **more: Any) -> Json:
    """The same as the newer list shows it."""
    row = said(ms=ms)
    row["activityKey"] = row.pop("recordKey")
    del row["device"]
    return (
        row | {"recordType": "utterance", "deviceInfo": {"deviceName": "Kitchen", "deviceSerialNumber": KITCHEN}} | more
    )


def conversation(id: str, ms: int = T0, **more: Any) -> Json:
    return {
        "recordType": "conversation",
        "conversationId": id,
        "customerId": ACCOUNT,
        "startTime": ms,
        "timestamp": ms,
        "title": "Date/Time Request",
        "subTitle": "Clock",
        "deviceInfo": [],
        **more,
    }


def turn(purpose: str, text: str | None, at: str = "2023-11-14T22:13:20Z", variants: Sequence[str] = ()) -> Json:
    return {
        "utteranceId": f"utterance of {at}",
        "createTime": at,
        "fragment": {
            "fragmentURI": f"fragment/{at}",
            "metadata": {"purpose": purpose, "relationships": []},
            "content": None if text is None else {"text": text},
            "variants": [{"content": {"text": variant}} for variant in variants],
        },
    }


def activity(summary: str | None = "alexa sing", ms: int = T0, **more: Any) -> Json:
    """The same as the oldest list showed it."""
    return {
        "id": key(ms),
        "registeredCustomerId": ACCOUNT,
        "creationTimestamp": ms,
        "activityStatus": "SUCCESS",
        "description": None if summary is None else json.dumps({"summary": summary, "firstUtteranceId": "x"}),
        "domainAttributes": "",
        "utteranceId": "A1:1.0/2023/11/14/22/G0/13:20::TNIH_2V.0b3d1fa0-0000-4000-8000-0123456789abLPM/0",
        "sourceDeviceIds": [{"serialNumber": KITCHEN, "deviceType": "A1MADEUPTYPE0", "deviceAccountId": "x"}],
        **more,
    }


def page(
    rows: Sequence[object] | None, token: object = None, name: str = "customerHistoryRecords", **more: Any
) -> Json:
    return {name: rows, "encodedRequestToken": token, "noDataFoundWithinTimeLimit": False, **more}


def rah_page(rows: Sequence[object], token: object = None) -> Json:
    return {"alexaHistoryRecords": rows, "paginationToken": token}


def loaded(
    body: object,
    path: str = f"/rvh/customer-history-records-v2?{EVERYTHING}",
    *,
    after: object = None,
    at: str = "2025-01-02T03:04:05.000Z",
    status: int = 200,
    **more: Any,
) -> Json:
    """An entry of a network log: a response whose body is *body* (JSON, or text as it is), asked for with the token
    *after*."""
    text = body if isinstance(body, str) else json.dumps(body)
    return {
        "startedDateTime": at,
        "request": {
            "method": "POST",
            "url": path if path.startswith("http") else HISTORY + path,
            "headers": [
                {"name": "cookie", "value": "at-main=SECRET"},
                {"name": "anti-csrftoken-a2z", "value": "SECRET"},
            ],
            "postData": {"text": json.dumps({"previousRequestToken": after})},
        },
        "response": {"status": status, "content": {"mimeType": "application/json", "text": text}},
        **more,
    }


def log(*entries: object) -> bytes:
    return dumped({"log": {"version": "1.2", "creator": {"name": "a browser"}, "pages": [], "entries": entries}})


def dumped(value: object) -> bytes:
    return json.dumps(value).encode()


def exports(files: Mapping[str, bytes]) -> Sequence[Export]:
    return Alexa().recognise([parcel(files)])


def heard(files: Mapping[str, bytes] | bytes) -> Heard:
    """What the one export of *files* holds."""
    (export,) = exports({"page.json": files} if isinstance(files, bytes) else files)
    return read(Alexa(), export)
