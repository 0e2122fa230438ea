"""Of a browser's network log only the voice history is read, and nothing else of it is kept."""

from __future__ import annotations

import base64
import gzip
import json

import pytest

from tests.providers.alexa.pages import T0, dumped, exports, heard, loaded, log, page, rah_page, said, utterance


def coded(body: bytes) -> dict[str, object]:
    content = {"encoding": "base64", "text": base64.b64encode(body).decode()}
    return loaded("") | {"response": {"content": content}}


def test_nothing_of_the_log_but_the_records_is_kept() -> None:
    other = loaded("SECRET", "/something/else")

    found = heard(
        log(other, loaded(page([said()], "SECRET")), loaded(rah_page([utterance()]), "/rah/alexa-history-records-v2"))
    )

    assert len(found.interactions) == 2
    assert "SECRET" not in repr(found)
    assert all(b"SECRET" not in interaction.raw for interaction in found.interactions)
    assert json.loads(found.interactions[0].raw) == said()


@pytest.mark.parametrize("body", [dumped(page([said()])), gzip.compress(dumped(page([said()])))])
def test_a_body_in_base64_is_read(body: bytes) -> None:
    found = heard(log(coded(body)))

    assert len(found.interactions) == 1
    assert found.told.coverage.complete


@pytest.mark.parametrize(
    "content",
    [
        None,
        7,
        {"text": 5},
        {"encoding": "base64", "text": "!"},
        {"encoding": "base64", "text": base64.b64encode(b"\x1f\x8bnonsense").decode()},
        {"size": 1234},
    ],
)
def test_a_page_whose_body_is_not_in_the_log_is_a_failed_page(content: object) -> None:
    found = heard(log(loaded(page([said()])), loaded("") | {"response": {"content": content}}))

    assert found.codes == ["failed-page"]
    assert len(found.interactions) == 1
    assert not found.told.coverage.complete


@pytest.mark.parametrize("entry", [None, 7, {}, {"request": []}, {"request": {"url": "http://["}, "response": {}}])
def test_entries_of_any_shape_are_passed_over(entry: object) -> None:
    found = heard(log(entry, loaded(page([said()]))))

    assert len(found.interactions) == 1
    assert found.issues == []


def test_a_log_is_a_source_of_its_own_beside_loose_pages() -> None:
    found = exports({"x.har": log(loaded(page([said()]))), "y.json": dumped(page([said()]))})

    assert sorted((export.kind, len(export.records)) for export in found) == [("har", 1), ("listing", 1)]


def test_a_log_without_any_voice_history_is_not_ours() -> None:
    entry = {"request": {"url": "https://example.org/"}, "response": {"content": {"text": "hello"}}}

    assert exports({"x.har": log(entry)}) == ()


LIST = "/alexa-privacy/apd/rvh/customer-history-records-v2?startTime=0"
THEIRS = [
    "https://www.amazon.de" + LIST,
    "https://www.amazon.co.uk:443" + LIST,
    "https://amazon.com.br" + LIST,
    "https://www.amazon.de/-/en" + LIST,
    "https://layla.amazon.de/alexa-privacy/apd/rah/alexa-history-records-v2",
    "https://alexa.amazon.co.jp/api/activities?size=50",
]
FOREIGN = [
    "https://amazon.evil.com" + LIST,
    "https://www.amazon.com.evil.com" + LIST,
    "https://notamazon.com" + LIST,
    "https://www.amazon.com@evil.com" + LIST,
    "https://amazonxcom" + LIST,
    "https://evil.com/https://www.amazon.com" + LIST,
    "http://127.0.0.1:3001" + LIST,
    "http://localhost" + LIST,
    "https://www.strava.com/api/activities",
    "https://www.amazon.com/orders",
    "https://www.amazon.com/alexa-privacy/apd/rvh/persons-in-household",
]


@pytest.mark.parametrize("url", THEIRS)
def test_the_history_is_read_from_every_amazon(url: str) -> None:
    assert len(heard(log(loaded(page([said()]), url))).interactions) == 1


@pytest.mark.parametrize("url", FOREIGN)
def test_what_only_looks_like_the_history_is_not_read_from_anywhere_else(url: str) -> None:
    bodies: tuple[object, ...] = (page([said()]), {"conversationTurns": [{}]}, {"activities": [said()]})
    foreign = [loaded(body, url) for body in bodies]

    found = heard(log(*foreign, loaded(page([said(ms=T0 + 1)]))))

    assert [one.at.ms for one in found.interactions] == [T0 + 1]
    assert found.issues == []
    assert found.told.coverage.complete


def test_a_log_of_another_site_with_a_list_of_the_same_name_is_not_ours() -> None:
    for url in (FOREIGN[0], FOREIGN[8]):
        assert exports({"x.har": log(loaded(page([said()]), url))}) == ()


def test_an_address_whose_strokes_are_escaped_is_known() -> None:
    escaped = log(loaded(page([said()]))).replace(b"/", b"\\/")

    assert len(heard(escaped).interactions) == 1


def test_a_log_of_recordings_alone_holds_no_conversations() -> None:
    recordings, both = loaded(page([said()])), loaded(rah_page([]), "/rah/alexa-history-records-v2")

    assert heard(log(recordings)).told.shelves == {""}
    assert heard(log(recordings, both)).told.shelves == {"", "conversations"}
    assert heard(dumped({"records": [utterance()], "nextRequestToken": None})).told.shelves == {""}


def test_a_damaged_log_keeps_what_stood_before_the_damage() -> None:
    found = heard(log(loaded(page([said()])), loaded(page([said(ms=5)])))[:-300])

    assert len(found.interactions) == 1
    assert found.codes == ["damaged-page"]
    assert not found.told.coverage.complete
