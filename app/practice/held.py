"""What a vendor of the practice household still holds of something that was said."""

from __future__ import annotations

from dataclasses import dataclass

from app.practice.household import Said


@dataclass(frozen=True, slots=True)
class Held:
    """A record of *said*, and which parts of it there are."""

    said: Said
    words: bool = True
    sound: bool = True
