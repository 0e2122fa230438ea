"""Large JSON files a piece at a time: the elements of their arrays, each with its text as it stood in the file."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from json.decoder import JSONDecodeError
from json.scanner import NUMBER_RE
from typing import Any, BinaryIO

CHUNK = 1 << 20
LONGEST_ELEMENT = 64 << 20
DEEPEST = 3
OPENING = 4096
_NO_SPACE = re.compile(r"[^ \t\r\n]")


class Damaged(ValueError):
    """The text stopped being JSON; everything before was handed out."""


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
        data = self._stream.read(max(CHUNK, len(self.text) - self.at))
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
        """The next whole value and its text."""
        self.next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except JSONDecodeError as error:
                cut_off = len(self.text) - self.at < LONGEST_ELEMENT and self.more()
                if not cut_off:
                    raise Damaged(error.msg) from None
            except RecursionError:
                raise Damaged("nested too deeply") from None
            except ValueError:  # a number of more digits than Python converts
                raise Damaged("a number is too long") from None
            else:
                number_may_go_on = end == len(self.text) and NUMBER_RE.match(self.text, self.at) and self.more()
                if not number_may_go_on:
                    raw = self.text[self.at : end]
                    self.at = end
                    return value, raw

    def expect(self, wanted: str) -> str:
        found = self.next()
        if not found or found not in wanted:
            raise Damaged(f"expected one of {wanted}")
        self.at += 1
        return found


_DECODER = json.JSONDecoder()


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8"


def elements(
    stream: BinaryIO, whole: Callable[[str], bool] | None = None
) -> Iterator[tuple[tuple[str, ...], Any, str]]:
    """Every element of every array of the document, and every other value, as (keys leading to it, value, raw text).

    Objects are entered down to three levels, arrays at any of them are handed out element by element (an array's
    elements all bear the array's keys), and whatever lies deeper comes whole. One value after another on the same
    stream ("JSON lines") is read like an array without brackets; an object among these is handed out in one piece if
    *whole* says so of its opening characters. Raises `Damaged` where the text stops being JSON: what came before has
    been handed out.
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
        window.expect(":")
        yield from _walk(window, (*keys, key))
        if window.expect(",}") == "}":
            return
