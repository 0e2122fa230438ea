"""Large JSON is read an element at a time, each with its own text, until it stops being JSON."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
from io import BytesIO
from typing import Any, BinaryIO, cast

import pytest

from app.providers.json_stream import CHUNK, DEEPEST_ELEMENT, LONGEST_ELEMENT, UNFIT, Damaged, elements, loads

Found = list[tuple[tuple[str, ...], Any, str]]


def found(text: str | bytes, **how: Any) -> Found:
    return list(elements(BytesIO(text.encode() if isinstance(text, str) else text), **how))


def until_damage(data: bytes) -> Found:
    """What is handed out before the damage that there must be."""
    handed_out: Found = []
    with pytest.raises(Damaged):
        for element in elements(BytesIO(data)):
            handed_out.append(element)
    return handed_out


def test_the_elements_of_an_array_come_one_by_one_with_their_text() -> None:
    assert found('[ {"a": 1.50} ,\n[2]]') == [((), {"a": 1.5}, '{"a": 1.50}'), ((), [2], "[2]")]


def test_an_object_is_entered_and_its_arrays_bear_its_keys() -> None:
    text = '{"page": {"rows": [1, {"x": []}], "token": null}, "empty": [], "none": {}}'

    assert found(text) == [
        (("page", "rows"), 1, "1"),
        (("page", "rows"), {"x": []}, '{"x": []}'),
        (("page", "token"), None, "null"),
    ]


def test_what_lies_deeper_than_three_levels_comes_whole() -> None:
    assert found('{"a":{"b":{"c":{"d":1}}}}') == [(("a", "b", "c"), {"d": 1}, '{"d":1}')]


def test_values_line_by_line_are_read_like_an_array() -> None:
    assert [value for _, value, _ in found("[1]\n[2],\n3\n")] == [1, 2, 3]


def test_an_object_comes_whole_where_the_caller_says_so() -> None:
    text = '{"record": 1, "list": [1]}\n{"list": [2]}'

    handed_out = found(text, whole=lambda opening: opening.startswith('{"record"'))

    assert handed_out == [((), {"record": 1, "list": [1]}, '{"record": 1, "list": [1]}'), (("list",), 2, "2")]


def test_the_opening_that_the_caller_sees_is_not_cut_off_by_the_way_the_file_is_read() -> None:
    openings: list[str] = []

    def whole(opening: str) -> bool:
        openings.append(opening)
        return True

    found(" " * (CHUNK - 5) + '{"record": "of some length"}', whole=whole)

    assert openings == ['{"record": "of some length"}']


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_common_coding_is_read(coding: str) -> None:
    data = json.dumps(["ä 😀"], ensure_ascii=False).encode(coding)

    assert found(data) == [((), "ä 😀", '"ä 😀"')]


def test_elements_that_lie_across_the_pieces_read_are_whole() -> None:
    rows = [{"n": n, "text": "ü" * 700} for n in range(3 * CHUNK // 700)]
    data = json.dumps(rows, ensure_ascii=False).encode()

    values = [value for _, value, _ in found(data)]

    assert values == rows


def test_a_number_across_two_pieces_is_one_number() -> None:
    data = b"[" + b" " * (CHUNK - 4) + b"123456]"

    assert found(data) == [((), 123456, "123456")]


@pytest.mark.parametrize(
    "tail",
    [b"", b",", b", tru", b", }", b', "open', b", " + b"[" * 200_000, b", " + b"7" * 9_999, b", \xff]", b" 3]"],
)
def test_what_stands_before_the_damage_is_handed_out(tail: bytes) -> None:
    data = b"[1, " + b" " * CHUNK + b"2" + tail

    assert [value for _, value, _ in until_damage(data)] == [1, 2]


def test_nothing_at_all_is_no_damage() -> None:
    assert found(" \n") == []


def test_white_space_takes_hardly_any_time() -> None:
    data = b'{"a": [' + b" \n\r\t" * (10 << 20) + b"1]}"
    begun = time.process_time()

    assert found(data) == [(("a",), 1, "1")]

    assert time.process_time() - begun < 3  # character by character it is twice that


@pytest.mark.parametrize(
    "unfit",
    [
        pytest.param('{"a": "' + "x" * LONGEST_ELEMENT + '"}', id="too long"),
        pytest.param('{"a": "' + r"\"\\" * (LONGEST_ELEMENT // 4) + '"}', id="too long, and full of escapes"),
        pytest.param("[" * 65 + "]" * 65, id="too deep"),
        pytest.param('{"a":' * 5_000 + "0" + "}" * 5_000, id="deeper than Python can go"),
    ],
)
def test_an_element_that_is_not_fit_to_be_read_is_passed_and_the_next_is_read(unfit: str) -> None:
    handed_out = found(f'{{"rows": [1, {unfit}, 2]}}')

    assert [value for _, value, _ in handed_out] == [1, UNFIT, 2]
    assert unfit.startswith(handed_out[1][2])


def test_an_element_as_deep_as_it_may_be_is_read() -> None:
    (element,) = found("[" + "[" * DEEPEST_ELEMENT + "]" * DEEPEST_ELEMENT + "]")

    assert element[1] is not UNFIT


@pytest.mark.parametrize(
    ("start", "repeated"), [('[{"a": "', b"x"), ("[1.", b"0"), ("[x", b"0"), ("[", b" "), ('[{"a', b"a")]
)
def test_much_of_nothing_is_told_from_json_in_little_memory(start: str, repeated: bytes) -> None:
    tracemalloc.start()

    with pytest.raises(Damaged):
        list(elements(cast(BinaryIO, io.BufferedReader(Endless(start, repeated, 64 << 20)))))

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 64 << 20


@pytest.mark.parametrize("repeated", [b"[", b"[],"])
def test_brackets_without_end_are_given_up(repeated: bytes) -> None:
    with pytest.raises(Damaged):
        list(elements(cast(BinaryIO, io.BufferedReader(Endless('[{"a": [', repeated, 1 << 40)))))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[" * 70 + "]" * 70, '"' + "x" * LONGEST_ELEMENT + '"', "{", "9" * 5_000]
)
def test_a_text_that_is_not_fit_to_be_read_is_damaged(text: str) -> None:
    with pytest.raises(Damaged):
        loads(text)


class Endless(io.RawIOBase):
    """A stream that goes on saying the same."""

    def __init__(self, start: str, repeated: bytes, size: int) -> None:
        self._waiting = start.encode()
        self._repeated = repeated * (CHUNK // len(repeated))
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._waiting and self._left > 0:
            self._waiting = self._repeated
            self._left -= len(self._repeated)
        data, self._waiting = self._waiting[: len(buffer)], self._waiting[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
