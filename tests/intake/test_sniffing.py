"""What a file is by its first bytes."""

from __future__ import annotations

import pytest

from app.intake.sniffing import sniff, sort_of
from app.model import Sort
from tests.intake.diary import beep


def _no_look() -> bytes:
    raise AssertionError("the file was opened")


@pytest.mark.parametrize(
    ("head", "sort"),
    [
        (b'{"a": 1}', Sort.JSON),
        (b'\xef\xbb\xbf [\r\n {"a"', Sort.JSON),
        ('[{"a": 1}]'.encode("utf-16"), Sort.JSON),
        (b"[]", Sort.JSON),
        (b"[section]\nkey = value", Sort.OTHER),
        (b"<!DOCTYPE html><html>", Sort.HTML),
        (b"\n <div class='x'>", Sort.HTML),
        (b"<?xml version='1.0'?>", Sort.OTHER),
        (b"\xef\xbb\xbfTimestamp,Text\r\n2020,hello\r\n", Sort.CSV),
        (b"a;b;c\n1;2;3\n", Sort.CSV),
        (b"a\tb\n1\t2\n", Sort.CSV),
        (b"Dear family,\nhere is, as promised, the data.\n", Sort.OTHER),
        (b"PK\x03\x04rest", Sort.ZIP),
        (b"PK\x05\x06" + b"\0" * 18, Sort.ZIP),
        (b"SQLite format 3\0", Sort.SQLITE),
        (b"\x80\x04\x95pickle", Sort.OTHER),
        (b"", Sort.EMPTY),
        (beep(), Sort.SOUND),
        (b"ID3\x04\0\0\0\0\0\0", Sort.SOUND),
        (b"OggS\0\x02", Sort.SOUND),
        (b"fLaC\0\0\0\x22", Sort.SOUND),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, sort: Sort) -> None:
    assert sniff(head) is sort


def test_a_page_that_calls_itself_a_sound_is_a_page() -> None:
    sort = sort_of("a.mp3", 20, lambda: b"<html><body>Sign in", trust_ending=False)

    assert sort is Sort.HTML


@pytest.mark.parametrize("head", [b"", b"\0\0\0 not a sound"])
def test_a_broken_file_with_the_ending_of_a_sound_stays_a_sound(head: bytes) -> None:
    sort = sort_of("a.wav", len(head), lambda: head, trust_ending=False)

    assert sort is Sort.SOUND


def test_a_sound_of_a_large_archive_is_known_without_a_look() -> None:
    sort = sort_of("Audio/a.WAV", 40_000, _no_look, trust_ending=True)

    assert sort is Sort.SOUND
