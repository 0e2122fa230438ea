"""A small voice history of Alexa's, as a tool that fetches it saves it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

PARENT = {"personId": "amzn1.actor.person.oid.1", "personFirstName": "Nora", "personType": "ADULT"}
CHILD = {"personId": "amzn1.actor.person.oid.2", "personFirstName": "Emma", "personType": "CHILD"}


def record(
    at: str, request: str, response: str, *, person: dict[str, str] | None = None, device: str = "Kitchen"
) -> dict[str, Any]:
    """Something said at the ISO time *at*."""
    ms = round(datetime.fromisoformat(at).timestamp() * 1000)
    items = [("CUSTOMER_TRANSCRIPT", request), ("ALEXA_RESPONSE", response)]
    return {
        "recordKey": f"A1CUSTOMER#{ms}#A3S5BH2HU6VAYF#{device.upper().replace(' ', '')}0000",
        "recordType": "VOICE_HISTORY",
        "timestamp": ms,
        "customerId": "A1CUSTOMER",
        "device": {"deviceName": device, "deviceEntityId": None},
        "utteranceType": "GENERAL",
        "domain": "Knowledge",
        "intent": "QAIntent",
        "skillName": "Owl Stories" if "story" in request else "",
        "voiceHistoryRecordItems": [
            {"recordItemKey": f"{ms}-{number}", "recordItemType": kind, "timestamp": ms, "transcriptText": text}
            for number, (kind, text) in enumerate(items)
        ],
        "personsInfo": [person] if person else [],
    }


STORY = record("2026-03-01T18:00:00+00:00", "alexa tell me a story", "once upon a time", person=CHILD)
DRAGON = record("2026-03-02T07:30:00+00:00", "alexa how big is a dragon", "very big", device="Kids Room")
MILK = record("2026-03-03T09:00:00+00:00", "alexa add milk", "milk is on the list", person=PARENT)
RECORDS = (STORY, DRAGON, MILK)


def listing_at(path: Path, records: Sequence[dict[str, Any]] = RECORDS) -> Path:
    """A whole page: no further one was named."""
    page = {"customerHistoryRecords": list(records), "encodedRequestToken": None, "noDataFoundWithinTimeLimit": False}
    path.write_text(json.dumps(page), encoding="utf-8")
    return path
