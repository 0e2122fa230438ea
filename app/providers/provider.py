"""What every vendor's folder offers."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.model import Export, Interaction, Issue, Layer, Parcel, Told

Reading = Generator[Interaction | Issue, None, Told]
"""What an export holds, in its order, and at the end what it said about itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """Interactions of a plan that one step at the vendor can cover.

    *kind* "range": everything of *device* from *first_ms* to *last_ms* (whole local days); "single": the interactions
    at *moments_ms*, one by one. *device* is the family's name for it, "" where the vendor's page knows no devices.
    """

    kind: str
    device: str
    first_ms: int
    last_ms: int
    moments_ms: tuple[int, ...]


class Provider(Protocol):
    """A vendor: how to recognise and read its exports, and how to ask it for a deletion."""

    key: str
    """Its short name in the library and the JSON ("alexa")."""
    name: str
    """Its name on screen."""
    layers: Mapping[Layer, str]
    """The layers this vendor keeps, each with how it can be known, in one sentence for the checklist."""
    unlisted: frozenset[Layer]
    """Layers it keeps of every interaction although a listing shows nothing of them."""
    numbers_alike: bool
    """Whether identities number the records of the same words in the same second, so that one may stand for another."""
    by_device: bool
    """Whether its own page can delete by device."""
    page: str
    """The address of the page where a parent deletes."""
    getting: tuple[str, ...]
    """How to get the archive, in short steps."""
    getting_page: str
    """The address of the page where the archive is asked for."""

    def recognise(self, drop: Sequence[Parcel]) -> Sequence[Export]:
        """The exports of this vendor among the parcels dropped together, by their content."""

    def read(self, export: Export) -> Reading:
        """What *export* holds; a damaged row is an `Issue`, never an exception. A file that cannot be read at all is an
        `Issue` with row None, and the coverage is then not complete."""

    def words(self, part: Part) -> str:
        """What the parent does in the vendor's page for *part*, in one or two sentences, with devices and dates."""
