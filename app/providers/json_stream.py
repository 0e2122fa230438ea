"""Large JSON files a piece at a time: the elements of their arrays, each with its text as it stood in the file."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from enum import Enum
from json.decoder import JSONDecodeError
from json.scanner import NUMBER_RE
from typing import Any, BinaryIO

CHUNK = 1 << 20
LONGEST_ELEMENT = 8 << 20
"""As values in memory, a text can take thirty times its length."""
DEEPEST_ELEMENT = 64
DEEPEST = 3
OPENING = 16 << 10
_NO_SPACE = re.compile(r"[^ \t\r\n]")
_NO_SIGN = re.compile(r'[^"\[\]{}]*+')
_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_MOST_SIGNS = 2_000_000
_LONGEST_WORD = 16


class Damaged(ValueError):
    """The text stopped being JSON; everything before was handed out."""


class _Unfit(Enum):
    """The one value that stands in the place of every element that was not fit to be read."""

    UNFIT = "unfit"

    def __bool__(self) -> bool:
        return False


UNFIT = _Unfit.UNFIT
"""In the place of an element that is longer, or nested more deeply, than any honest one; what follows it is read."""


class _Window:
    """A sliding view on the text of a stream: `text[at]` is the next character, more is read when asked for."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        head = stream.read(CHUNK)
        self._decode = codecs.getincrementaldecoder(_encoding(head))(errors="strict")
        self._ended = self._broken = False
        self.text = self._decoded(head)
        self.at = 0
        if self.text.startswith("\ufeff"):
            self.at = 1

    def _decoded(self, data: bytes) -> str:
        try:
            return self._decode.decode(data, final=not data)
        except UnicodeDecodeError as error:  # what stands before it is still good
            self._broken = True
            return str(error.object[: error.start], error.encoding)

    def more(self) -> bool:
        """Read on; False at the end of the stream. What lies before `at` is dropped."""
        if self._broken:
            raise Damaged("the text is not UTF-8")
        if self._ended:
            return False
        held = len(self.text) - self.at
        data = self._stream.read(max(CHUNK, min(held, LONGEST_ELEMENT - held)))
        self._ended = not data
        self.text = self.text[self.at :] + self._decoded(data)
        self.at = 0
        return bool(data) or self._broken

    def next(self) -> str:
        """The next character that is not white space, without passing it; "" at the end."""
        while True:
            if self.at < len(self.text) and self.text[self.at] > " ":  # nearly always
                return self.text[self.at]
            if found := _NO_SPACE.search(self.text, self.at):
                self.at = found.start()
                return found[0]
            self.at = len(self.text)
            if not self.more():
                return ""

    def opening(self) -> str:
        """The first characters of the next value, without passing them."""
        self.next()
        while len(self.text) - self.at < OPENING and self.more():
            pass
        return self.text[self.at : self.at + OPENING]

    def value(self) -> tuple[Any, str]:
        """The next whole value and its text; `UNFIT` and how it begins where it is too long or nested too deeply."""
        self.next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except JSONDecodeError as error:
                if not _is_cut_off(error, self.text):
                    raise Damaged(error.msg) from None
                if len(self.text) - self.at >= LONGEST_ELEMENT:
                    return self._passed()
                if not self.more():
                    raise Damaged(error.msg) from None
            except RecursionError:
                return self._passed()
            except ValueError:  # a number of more digits than Python converts
                raise Damaged("a number is too long") from None
            else:
                number_may_go_on = end == len(self.text) and NUMBER_RE.match(self.text, self.at) and self.more()
                if number_may_go_on and len(self.text) > LONGEST_ELEMENT:
                    raise Damaged("a number is too long")
                if not number_may_go_on:
                    raw = self.text[self.at : end]
                    self.at = end
                    unfit = len(raw) > LONGEST_ELEMENT or _is_deep(value, raw)
                    return (UNFIT, raw[:OPENING]) if unfit else (value, raw)

    def _passed(self) -> tuple[Any, str]:
        """Only the beginning of the next value, which is passed without being held."""
        depth, in_string, opening = 0, False, self.text[self.at : self.at + OPENING]
        for _ in range(_MOST_SIGNS):
            sign = self._sign(_STRING if in_string else _NO_SIGN)
            if sign == '"':
                in_string = not in_string
            else:
                depth += 1 if sign in "[{" else -1
            if depth <= 0 and not in_string:
                return UNFIT, opening
        raise Damaged("a value has too many parts")

    def _sign(self, before: re.Pattern[str]) -> str:
        """The character that follows *before*, passed with it."""
        while True:
            if found := before.match(self.text, self.at):
                self.at = found.end()
            if self.at < len(self.text) and (sign := self.text[self.at]) != "\\":  # half an escape waits for the rest
                self.at += 1
                return sign
            if not self.more():
                raise Damaged("a value has no end")

    def expect(self, wanted: str) -> str:
        found = self.next()
        if not found or found not in wanted:
            raise Damaged(f"expected one of {wanted}")
        self.at += 1
        return found


_DECODER = json.JSONDecoder()


def loads(text: str) -> Any:
    """The value that *text* spells; raises `Damaged` where it spells none, or one that is not fit to be read."""
    if len(text) > LONGEST_ELEMENT:
        raise Damaged("too long")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Damaged("not JSON, or nested too deeply") from None
    if _is_deep(value, text):
        raise Damaged("nested too deeply")
    return value


def _is_cut_off(error: JSONDecodeError, text: str) -> bool:
    """Whether the text may only have ended too early for a value: else it is no JSON, however it goes on."""
    return error.msg.startswith("Unterminated string") or error.pos + _LONGEST_WORD > len(text)


def _is_deep(value: Any, raw: str) -> bool:
    if raw.count("[") + raw.count("{") <= DEEPEST_ELEMENT:
        return False
    inside = [value]
    for _ in range(DEEPEST_ELEMENT):
        inside = [
            inner
            for outer in inside
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not inside:
            return False
    return True


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8"


def elements(
    stream: BinaryIO, whole: Callable[[str], bool] | None = None
) -> Iterator[tuple[tuple[str, ...], Any, str]]:
    """Every element of every array of the document, and every other value, as (keys leading to it, value, raw text).

    Objects are entered down to three levels, arrays at any of them are handed out element by element (an array's
    elements all bear the array's keys), and whatever lies deeper comes whole; `UNFIT`, with its first characters,
    stands for what is too long or nested too deeply. One value after another on the same stream ("JSON lines") is read
    like an array without brackets; an object among these is handed out in one piece if *whole* says so of its opening
    characters. Raises `Damaged` where the text stops being JSON: what came before has been handed out.
    """
    window = _Window(stream)
    while window.next():
        if whole is not None and window.next() == "{" and whole(window.opening()):
            value, raw = window.value()
            yield (), value, raw
        else:
            yield from _walk(window, ())
        if window.next() == ",":  # lines that were cut out of an array
            window.at += 1


def _walk(window: _Window, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, str]]:
    opening = window.next()
    if opening == "[":
        yield from _array(window, keys)
    elif opening == "{" and len(keys) < DEEPEST:
        yield from _object(window, keys)
    else:
        value, raw = window.value()
        yield keys, value, raw


def _array(window: _Window, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, str]]:
    window.at += 1
    if window.next() == "]":
        window.at += 1
        return
    while True:
        value, raw = window.value()
        yield keys, value, raw
        if window.expect(",]") == "]":
            return


def _object(window: _Window, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, str]]:
    window.at += 1
    if window.next() == "}":
        window.at += 1
        return
    while True:
        if window.next() != '"':
            raise Damaged("expected a name")
        key, _ = window.value()
        if key is UNFIT:
            raise Damaged("a name is too long")
        window.expect(":")
        yield from _walk(window, (*keys, key))
        if window.expect(",}") == "}":
            return
