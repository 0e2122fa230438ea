"""Takeouts made in memory, as Google writes them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from app.model import Entry, Export, Interaction, Issue, Parcel, Role, Told
from app.providers.google import Google
from tests.providers.memory import Held

ASSISTANT = "Takeout/My Activity/Assistant"
GEMINI = "Takeout/My Activity/Gemini Apps"
NAME = "2024-03-14_15_10_00_250_UTC.mp3"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00"


def parcel(name: str, files: Mapping[str, bytes]) -> Parcel:
    """A zip or a folder; names are NFC, as intake hands them on."""
    return Parcel(name, tuple(Held(unicodedata.normalize("NFC", path), data) for path, data in files.items()))


def loose(name: str, data: bytes) -> Parcel:
    return Parcel(name, (Held(name, data),))


def said(words: str, time: str = "2024-03-14T15:10:00.250Z", verb: str = "Said ", **more: Any) -> dict[str, Any]:
    query = words.replace("%", "%25").replace("+", "%2B").replace("&", "%26").replace(" ", "+")
    return {
        "header": "Assistant",
        "title": verb + words,
        "titleUrl": f"https://www.google.com/search?hl=en&q={query}&source=a",
        "time": time,
        "products": ["Assistant"],
        **more,
    }


def done(title: str, time: str = "2024-03-14T15:10:00.250Z") -> dict[str, Any]:
    return {"header": "Assistant", "title": title, "time": time, "products": ["Assistant"]}


def prompted(title: str, *answers: str, time: str = "2026-01-05T08:00:01Z", **more: Any) -> dict[str, Any]:
    reply = {"safeHtmlItem": [{"html": answer} for answer in answers]} if answers else {}
    return {"header": "Gemini Apps", "title": title, "time": time, "products": ["Gemini Apps"], **reply, **more}


def as_json(*rows: Any) -> bytes:
    return json.dumps(rows).encode()


def cell(body: str, product: str = "Assistant", right: str = "", caption: str = "") -> str:
    return (
        '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">'
        f'<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">{product}<br></p></div>'
        f'<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">{body}</div>'
        '<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1 mdl-typography--text-right">'
        f'{right}</div><div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption">{caption}'
        f"<b>Products:</b><br>&emsp;{product}<br><b>Details:</b><br>&emsp;Started by hotword<br></div></div></div>"
    )


def page(*cells: str, style: int = 0) -> bytes:
    return (
        '<html><head><meta charset="utf-8"><title>My Activity History</title>'
        f'<style>{"/* */" * style}</style></head><body><div class="mdl-grid">{"".join(cells)}</div></body></html>'
    ).encode()


def said_cell(words: str, date: str, verb: str = "Said", answer: str = "", **more: str) -> str:
    query = escape(words).replace(" ", "+")
    link = f'<a href="https://www.google.com/search?hl=en&amp;q={query}&amp;source=a">{escape(words)}</a>'
    return cell(f"{verb}&nbsp;{link}<br>{escape(answer) + '<br>' if answer else ''}{date}", **more)


def browser(
    account: str = "parent@example.com",
    made: str = "Apr 1, 2024, 9:00:00 AM UTC",
    folder: str = "My Activity",
    files: Sequence[tuple[str, str]] = (),
) -> bytes:
    listing = "".join(
        f'<div class="extracted-folder-name">{place}</div><div class="file-leaf">'
        f'<div class="extracted-file-name"> {name}</div></div>'
        for place, name in files
    )
    return (
        "<html><head><style>@media print{}</style></head><body>"
        f'<h1 class="header_title">Archive for {account}</h1>'
        f'<div class="header_subtext">{made} • 1.5 MB • <a href="x">Learn more</a></div>'
        f'<h1 class="data-folder-name" data-english-name="MY_ACTIVITY" data-folder-name="{folder}">{folder}</h1>'
        f'<div id="service-details-MY_ACTIVITY">{listing}</div></body></html>'
    ).encode()


@dataclass(frozen=True)
class Result:
    interactions: list[Interaction]
    issues: list[Issue]
    told: Told

    @property
    def identities(self) -> list[str]:
        return [item.identity for item in self.interactions]

    @property
    def requests(self) -> list[str | None]:
        return [words(item, Role.REQUEST)[0] for item in self.interactions if words(item, Role.REQUEST)]


def words(interaction: Interaction, role: Role) -> list[str | None]:
    return [turn.text for turn in interaction.turns if turn.role is role]


def read(export: Export) -> Result:
    """Everything that *export* holds."""
    reading = Google().read(export)
    interactions: list[Interaction] = []
    issues: list[Issue] = []
    while True:
        try:
            item = next(reading)
        except StopIteration as end:
            return Result(interactions, issues, end.value)
        if isinstance(item, Issue):
            issues.append(item)
        else:
            interactions.append(item)


def exports(*parcels: Parcel) -> Sequence[Export]:
    return Google().recognise(parcels)


def result(*parcels: Parcel) -> Result:
    """What the only Takeout among *parcels* holds."""
    (export,) = exports(*parcels)
    return read(export)


def takeout(*rows: Any, folder: str = ASSISTANT) -> Result:
    return result(parcel("takeout.zip", {f"{folder}/MyActivity.json": as_json(*rows)}))


def html_takeout(*cells: str, folder: str = ASSISTANT) -> Result:
    return result(parcel("takeout.zip", {f"{folder}/MyActivity.html": page(*cells)}))


def paths(entries: Sequence[Entry]) -> list[str]:
    return [entry.path for entry in entries]


def codes(issues: list[Issue]) -> list[tuple[int | None, str]]:
    return [(issue.row, issue.code) for issue in issues]


def entries(read: Result) -> list[str | None]:
    recordings = [recording for item in read.interactions for recording in item.recordings]
    return [recording.entry.path if recording.entry else None for recording in recordings]
