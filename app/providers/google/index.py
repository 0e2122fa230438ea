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

_LARGEST = 4 << 20
_MOST_CLOCKS = 100
_SIGNS = (b"data-english-name=", b"archive_browser", b"service-tile", b"service-details", b"extracted-file-name")
_LONGEST_TEXT = 300
_PIECE = re.compile(r"<([^<>]*)>([^<]*)")
_CLASS = re.compile(r'class="([^"]*)"')
_FOLDER_NAME = re.compile(r'data-folder-name="([^"]*)"')
_LINK = re.compile(r'href="([^":?#]+)"')
_ADDRESS = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_STOPS = re.compile(r"[•·|]")
_SILENT = ("script", "style")


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
    looked = _Look()
    for tag, text in _pieces(page):
        looked.at(tag, text)
    return looked.index()


def _pieces(page: str) -> Iterator[tuple[str, str]]:
    """Every tag and the text behind it, in one pass over the page, however it is broken."""
    silent = ""
    for piece in _PIECE.finditer(page):
        tag, text = piece[1], piece[2]
        name = (tag.split(None, 1) or ("",))[0].lower()
        if silent and name != f"/{silent}":
            continue
        silent = name if name in _SILENT else ""
        yield tag, "" if silent or len(text) > _LONGEST_TEXT else _plain(text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", unescape(text)).strip()


class _Look:
    """What was found so far on the way through the page. What stands at its place goes before what stands anywhere."""

    def __init__(self) -> None:
        self._accounts: dict[bool, str] = {}
        self._mades: dict[bool, Moment] = {}
        self._job = ""
        self._clocks = 0
        self._service = self._folder = ""
        self._folders: set[str] = set()
        self._files: set[tuple[str, str]] = set()

    def at(self, tag: str, text: str) -> None:
        """Take in one tag and the text behind it."""
        named = _CLASS.search(tag)
        classes = named[1].split() if named else []
        if 'data-english-name="MY_ACTIVITY"' in tag:
            self._folders.update(map(_plain, _FOLDER_NAME.findall(tag)))
        if 'id="service-details-' in tag:
            self._service = tag.partition('id="service-details-')[2].partition('"')[0]
        if tag.startswith("a "):
            self._linked(tag)
        if not text:
            return
        if "job-id" in classes:
            self._job = self._job or text
        self._listed(classes, text)
        address = _ADDRESS.search(text) if "@" in text else None
        if address:
            self._accounts.setdefault("header_title" in classes, address[0].strip(".'").lower())
        if dates.has_clock(text):
            self._timed(text, at_its_place="header_subtext" in classes)

    def _timed(self, text: str, *, at_its_place: bool) -> None:
        """Take in the time in *text*; the page's own stands near its beginning, so only that many are looked at."""
        self._clocks += 1
        if self._clocks > _MOST_CLOCKS or at_its_place in self._mades:
            return
        moment = next(filter(None, map(dates.find, _STOPS.split(text))), None)
        if moment:
            self._mades[at_its_place] = moment

    def _listed(self, classes: list[str], name: str) -> None:
        if self._service != "MY_ACTIVITY":
            return
        if "extracted-folder-name" in classes:
            self._folder = name
        elif "extracted-file-name" in classes and family(self._folder):
            self._files.add((self._folder, name))

    def _linked(self, tag: str) -> None:
        for address in _LINK.findall(tag):
            parts = _plain(unquote(address)).split("/")
            if len(parts) > 1 and parts[-1] and family(parts[-2]):
                self._files.add((parts[-2], parts[-1]))

    def index(self) -> Index:
        return Index(
            account=self._accounts.get(True) or self._accounts.get(False, ""),
            made=self._mades.get(True) or self._mades.get(False),
            job=self._job,
            folders=frozenset(self._folders),
            files=frozenset(self._files),
        )
