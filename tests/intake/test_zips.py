"""Zips that are broken, locked or built to do harm: the guard says so, and nothing else happens."""

from __future__ import annotations

import io
import os
import random
import re
import struct
import zipfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.intake import limits, parcels
from app.model import Entry, Problem, finish
from tests.intake.conftest import BringIn, refused
from tests.intake.diary import beep, diary
from tests.intake.zipping import CENTRAL, END, LOCAL, overlapping, patched, zip_at, zipped


def test_a_zip_with_a_password_says_so(drop: Path, brings_in: BringIn) -> None:
    archive = drop / "a.zip"
    archive.write_bytes(patched(zipped({"diary.json": diary("1")}), CENTRAL, 8, "H", 1))

    refused(brings_in, archive, "a.zip has a password")


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.95, 0.999])
def test_a_zip_that_is_cut_off_says_so(drop: Path, brings_in: BringIn, kept: float) -> None:
    data = zipped({f"{n}.bin": os.urandom(500) for n in range(20)})
    archive = drop / "a.zip"
    archive.write_bytes(data[: int(len(data) * kept)])

    refused(brings_in, archive, "a.zip is cut off at the end")


def test_a_zip_cut_off_behind_a_zip_that_it_holds_says_so(drop: Path, brings_in: BringIn) -> None:
    inner = zipfile.ZipInfo("inner.zip")
    inner.compress_type = zipfile.ZIP_STORED
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as outer:
        outer.writestr(inner, zipped({"diary.json": diary("1")}))
    data = held.getvalue()
    archive = drop / "a.zip"
    archive.write_bytes(data[: data.index(END) + 22])

    refused(brings_in, archive, "a.zip is cut off at the end")


def test_a_web_page_saved_as_a_zip_is_no_zip(drop: Path, brings_in: BringIn) -> None:
    archive = drop / "a.zip"
    archive.write_bytes(b"\x89 this is not a zip at all")

    refused(brings_in, archive, "is not a zip, although its name says so")


def test_an_empty_download_says_so(drop: Path, brings_in: BringIn) -> None:
    archive = drop / "a.zip"
    archive.write_bytes(b"")

    refused(brings_in, archive, "a.zip is empty")


def test_a_part_of_a_split_zip_says_so(drop: Path, brings_in: BringIn) -> None:
    archive = drop / "a.zip"
    archive.write_bytes(patched(zipped({"diary.json": diary("1")}), END, 4, "H", 3))

    refused(brings_in, archive, "one part of a zip that was split up")


def test_files_that_share_one_body_are_refused(drop: Path, brings_in: BringIn) -> None:
    archive = drop / "a.zip"
    archive.write_bytes(overlapping())

    refused(brings_in, archive, "same piece many times")


def test_an_end_record_that_claims_a_million_files_is_believed_and_refused(drop: Path, brings_in: BringIn) -> None:
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, 46 * 10**6, 4)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 4, 1)
    archive = drop / "a.zip"
    archive.write_bytes(LOCAL + end64 + locator + struct.pack("<4s4H2LH", END, 0, 0, 0xFFFF, 0xFFFF, 0, 0, 0))

    refused(brings_in, archive, "more files than Earshot reads")


def test_an_end_record_that_hides_its_files_is_counted(
    drop: Path, brings_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.intake.zips.MOST_FILES", 50)
    data = zipped({f"{n}": b"" for n in range(60)})
    archive = drop / "a.zip"
    archive.write_bytes(patched(patched(data, END, 8, "H", 1), END, 10, "H", 1))

    refused(brings_in, archive, "more files than Earshot reads")


def test_a_bomb_stops_early_and_the_rest_is_read(drop: Path, brings_in: BringIn) -> None:
    bomb = b'{"diary": [' + b" " * (8 << 20) + b"]}"
    archive = zip_at(drop / "a.zip", {"bomb.json": bomb, "diary.json": diary("1")})

    (source,) = brings_in(archive).sources

    assert source.interactions == 1
    assert [issue.path for issue in source.issues] == ["bomb.json"]
    assert not source.coverage.complete


def test_a_bomb_says_that_it_swells() -> None:
    zeros = io.BytesIO(bytes(3 << 20))
    stream = limits.Limited(zeros, "bomb.json", limits.Meter(), most=1 << 30, packed=3_000)

    with pytest.raises(Problem, match=r"bomb\.json swells"):
        while stream.read(1 << 16):
            pass

    assert zeros.tell() <= (1 << 20) + (1 << 16)


def test_what_comes_out_of_all_files_together_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_IN_ALL", 100)
    meter = limits.Meter()
    limits.Limited(io.BytesIO(bytes(60)), "a", meter, most=80).read(80)

    with pytest.raises(Problem, match="more in these files"):
        limits.Limited(io.BytesIO(bytes(60)), "b", meter, most=80).read(80)


def test_a_size_that_lies_is_a_damaged_file_not_a_flood(drop: Path, brings_in: BringIn) -> None:
    archive = drop / "a.zip"
    data = zipped({"ok.json": diary("1"), "lie.json": diary("2", "3", "4")})
    archive.write_bytes(patched(data, CENTRAL, 24, "L", 40))

    brought = brings_in(archive)

    assert brought.sources[0].interactions == 1
    assert any(issue.path.endswith("lie.json") for issue in (*brought.issues, *brought.sources[0].issues))
    assert not brought.sources[0].coverage.complete


def test_a_file_packed_in_an_unknown_way_is_named(drop: Path, brings_in: BringIn) -> None:
    archive = drop / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_LZMA) as held:
        held.writestr("odd.json", diary("2"))
        held.writestr("diary.json", diary("1"), zipfile.ZIP_DEFLATED)

    brought = brings_in(archive)

    assert brought.unread == ("a.zip/odd.json",)
    assert not brought.sources[0].coverage.complete


def test_a_file_without_a_name_is_read_like_any_other(drop: Path, brings_in: BringIn) -> None:
    data = zipped({"x": diary("1")})
    archive = drop / "a.zip"
    archive.write_bytes(data)
    nameless = bytearray(data)
    at = nameless.rindex(CENTRAL)
    struct.pack_into("<H", nameless, at + 28, 0)
    del nameless[at + 46]
    struct.pack_into("<H", nameless, 26, 0)
    del nameless[30]
    end = nameless.rindex(END)
    struct.pack_into("<2L", nameless, end + 12, 46, at - 1)
    archive.write_bytes(nameless)

    (source,) = brings_in(archive).sources

    assert source.interactions == 1


def test_two_files_of_the_same_name_are_both_read(drop: Path, brings_in: BringIn) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive = zip_at(drop / "a.zip", [("diary.json", diary("1")), ("diary.json", diary("2"))])

    (source,) = brings_in(archive).sources

    assert source.interactions == 2


def test_a_folder_with_nothing_but_a_broken_zip_is_a_problem(drop: Path, brings_in: BringIn) -> None:
    (drop / "bad.zip").write_bytes(zipped({"d.json": diary("2")})[:40])

    refused(brings_in, drop, "bad.zip is cut off at the end")


def test_a_thousand_mutilated_zips_end_with_a_sentence_or_an_entry(tmp_path: Path) -> None:
    luck = random.Random(11)
    inner = zipped({"inner.json": diary("3")})
    honest = zipped({"d.json": diary("1", "2"), "a.wav": beep(0.01), "n.zip": inner, "x/": b"", "é.csv": b"a,b\n1,2\n"})
    archive = tmp_path / "a.zip"
    ended = Counter[str]()

    for _ in range(1_000):
        archive.write_bytes(mutilated(honest, luck))
        with ExitStack() as held:
            drop = parcels.Drop(limits.Meter(), held)
            finish(parcels.gather([archive], drop))
            for entry in [entry for parcel in drop.parcels for entry in parcel.entries]:
                ended[read_or_refused(entry)] += 1
            ended["refused"] += len(drop.issues)

    assert ended["read"] > 100
    assert ended["refused"] > 100


def mutilated(data: bytes, luck: random.Random) -> bytes:
    """*data* with some bytes changed, mostly where the zip describes itself, and sometimes a piece missing."""
    changed = bytearray(data)
    for _ in range(luck.randint(1, 6)):
        record = luck.choice((LOCAL, CENTRAL, END))
        starts = [found.start() for found in re.finditer(re.escape(record), data)]
        changed[min(luck.choice(starts) + luck.randrange(50), len(data) - 1)] = luck.choice((0, 1, 0x7F, 0xFF))
    if luck.random() < 0.1:
        at = luck.randrange(len(changed))
        del changed[at : at + luck.randrange(40)]
    return bytes(changed)


def read_or_refused(entry: Entry) -> str:
    assert len(entry.head()) <= 64 << 10
    try:
        with entry.open() as stream:
            stream.read()
    except Problem:
        return "refused"
    return "read"
