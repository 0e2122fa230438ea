"""The fields that are a record's own, and what must not be kept beside them."""

from __future__ import annotations

import json
import re
from typing import Any

OWN = frozenset(
    [
        "recordKey",
        "recordType",
        "timestamp",
        "customerId",
        "device",
        "isBinaryFeedbackProvided",
        "isFeedbackPositive",
        "utteranceType",
        "domain",
        "intent",
        "skillName",
        "voiceHistoryRecordItems",
        "personsInfo",
        "activityKey",
        "activityStatus",
        "deviceInfo",
        "startTime",
        "title",
        "subTitle",
        "conversationId",
        "id",
        "registeredCustomerId",
        "creationTimestamp",
        "description",
        "domainAttributes",
        "utteranceId",
        "sourceDeviceIds",
        "sourceActiveUsers",
        "version",
        "data",
        "name",
        "deviceType",
        "deviceSerialNumber",
        "conversionDetails",
        "alexaResponse",
    ]
)
"""Those that are known; a record that has no others is kept as it stands."""

_SECRET = re.compile(r"token|csrf|cookie|session|authori[sz]ation|password|secret", re.IGNORECASE)


def without_secrets(row: dict[str, Any], raw: str) -> bytes:
    """The text of *row*, which is *raw*, without what is no part of a record but a key to the account."""
    kept = {name: value for name, value in row.items() if name in OWN or not _SECRET.search(name)}
    return raw.encode() if len(kept) == len(row) else json.dumps(kept, ensure_ascii=False).encode()
