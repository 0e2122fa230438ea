"""What the page that Google puts into every Takeout says of it: `archive_browser.html`, in any language.

Its layout is known from public code that reads it: a title with the account's address, beneath it the time, folders
as `data-english-name="MY_ACTIVITY" data-folder-name="…"`, and the names of the files. Of other layouts the first
address and the first time that stand in its text are taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from app.model import Entry, Moment, Problem, Sort
from app.providers.google import dates
from app.providers.google.products import family

_LARGEST = 64 << 20
_SIGNS = (b"data-english-name=", b"archive_browser", b"service-tile", b"service-details", b"extracted-file-name")
_NOT_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r'class="header_title"[^>]*>(.*?)</h', re.DOTALL)
_SUBTITLE = re.compile(r'class="header_subtext"[^>]*>(.*?)</div', re.DOTALL)
_JOB = re.compile(r'class="job-id[^"]*"[^>]*>([^<]+)<')
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_TAG = re.compile(r"<[^>]*>")
_FOLDER_TAG = re.compile(r'<[^>]*data-english-name="MY_ACTIVITY"[^>]*>')
_FOLDER_NAME = re.compile(r'data-folder-name="([^"]*)"')
_LISTED = re.compile(r'class="extracted-(folder|file)-name"[^>]*>([^<]*)<')
_LINK = re.compile(r'href="([^":?#]+)"')
_STOPS = re.compile(r"[•·|]|&bull;|&middot;")


@dataclass(frozen=True, slots=True)
class Index:
    """The account's address, when the archive was made, its job, the folders of the activity and, of the assistants'
    products, the files that it should hold ((folder, file) pairs)."""

    account: str = ""
    made: Moment | None = None
    job: str = ""
    folders: frozenset[str] = frozenset()
    files: frozenset[tuple[str, str]] = frozenset()

    @property
    def archive(self) -> str:
        """What tells this Takeout from others; "" if the page does not say."""
        if self.job:
            return self.job
        return f"{self.account} {self.made.ms}" if self.made else ""


def is_index(entry: Entry) -> bool:
    """Whether *entry* looks like the page, by its place and its content."""
    if entry.sort is not Sort.HTML or entry.path.count("/") > 2:
        return False
    named_so = entry.path.rsplit("/", 1)[-1] == "archive_browser.html"
    return named_so or any(sign in entry.head() for sign in _SIGNS)


def read_index(entry: Entry) -> Index:
    """What the page says; nothing where it cannot be read."""
    try:
        with entry.open() as stream:
            page = stream.read(_LARGEST).decode("utf-8", "replace")
    except Problem:
        return Index()
    page = _NOT_TEXT.sub("", page)
    job = _JOB.search(page)
    tags = _FOLDER_TAG.findall(page)
    names = (name for tag in tags for name in _FOLDER_NAME.findall(tag))
    return Index(
        account=_account(page),
        made=_made(page),
        job=job[1].strip() if job else "",
        folders=frozenset(_plain(name) for name in names),
        files=frozenset(_files(page)),
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", unescape(_TAG.sub(" ", text))).strip()


def _texts(page: str) -> Iterator[str]:
    return (text for text in map(_plain, re.findall(r">([^<]+)<", page)) if text)


def _account(page: str) -> str:
    title = _TITLE.search(page)
    for text in (*([_plain(title[1])] if title else ()), *_texts(page)):
        address = _ADDRESS.search(text)
        if address:
            return address[0].strip(".'").lower()
    return ""


def _made(page: str) -> Moment | None:
    subtitle = _SUBTITLE.search(page)
    for text in (*([subtitle[1]] if subtitle else ()), *re.findall(r">([^<]+)<", page)):
        for piece in _STOPS.split(text):
            if any(c.isdigit() for c in piece) and (moment := dates.find(_plain(piece))):
                return moment
    return None


def _files(page: str) -> Iterator[tuple[str, str]]:
    """The files that the page lists in folders which are called exactly like an assistant's product."""
    part = page.partition('id="service-details-MY_ACTIVITY"')[2].partition('id="service-details-')[0]
    folder = ""
    for kind, name in _LISTED.findall(part):
        if kind == "folder":
            folder = _plain(name)
        elif family(folder):
            yield folder, _plain(name)
    for address in _LINK.findall(page):
        parts = _plain(unquote(address)).split("/")
        if len(parts) > 1 and parts[-1] and family(parts[-2]):
            yield parts[-2], parts[-1]
