"""What must not stand in a report: names of people and accounts, and identities that could be guessed back."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable

from app.library import Library
from app.model import PlanItem
from app.model.days import MONTHS

SALT = "evidence-salt"
REFERENCE_LENGTH = 12
DATE = rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b"
"""A day as we write it; April and May are names too."""


def nameless(library: Library, items: Iterable[PlanItem]) -> Callable[[str], str]:
    """A function that takes every name of a person and of an account of this library out of a text."""
    people = {name for member in library.household.members() for name in (member.name, member.said_name)}
    parts = {part for name in people for part in re.findall(r"[^\W\d_]{2,}", name)}
    speakers = {name for speaker in library.household.speakers() for name in (speaker.name, speaker.said_name)}
    owners = {owner for name in speakers for owner in re.findall(r"([^\W\d_]+)['’]s\b", name)}
    accounts = {item.account for item in items} | {name for source in library.sources() for name in source.accounts}
    hidden = sorted(filter(str.strip, people | parts | owners | accounts), key=len, reverse=True)
    if not hidden:
        return lambda text: text
    pattern = re.compile(rf"({DATE})|(?:{'|'.join(map(_anywhere, hidden))})(?:['’]?s\b)?", re.IGNORECASE)
    return lambda text: pattern.sub(lambda match: match[1] or "[name]", text)


def _anywhere(name: str) -> str:
    """A pattern for *name*, also inside a longer word ("emmas_zimmer.zip") unless it is very short."""
    short = len(name) < 4 and name.isascii()
    return rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])" if short else re.escape(name)


def references(library: Library) -> Callable[[PlanItem], str]:
    """A short reference for an item: the same in every report of this library, and nothing to anybody else."""
    salt = library.setting(SALT)
    if salt is None:
        # Without it, somebody could try words and seconds until an identity made of them fits.
        salt = secrets.token_hex(32)
        library.set_setting(SALT, salt)
    key = salt.encode()

    def reference(item: PlanItem) -> str:
        whole = hmac.new(key, f"{item.provider}\0{item.identity}".encode(), hashlib.sha256)
        return whole.hexdigest()[:REFERENCE_LENGTH]

    return reference
