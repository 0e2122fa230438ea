"""What goes to the terminal: the answer on its standard output, everything else beside it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from app.model import Job, Problem, Progress

T = TypeVar("T")

_BAR = 24
_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
_SPACED = dict.fromkeys((*range(32), *range(127, 160)), " ")


def follow(job: Job[T]) -> T:
    """The result of *job*; its progress goes to the terminal, if there is one."""
    try:
        while True:
            _show(next(job))
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        job.close()
        _clear()


def print_json(value: Any) -> None:
    """*value* on one line. A terminal must not take any of it for a command, so control characters stay escaped."""
    with _room_for_answer():
        print(json.dumps(value, ensure_ascii=False).translate(_ESCAPED))


def counted(number: int, thing: str) -> str:
    """*number* of *thing*, in words for a person."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def say(line: str = "") -> None:
    """*line* for a person to read."""
    with _room_for_answer():
        print(line.translate(_SPACED))


def finish_answer() -> None:
    """Let nothing of the answer wait any longer."""
    with _room_for_answer():
        sys.stdout.flush()


def tell(line: str) -> None:
    """*line* beside the answer, for whoever sits in front of it."""
    print(line.translate(_SPACED), file=sys.stderr)


@contextmanager
def _room_for_answer() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would try once more at its end
        raise Problem(
            f"The answer could not be written: {error.strerror}.",
            advice="Make some room there, then try again.",
        ) from error


def _show(progress: Progress) -> None:
    if not sys.stderr.isatty():
        return
    share = progress.done / progress.total if progress.total else 0.0
    bar = "#" * round(_BAR * share)
    sys.stderr.write(f"\r\x1b[K[{bar:<{_BAR}}] {share:4.0%}  {progress.doing.translate(_SPACED)[:60]}")
    sys.stderr.flush()


def _clear() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
