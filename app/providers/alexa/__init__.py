"""Amazon Alexa: its voice history as pages, records and a browser's network log, and its deletion page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.model import Entry, Export, Layer, Parcel, Problem, Sort, clock_words, day_words
from app.providers.alexa.har import holds_history
from app.providers.alexa.listing import Listing
from app.providers.alexa.looking import Look, look
from app.providers.alexa.sounds import named_like_a_record
from app.providers.provider import Part, Reading

_PAGE = "https://www.amazon.com/alexa-privacy/apd/rvh"
_LAYERS = {
    Layer.AUDIO: "Play the recording in Alexa's voice history; a saved list names no sound, so it cannot tell.",
    Layer.REQUEST: "A later, complete list of the voice history shows whether the words are still there.",
    Layer.RESPONSE: "A later, complete list shows it; Alexa's answer can stay when the request is gone.",
    Layer.ACTION: "A later, complete list shows whether the entry is there; Amazon may keep other records of it.",
    Layer.REMEMBERED: "Ask “Alexa, what do you remember about me?”; deleting the voice history leaves it alone.",
    Layer.SCHEDULED: "Look at reminders, alarms, timers, lists and routines in the Alexa app; they stay.",
    Layer.CONVERSATION: "A later, complete list shows it; its words show when the conversation is opened.",
    Layer.VOICE_PROFILE: "Look at the voice profiles in the Alexa app; no list shows them.",
    Layer.PURCHASES: "Look at the orders of the account and the messages in the Alexa app; no list shows them.",
    Layer.SMART_HOME: "Look at the smart-home history in Alexa's privacy settings; the voice history does not show it.",
    Layer.THIRD_PARTY: "Makers of skills keep their own records; only a letter to each of them can ask.",
}
_GETTING = (
    "Open your voice history in a browser, open its developer tools (F12) at “Network”, and load the page anew.",
    "Choose “All history”, scroll down until nothing more comes, and open each conversation.",
    "Save the network log as a HAR file, with its contents, and drop it here. "
    "Only the pages of the voice history are read from it.",
    "Also ask Amazon for your data (www.amazon.com/hz/privacy-central/data-requests/preview.html): "
    "after some days it brings what no page shows.",
)


class Alexa:
    """Amazon Alexa."""

    key = "alexa"
    name = "Amazon Alexa"
    layers: Mapping[Layer, str] = _LAYERS
    unlisted: frozenset[Layer] = frozenset({Layer.AUDIO})
    numbers_alike = False
    by_device = True
    page = _PAGE
    getting: tuple[str, ...] = _GETTING
    getting_page = _PAGE

    def recognise(self, drop: Sequence[Parcel]) -> Sequence[Export]:
        logs: list[Export] = []
        loose: dict[str, list[Entry]] = {}
        names: dict[str, None] = {}
        for parcel in drop:
            for entry, found in _found(parcel):
                if found.har:
                    logs.append(Export(self.key, "har", _last(entry.path) or parcel.name, (entry,)))
                else:
                    loose.setdefault(found.account, []).append(entry)
                    names.setdefault(parcel.name)
        if not logs and not loose:
            return ()
        sounds = tuple(sound for parcel in drop for sound in _sounds(parcel, loose))
        if not loose:
            first = logs[0]
            return (Export(first.provider, first.kind, first.name, first.records, sounds), *logs[1:])
        return (*self._listings(loose, list(names), sounds), *logs)

    def _listings(
        self, loose: Mapping[str, Sequence[Entry]], names: Sequence[str], sounds: tuple[Entry, ...]
    ) -> list[Export]:
        """The loose files, by account where each of them says whose it is."""
        name = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        if len(loose) > 1 and "" not in loose and not sounds:
            return [Export(self.key, "listing", f"{name} ({account})", tuple(of)) for account, of in loose.items()]
        return [Export(self.key, "listing", name, tuple(entry for of in loose.values() for entry in of), sounds)]

    def read(self, export: Export) -> Reading:
        return Listing(export).reading()

    def words(self, part: Part) -> str:
        device = f"choose the device “{part.device}”" if part.device else "choose all devices"
        if part.kind == "range":
            first, last = day_words(part.first_ms), day_words(part.last_ms)
            days = f"the day {first}" if first == last else f"the dates from {first} to {last}"
            return (
                f"In Alexa's voice history {device} and {days}. "
                "Then choose to delete all recordings for this choice, and confirm."
            )
        moments = "; ".join(clock_words(ms) for ms in sorted(part.moments_ms))
        return f"In Alexa's voice history {device}. Open each of these entries and delete it: {moments}."


def _found(parcel: Parcel) -> Iterator[tuple[Entry, Look]]:
    """The files of *parcel* that hold something of Alexa's voice history. One that cannot be opened is nobody's."""
    for entry in parcel.entries:
        if entry.sort not in (Sort.JSON, Sort.OTHER):
            continue
        try:
            found = look(entry.head())
            if found and (not found.har or holds_history(entry)):
                yield entry, found
        except Problem:
            continue


def _sounds(parcel: Parcel, loose: Mapping[str, Sequence[Entry]]) -> Iterator[Entry]:
    """The sounds of *parcel* that are named like a record, or lie in one folder with the records themselves."""
    records = {id(entry) for entries in loose.values() for entry in entries}
    folders = {_folder(entry) for entry in parcel.entries if id(entry) in records}
    for entry in parcel.entries:
        if entry.sort is Sort.SOUND and (named_like_a_record(entry) or _folder(entry) in folders):
            yield entry


def _folder(entry: Entry) -> str:
    return entry.path.rpartition("/")[0]


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1]
