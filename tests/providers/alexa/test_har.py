"""Of a browser's network log only the voice history is read, and nothing else of it is kept."""

from __future__ import annotations

import base64
import gzip
import json

import pytest

from tests.providers.alexa.pages import dumped, exports, heard, loaded, log, page, rah_page, said, utterance


def coded(body: bytes) -> dict[str, object]:
    content = {"encoding": "base64", "text": base64.b64encode(body).decode()}
    return loaded("") | {"response": {"content": content}}


def test_nothing_of_the_log_but_the_records_is_kept() -> None:
    other = loaded("SECRET", "/something/else")

    found = heard(log(other, loaded(page([said()], "SECRET")), loaded(rah_page([utterance()]), "/rah/x")))

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
    found = heard(log(loaded("") | {"response": {"content": content}}, loaded(page([said()]))))

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


def test_a_log_is_known_by_a_list_that_only_stands_in_base64() -> None:
    for shift in range(3):
        body = b" " * shift + dumped(page([said()]))
        entry = coded(body) | {"request": {"url": "https://example.org/"}}

        assert len(heard(log(entry)).interactions) == 1


def test_a_damaged_log_keeps_what_stood_before_the_damage() -> None:
    found = heard(log(loaded(page([said()])), loaded(page([said(ms=5)])))[:-300])

    assert len(found.interactions) == 1
    assert found.codes == ["damaged-page"]
    assert not found.told.coverage.complete
