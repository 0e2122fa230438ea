"""The guard at the door for zips: what is hostile, broken or locked stops here with a sentence."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from app.intake.limits import LARGEST_ARCHIVE, LARGEST_DIRECTORY, MOST_FILES, READING_FAILED, damaged
from app.model import Problem

_AGAIN = "Download it again and bring it in once more."
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_SIZE = 20
_RECORD = 46
_LOCAL_HEADER = 30
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(frozen=True, slots=True)
class _Directory:
    """What the record at a zip's end says of its table of contents."""

    files: int
    size: int
    offset: int
    ends: int


def opened_zip(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    """The zip on *stream*, once it is known to be harmless; a `Problem` says why not. *name* is how it is shown."""
    try:
        directory = _directory(stream, name)
        _check_amount(stream, directory, name)
        stream.seek(0)
        archive = zipfile.ZipFile(stream)
    except (*READING_FAILED, UnicodeDecodeError) as error:
        raise damaged(name) from error
    _check_members(archive, directory, name)
    return archive


def is_folder(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith(("/", "\\"))


def is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def can_be_unpacked(info: zipfile.ZipInfo) -> bool:
    return info.compress_type in _READABLE


def _directory(stream: BinaryIO, name: str) -> _Directory:
    size = stream.seek(0, os.SEEK_END)
    if size > LARGEST_ARCHIVE:
        raise Problem(f"{name} is larger than Earshot reads ({LARGEST_ARCHIVE >> 30} GB).")
    start = max(0, size - _END.size - _LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise _cut_off(name)
    _, disk, first_disk, _, files, length, offset, _ = _END.unpack_from(tail, at)
    if (disk, first_disk) not in ((0, 0), (0xFFFF, 0xFFFF)):
        raise Problem(f"{name} is one part of a zip that was split up.", advice="Put the parts together first.")
    return _directory64(stream, start + at) or _Directory(files, length, offset, start + at)


def _directory64(stream: BinaryIO, end: int) -> _Directory | None:
    """What the larger record before the one at *end* says, if there is one."""
    at = end - _LOCATOR_SIZE - _END64.size
    if at < 0:
        return None
    stream.seek(at)
    data = stream.read(_END64.size + 4)
    if data[_END64.size :] != b"PK\x06\x07" or not data.startswith(b"PK\x06\x06"):
        return None
    *_, files, length, offset = _END64.unpack_from(data)
    return _Directory(files, length, offset, at)


def _check_amount(stream: BinaryIO, directory: _Directory, name: str) -> None:
    if directory.size > LARGEST_DIRECTORY or directory.files > MOST_FILES:
        raise _too_many(name)
    if directory.offset + directory.size != directory.ends:
        raise _cut_off(name)
    if directory.size > MOST_FILES * _RECORD:
        _count_records(stream, directory, name)


def _count_records(stream: BinaryIO, directory: _Directory, name: str) -> None:
    """Do not believe the number that the end record claims."""
    at, found = directory.offset, 0
    while at + _RECORD <= directory.ends:
        stream.seek(at)
        record = stream.read(_RECORD)
        at += _RECORD + sum(struct.unpack_from("<3H", record, 28))
        found += 1
        if found > MOST_FILES:
            raise _too_many(name)


def _check_members(archive: zipfile.ZipFile, directory: _Directory, name: str) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in archive.infolist()):
        raise Problem(
            f"{name} has a password, so Earshot cannot look inside.",
            advice="Unpack it yourself with its password and bring in the folder.",
        )
    free_from = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < free_from:
            raise _overlapping(name)
        free_from = info.header_offset + _LOCAL_HEADER + info.compress_size
    if free_from > directory.offset:
        raise _overlapping(name)


def _overlapping(name: str) -> Problem:
    return Problem(
        f"{name} was built to unpack the same piece many times, which no honest archive does.",
        advice="Do not use this file. Ask for the archive again.",
    )


def _too_many(name: str) -> Problem:
    return Problem(
        f"{name} holds more files than Earshot reads ({MOST_FILES:,}).",
        advice="Ask for an archive of the voice assistant only.",
    )


def _cut_off(name: str) -> Problem:
    return Problem(f"{name} is cut off at the end.", advice=_AGAIN)
