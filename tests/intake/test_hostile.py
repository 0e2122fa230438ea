"""What strangers can put into an archive: each case ends with a sentence, and the rest of the drop still counts."""

from __future__ import annotations

import io
import os
import random
import re
import struct
import unicodedata
import zipfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.intake import limits, parcels
from app.library import Library
from app.model import Entry, Filter, Problem, finish
from tests.intake.conftest import BringIn
from tests.intake.diary import beep, diary
from tests.intake.zipping import CENTRAL, END, LOCAL, overlapping, patched, zip_at, zipped


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


def refused(brings_in: BringIn, path: Path, sentence: str) -> None:
    with pytest.raises(Problem, match=sentence) as stopped:
        brings_in(path)
    assert stopped.value.advice or "larger than" in stopped.value.message


@pytest.mark.parametrize(
    "name", ["../../up.json", "/etc/up.json", "C:\\up.json", "a\\..\\..\\up.json", "x/../up.json", "nul\0/up.json"]
)
def test_a_name_that_climbs_out_is_only_a_name(drop: Path, tmp_path: Path, brings_in: BringIn, name: str) -> None:
    held = zipfile.ZipInfo("placeholder")
    held.filename = name
    archive = zip_at(drop / "a.zip", [(held, diary("1"))])
    before = sorted(tmp_path.rglob("*.json"))

    (source,) = brings_in(archive).sources

    assert source.new == 1
    assert sorted(tmp_path.rglob("*.json")) == before


def test_a_link_inside_a_zip_is_not_followed(drop: Path, brings_in: BringIn) -> None:
    link = zipfile.ZipInfo("link.json")
    link.external_attr = 0o120777 << 16
    archive = zip_at(drop / "a.zip", [("real.json", diary("1")), (link, b"/etc/passwd")])

    brought = brings_in(archive)

    assert brought.unread == ("a.zip/link.json",)


@pytest.mark.skipif(os.name == "nt", reason="making links needs a privilege on Windows")
def test_a_link_inside_a_folder_is_not_followed(drop: Path, tmp_path: Path, brings_in: BringIn) -> None:
    secret = tmp_path / "secret.json"
    secret.write_bytes(diary("secret"))
    (drop / "real.json").write_bytes(diary("1"))
    (drop / "link.json").symlink_to(secret)
    (drop / "loop").symlink_to(drop, target_is_directory=True)

    brought = brings_in(drop)

    assert brought.sources[0].interactions == 1
    assert brought.unread == ("drop/link.json", "drop/loop")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_a_pipe_inside_a_folder_is_never_opened(drop: Path, brings_in: BringIn) -> None:
    os.mkfifo(drop / "pipe.json")
    (drop / "real.json").write_bytes(diary("1"))

    brought = brings_in(drop)

    assert brought.unread == ("drop/pipe.json",)


def test_a_zip_inside_a_zip_is_read_where_it_lies(drop: Path, tmp_path: Path, brings_in: BringIn) -> None:
    inner = zipped({"diary.json": diary("1", sounds={"1": ["a.wav"]}), "a.wav": beep()})
    archive = zip_at(drop / "all.zip", {"Alexa.zip": inner, "readme.txt": b"Hello."})
    before = {path for path in tmp_path.rglob("*") if "library" not in path.parts}

    brought = brings_in(archive)

    assert (brought.sources[0].new, brought.sources[0].matched) == (1, 1)
    assert brought.unread == ("all.zip/readme.txt",)
    assert {path for path in tmp_path.rglob("*") if "library" not in path.parts} == before


def test_a_zip_two_levels_down_stays_closed_and_is_named(drop: Path, brings_in: BringIn) -> None:
    deep = zipped({"deep.zip": zipped({"diary.json": diary("2")})})
    archive = zip_at(drop / "all.zip", {"diary.json": diary("1"), "inner.zip": deep})

    brought = brings_in(archive)

    assert brought.unread == ("all.zip/inner.zip/deep.zip",)
    assert "too deep" in brought.issues[0].message
    assert not brought.sources[0].coverage.complete


def test_a_large_zip_inside_a_zip_is_named_with_what_to_do(
    drop: Path, brings_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "LARGEST_NESTED_ZIP", 10)
    archive = zip_at(drop / "all.zip", {"diary.json": diary("1"), "Alexa.zip": zipped({"a.json": diary("2")})})

    brought = brings_in(archive)

    assert brought.unread == ("all.zip/Alexa.zip",)
    assert "Unpack the outer zip" in brought.issues[0].message


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


def test_a_mark_at_the_start_of_a_file_does_not_hide_what_it_is(drop: Path, brings_in: BringIn) -> None:
    (drop / "diary.json").write_bytes(b"\xef\xbb\xbf" + diary("1"))

    brought = brings_in(drop)

    assert brought.sources[0].interactions == 1


def test_a_recording_of_no_bytes_and_one_that_is_no_sound_are_damaged(drop: Path, brings_in: BringIn) -> None:
    named = diary("1", "2", "3", sounds={"1": ["empty.wav"], "2": ["text.wav"], "3": ["good.wav"]})
    archive = zip_at(drop / "a.zip", {"d.json": named, "empty.wav": b"", "text.wav": b"\0 nothing", "good.wav": beep()})

    (source,) = brings_in(archive).sources

    assert (source.matched, source.missing, source.unmatched) == (1, 0, 0)
    assert sorted((issue.path, issue.code) for issue in source.issues) == [
        ("empty.wav", "damaged-sound"),
        ("text.wav", "damaged-sound"),
    ]


def test_an_mp3_named_wav_is_kept_as_the_sound_it_is(drop: Path, library: Library, brings_in: BringIn) -> None:
    mp3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\x00" + bytes(413)
    archive = zip_at(drop / "a.zip", {"d.json": diary("1", sounds={"1": ["a.wav"]}), "a.wav": mp3})

    (source,) = brings_in(archive).sources

    (sound,) = library.card(library.ids(Filter())[0]).sounds
    assert source.matched == 1
    assert sound.digest is not None
    assert library.sound(sound.digest) == mp3


def test_a_name_taken_apart_by_a_mac_still_finds_its_sound(drop: Path, brings_in: BringIn) -> None:
    name = "né.wav"
    archive = zip_at(
        drop / "a.zip",
        {"d.json": diary("1", sounds={"1": [name]}), unicodedata.normalize("NFD", name): beep()},
    )

    (source,) = brings_in(archive).sources

    assert (source.matched, source.missing) == (1, 0)


def test_one_bad_zip_does_not_take_the_good_ones_along(drop: Path, brings_in: BringIn) -> None:
    good = zip_at(drop / "good.zip", {"d.json": diary("1")})
    bad = drop / "bad.zip"
    bad.write_bytes(zipped({"d.json": diary("2")})[:40])

    brought = brings_in(bad, good)

    assert [source.interactions for source in brought.sources] == [1]
    assert brought.unread == ("bad.zip",)
    assert re.search("bad.zip is cut off", brought.issues[0].message)
    assert not brought.sources[0].coverage.complete
    assert "bad.zip" in brought.sources[0].coverage.why


def test_a_path_where_nothing_is_stops_with_a_sentence(drop: Path, brings_in: BringIn) -> None:
    refused(brings_in, drop / "nowhere.zip", "nothing to read at")


def test_a_pickle_is_left_alone(drop: Path, brings_in: BringIn) -> None:
    (drop / "dump.pkl").write_bytes(b"\x80\x04\x95\x20\0\0\0\0\0\0\0\x8c\x02os\x8c\x06system\x93.")

    brought = brings_in(drop)

    assert brought.sources == ()
    assert brought.unread == ("drop/dump.pkl",)


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
