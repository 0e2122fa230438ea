"""What strangers can put into an archive: each case ends well or with a sentence, and the rest still counts."""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest

from app.intake import parcels
from app.library import Library
from app.model import Filter
from tests.intake.conftest import BringIn, refused
from tests.intake.diary import beep, diary
from tests.intake.zipping import zip_at, zipped


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
