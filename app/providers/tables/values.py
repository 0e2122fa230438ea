"""What a value of a table looks like."""

from __future__ import annotations

import re

from app.providers.tables.words import words

_LONGEST_NOTHING = 40
_SOUND = re.compile(
    r"[^\r\n\"<>|*?]{1,400}\.(?:wav|mp3|m4a|aac|ogg|oga|opus|flac|webm|amr|3gp|mp4|wma|caf|aiff?)", re.I
)
_FOUR_PARTS = re.compile(r"[^#\s]+#\d{10,16}#[^#\s]+#[^#\s]+")
_UTTERANCE = re.compile(r"[\w.-]+:\d\.\d/\d{4}/\d\d/\d\d/\d\d/\S+|\S*TNIH_2V\.\S+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/\d+)?", re.I)
_SERIAL = re.compile(r"(?=[A-Z0-9]*\d)[A-Z0-9]{10,32}")
_WORD = re.compile(r"[^\W\d_]{2,}")


def clean(text: str) -> str:
    """*text* without halves of characters and NUL, and without space around it."""
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "").strip()


def is_nothing(text: str) -> bool:
    """Whether *text* stands for no value ("", "N/A", "Not Available")."""
    return not text or (len(text) < _LONGEST_NOTHING and text.strip(" \"'“”„«»").casefold() in words().nothing)


def value(text: str) -> str:
    """*text*, "" where it stands for no value."""
    return "" if is_nothing(text) else text


def names_sound(text: str) -> bool:
    """Whether *text* is the name of a sound file, or several of them."""
    return _SOUND.fullmatch(text) is not None


def is_record_key(text: str) -> bool:
    """Whether *text* is a key of account, time, type of device and serial number."""
    return _FOUR_PARTS.fullmatch(text) is not None


def is_utterance_id(text: str) -> bool:
    """Whether *text* is the vendor's long id of something said, with its type of device, time and uuid."""
    return _UTTERANCE.fullmatch(text) is not None


def is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def is_serial(text: str) -> bool:
    """Whether *text* could be the serial number of a device."""
    return _SERIAL.fullmatch(text) is not None


def has_words(text: str) -> bool:
    """Whether *text* could be words that somebody said: letters, and neither a code nor an address."""
    if "@" in text or "://" in text or is_serial(text) or is_uuid(text) or is_record_key(text) or names_sound(text):
        return False
    return _WORD.search(text) is not None
