"""Files of a drop that exist only in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from app.model import Export, Interaction, Issue, Parcel, Problem, Sort, Told
from app.providers.provider import Provider

HEAD = 64 << 10


@dataclass(frozen=True)
class Held:
    """One file: its name, its bytes, and what it is by its first bytes."""

    path: str
    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def sort(self) -> Sort:
        if not self.data:
            return Sort.EMPTY
        if self.data.startswith((b"RIFF", b"ID3")):
            return Sort.SOUND
        start = self.data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1]
        return {b"{": Sort.JSON, b"[": Sort.JSON, b"<": Sort.HTML}.get(start, Sort.OTHER)

    def head(self) -> bytes:
        return self.data[:HEAD]

    def open(self) -> BinaryIO:
        return BytesIO(self.data)


@dataclass(frozen=True)
class Locked(Held):
    """A file that turns out to be unreadable once it is opened."""

    def open(self) -> BinaryIO:
        raise Problem(f"{self.path} is damaged.")


def parcel(files: Mapping[str, bytes], name: str = "drop") -> Parcel:
    return Parcel(name, tuple(Held(path, data) for path, data in files.items()))


@dataclass(frozen=True)
class Heard:
    """Everything that reading an export gave."""

    interactions: list[Interaction]
    issues: list[Issue]
    told: Told

    @property
    def codes(self) -> list[str]:
        return [issue.code for issue in self.issues]


def read(provider: Provider, export: Export) -> Heard:
    """*export* read to its end."""
    reading = provider.read(export)
    interactions: list[Interaction] = []
    issues: list[Issue] = []
    while True:
        try:
            found = next(reading)
        except StopIteration as end:
            return Heard(interactions, issues, end.value)
        if isinstance(found, Issue):
            issues.append(found)
        else:
            interactions.append(found)
