"""Untrusted names of files, made fit to be shown; none of them is ever used on this computer's file system."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 400
NAMELESS = "(no name)"

_DRIVE = re.compile(r"^[A-Za-z]:")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JUNK = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".localized"})


def shown_name(raw: str) -> str:
    """*raw* with "/" between its parts, in NFC, without invisible characters and without anything that climbs."""
    visible = "".join(letter for letter in raw if unicodedata.category(letter) not in _INVISIBLE)
    parts = _DRIVE.sub("", unicodedata.normalize("NFC", visible).replace("\\", "/")).split("/")
    kept = [part for part in parts if part.strip() not in ("", ".", "..")]
    return "/".join(kept)[-LONGEST:] or NAMELESS


def is_junk(path: str) -> bool:
    """Whether *path* is something that an operating system left behind, which no parent knows of."""
    parts = path.split("/")
    return parts[-1].casefold() in _JUNK or parts[-1].startswith("._") or "__MACOSX" in parts
