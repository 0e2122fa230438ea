"""What goes wrong with a database file while it is read, in a parent's words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from app.library.engine import Store, troubles


class _Reader(Protocol):
    _store: Store


Who = TypeVar("Who", bound=_Reader)
Given = ParamSpec("Given")
Read = TypeVar("Read")


def plainly(read: Callable[Concatenate[Who, Given], Read]) -> Callable[Concatenate[Who, Given], Read]:
    """*read* with a `Problem` in place of what the engine says, for damage shows where a page is read, not at open."""

    @wraps(read)
    def reading(reader: Who, /, *args: Given.args, **named: Given.kwargs) -> Read:
        with troubles(reader._store.path):
            return read(reader, *args, **named)

    return reading
