"""Google: the Assistant's, the voice and the Gemini Apps activity of a Takeout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.model import Export, Layer, Parcel
from app.providers.google.discovery import exports_in
from app.providers.google.reading import read
from app.providers.provider import Part, Reading

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Google:
    """Google Assistant, Nest speakers and Gemini, as Google keeps them in "My Activity"."""

    key = "google"
    name = "Google Assistant"
    layers: Mapping[Layer, str] = {
        Layer.AUDIO: "A Takeout shows each recording that Google kept, if its recordings were asked for with it.",
        Layer.REQUEST: "A Takeout of My Activity shows what was said.",
        Layer.RESPONSE: "A Takeout shows an answer only where Google kept one with the record.",
        Layer.ACTION: "A Takeout shows each row of the activity, also those that nobody said.",
        Layer.CONVERSATION: "A Takeout shows each prompt to Gemini Apps; Gemini's own page shows whole conversations.",
        Layer.REMEMBERED: "Notes, lists and what Gemini was told to remember stand elsewhere: a parent has to look.",
        Layer.SCHEDULED: "Reminders, alarms and routines are no part of My Activity: a parent has to look in the apps.",
        Layer.VOICE_PROFILE: "A Takeout does not show Voice Match: a parent has to look in the Google Home app.",
        Layer.SMART_HOME: "What was switched at home is kept by Google Home: a parent has to look in its history.",
        Layer.THIRD_PARTY: "Services that Google handed a request to keep their own records: only they can say.",
    }
    unlisted: frozenset[Layer] = frozenset()
    numbers_alike = True
    by_device = False
    # Remembered, not seen in any code or document that we could check; `delete-activity` was seen in public code.
    page = "https://myactivity.google.com/product/assistant"
    getting: tuple[str, ...] = (
        "Open Google Takeout with the account that the speaker uses, deselect all, and choose only My Activity.",
        "Under its options choose Assistant and Gemini Apps, and JSON as the format; ask for the export as .zip.",
        "When Google writes that it is ready, download every part and drop them all here together.",
    )
    getting_page = "https://takeout.google.com/"

    def recognise(self, drop: Sequence[Parcel]) -> Sequence[Export]:
        """The Takeouts in *drop*, each with all its parts, and single files of activity."""
        return tuple(exports_in(drop))

    def read(self, export: Export) -> Reading:
        """What *export* holds, in the order of its files."""
        return read(export)

    def words(self, part: Part) -> str:
        """What to do on the page for *part*; My Activity knows no devices, only products and days."""
        if part.kind == "range":
            return (
                'Choose "Delete", then "Custom range", and delete everything from '
                f"{_day(part.first_ms)} to {_day(part.last_ms)}. Do the same for Gemini Apps if it was used."
            )
        moments = "; ".join(_moment(ms) for ms in part.moments_ms)
        return f"Find the activity of {moments} in the list, and delete each with the cross or the bin beside it."


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000).astimezone()


def _day(ms: int) -> str:
    local = _local(ms)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def _moment(ms: int) -> str:
    """To the minute, as the page shows it."""
    return f"{_day(ms)}, {_local(ms):%H:%M}"


__all__ = ["Google"]
