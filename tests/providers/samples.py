"""A small export of every vendor, and damage done to it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

from tests.providers.alexa import pages as alexa

_ASSISTANT = {
    "header": "Assistant",
    "title": "Said sing a song",
    "titleUrl": "https://www.google.com/search?q=sing+a+song",
    "time": "2024-03-14T15:10:00.250Z",
    "products": ["Assistant"],
    "subtitles": [{"name": "la la"}],
    "details": [{"name": "Started by hotword"}],
    "audioFiles": ["2024-03-14_15_10_00_250_UTC.mp3"],
}
_GEMINI = {
    "header": "Gemini Apps",
    "title": "Prompted tell me a joke",
    "time": "2026-01-05T08:00:01Z",
    "products": ["Gemini Apps"],
    "safeHtmlItem": [{"html": "<p>knock knock</p>"}],
}
_HTML = (
    '<html><body><div class="mdl-grid"><div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp">'
    '<div class="mdl-grid"><div class="header-cell mdl-cell"><p class="mdl-typography--title">Assistant<br></p></div>'
    '<div class="content-cell mdl-cell mdl-typography--body-1">Said\xa0<a href="https://www.google.com/search?q=stop">'
    "stop</a><br>Mar 15, 2024, 3:10:00\u202fPM UTC</div>"
    '<div class="content-cell mdl-cell mdl-typography--caption"><b>Products:</b><br>\u2003Assistant<br></div>'
    "</div></div></div></body></html>"
)
_TALK = {"conversationId": "c-1", "conversationTurns": [alexa.turn("USER", "hi"), alexa.turn("AGENT", "hello")]}

SAMPLES: Mapping[str, Mapping[str, bytes]] = {
    "alexa": {
        "pages/1.json": alexa.dumped(alexa.page([alexa.said(ms=alexa.T0 + n) for n in range(4)], "t1")),
        "pages/2.json": alexa.dumped(
            alexa.page([alexa.said(ms=alexa.T0 + 9, personsInfo=[{"personFirstName": "Ann"}])])
        ),
        "pages/3.json": alexa.dumped(alexa.rah_page([alexa.utterance(alexa.T0 + 20), alexa.conversation("c-1")])),
        "pages/4.json": alexa.dumped(_TALK),
        "pages/5.json": alexa.dumped({"activities": [alexa.activity(ms=alexa.T0 + 30)], "startDate": 0, "endDate": 0}),
        "pages/6.json": alexa.dumped([{"data": alexa.said(ms=alexa.T0 + 40), "alexaResponse": "la"}]),
        f"sounds/{alexa.T0}.wav": b"RIFF\x24\0\0\0WAVE",
        "log.har": alexa.log(alexa.loaded(alexa.page([alexa.said(ms=alexa.T0 + 50)]))),
    },
    "google": {
        "Takeout/My Activity/Assistant/MyActivity.json": json.dumps([_ASSISTANT]).encode(),
        "Takeout/My Activity/Assistant/2024-03-14_15_10_00_250_UTC.mp3": b"ID3\x04\0\0\0\0\0\0",
        "Takeout/My Activity/Gemini Apps/MyActivity.json": json.dumps([_GEMINI]).encode(),
        "Takeout/My Activity/Voice and Audio/MyActivity.html": _HTML.encode(),
    },
}

_WEIRD: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**40, 1.5, float("nan"), [], {}, [[]], [None], [{}], {"": []}, ["x", 5], {"data": {}}),
    *("", "\x00", "\ud800", "#", "a#b#c#d", f"a#{'9' * 5000}#c#d", "2147483647", "http://["),
    *("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
)


def damaged(files: Mapping[str, bytes], seed: int) -> dict[str, bytes]:
    """*files* with one of them harmed in its bytes or, if it is JSON, in its values."""
    chance = random.Random(seed)
    path = chance.choice(sorted(files))
    data = files[path]
    if seed % 2 and data[:1] in b"[{":
        value = json.loads(data)
        for _ in range(chance.randint(1, 3)):
            value = _replaced(value, chance)
        return {**files, path: json.dumps(value).encode()}
    at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    end = min(end, at + chance.choice((0, 1, 40, 4000)))
    put = chance.choice(
        (b"", data[at:end] * 2, chance.randbytes(3), b"[" * 5000, b'"', b"\\ud800", b"\\u0000", b"null")
    )
    return {**files, path: data[:at] + put + data[end:]}


def _replaced(value: Any, chance: random.Random) -> Any:
    """*value* with something in it replaced by something that has no business there."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.1:
        return chance.choice(_WEIRD)
    if isinstance(value, list):
        at = chance.randrange(len(value))
        return [_replaced(each, chance) if n == at else each for n, each in enumerate(value)]
    name = chance.choice(sorted(value))
    return {key: _replaced(each, chance) if key == name else each for key, each in value.items()}


def garbage() -> Iterator[tuple[str, bytes]]:
    """Files that belong to no vendor, under names that look like theirs."""
    chance = random.Random(7)
    yield "Alexa/customer-history-records.json", b""
    yield "Takeout/My Activity/Assistant/MyActivity.html", b"<html><body><p>hello</p></body></html>"
    yield "Takeout/My Activity/Assistant/MyActivity.json", b"[]"
    for number, value in enumerate(_WEIRD):
        yield f"weird-{number}.json", json.dumps([value]).encode()
    for number in range(20):
        yield f"noise-{number}.json", chance.choice((b"{", b"[", b"<", b"")) + chance.randbytes(200)
