"""Recordings come back as they came or not at all, and what nothing needs any more lies nowhere."""

from __future__ import annotations

import hashlib
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.library import Library
from app.library.engine import Store
from app.model import Filter, Problem
from tests.keys import KEYS
from tests.library.making import bring_in, heard, recorded

DICE = random.Random(7)
VOICE = b"RIFF the voice of a child, " + DICE.randbytes(5_000)
SONG = b"RIFF a song, " + DICE.randbytes(5_000)


@contextmanager
def shard(folder: Path, number: int = 1) -> Iterator[Store]:
    """A file of recordings, through a connection of its own."""
    store = Store(folder / f"audio-{number:04}.db", "", cache_mib=1)
    try:
        yield store
    finally:
        store.close()


def blobs(folder: Path, number: int = 1) -> int:
    with shard(folder, number) as store:
        (there,) = store.connection.execute("SELECT count(*) FROM blob").fetchone()
        return int(there)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def bring_in_sounds(library: Library, name: str, *sounds: bytes, first: int = 1) -> None:
    """A record for each of *sounds*, numbered from *first* on, in an archive called *name*."""
    bring_in(
        library, name, *(heard(number, sounds=[recorded(library, data)]) for number, data in enumerate(sounds, first))
    )


@pytest.fixture
def two(library: Library) -> Library:
    """A library with a voice and a song."""
    bring_in_sounds(library, "first", VOICE, SONG)
    return library


@contextmanager
def failing(library: Library, *sounds: bytes) -> Iterator[None]:
    """An archive with *sounds*, of which nothing stays in the end."""
    with pytest.raises(RuntimeError), library.atomic():
        bring_in_sounds(library, "failing", *sounds, first=100)
        yield
        raise RuntimeError


@pytest.mark.parametrize("data", [b"\0", b"\xff" * 3, bytes(range(256)) * 300, VOICE], ids=["nul", "ff", "long", "x"])
def test_a_recording_comes_back_byte_for_byte(library: Library, data: bytes) -> None:
    bring_in_sounds(library, "first", data)

    with library.another() as later:
        assert later.sound(digest_of(data)) == data


def test_the_same_bytes_in_two_archives_are_one_recording(two: Library) -> None:
    bring_in_sounds(two, "second", VOICE, VOICE, first=3)

    assert (two.sounds_held(), blobs(two.folder)) == (2, 2)
    assert two.card(4).sounds[0].digest == two.card(1).sounds[0].digest


def test_nothing_of_a_recording_and_no_hash_of_it_stands_in_its_file(two: Library) -> None:
    written = b"".join(path.read_bytes() for path in two.folder.glob("audio-*"))

    assert len(written) > len(VOICE) + len(SONG)
    digest = hashlib.sha256(VOICE)
    pieces = [VOICE[at : at + 16] for at in range(0, len(VOICE) - 16, 500)]
    assert not [piece for piece in (*pieces, digest.digest(), digest.hexdigest().encode()) if piece in written]


@pytest.mark.parametrize("at", [0, 2_500, len(VOICE) + 15])
def test_a_recording_that_was_changed_is_damaged(two: Library, at: int) -> None:
    with shard(two.folder) as store:
        (sealed,) = store.connection.execute("SELECT sealed FROM blob WHERE place = 1").fetchone()
        changed = sealed[:at] + bytes([sealed[at] ^ 4]) + sealed[at + 1 :]
        store.connection.execute("UPDATE blob SET sealed = ? WHERE place = 1", (changed,))

    with pytest.raises(Problem, match="This recording is damaged"):
        two.sound(digest_of(VOICE))
    assert two.sound(digest_of(SONG)) == SONG


def test_recordings_in_the_place_of_each_other_are_damaged(two: Library) -> None:
    with shard(two.folder) as store:
        store.connection.execute("UPDATE blob SET place = -place")
        store.connection.execute("UPDATE blob SET place = 3 + place")

    for data in (VOICE, SONG):
        with pytest.raises(Problem, match="This recording is damaged"):
            two.sound(digest_of(data))


def test_whichever_bit_of_their_file_flips_no_recording_is_taken_for_another(two: Library) -> None:
    two.close()
    file = two.folder / "audio-0001.db"
    whole = file.read_bytes()
    heard_anyway = damaged = 0

    for _ in range(80):
        flipped = bytearray(whole)
        flipped[DICE.randrange(len(whole))] ^= 1 << DICE.randrange(8)
        file.write_bytes(flipped)
        with Library.open(two.folder, KEYS) as library:
            assert library.count(Filter(words="story")) == 2
            for data in (VOICE, SONG):
                try:
                    assert library.sound(digest_of(data)) == data
                    heard_anyway += 1
                except Problem as problem:
                    assert "damaged" in problem.message
                    damaged += 1

    assert heard_anyway > damaged > 5


def test_a_new_file_begins_where_one_is_full_and_both_are_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.sounds.SHARD_BYTES", 40_000)
    monkeypatch.setattr("app.library.sounds.BATCH_BYTES", 10_000)
    sounds = [DICE.randbytes(9_000) for _ in range(12)]

    bring_in_sounds(library, "first", *sounds)

    assert [blobs(library.folder, number) for number in (1, 2, 3)] == [4, 4, 4]
    with library.another() as later:
        assert [later.sound(digest_of(data)) for data in sounds] == sounds
        bring_in_sounds(later, "second", VOICE, first=20)
    assert blobs(library.folder, 4) == 1


def test_other_files_in_the_folder_are_not_taken_for_recordings(two: Library) -> None:
    (two.folder / "audio-here.db").write_bytes(b"somebody else's")

    with Library.open(two.folder, KEYS) as later:
        bring_in_sounds(later, "second", b"RIFF new", first=3)

    assert (blobs(two.folder), (two.folder / "audio-here.db").read_bytes()) == (3, b"somebody else's")


def test_a_drop_that_fails_leaves_no_recording_behind(two: Library) -> None:
    with failing(two, b"RIFF lost", SONG):
        assert blobs(two.folder) == 3

    assert blobs(two.folder) == 2
    assert two.sound(digest_of(SONG)) == SONG


def test_a_sound_of_a_drop_that_failed_comes_in_with_the_next(two: Library) -> None:
    with failing(two, b"RIFF lost"):
        pass

    bring_in_sounds(two, "second", b"RIFF lost", first=3)

    assert two.sound(digest_of(b"RIFF lost")) == b"RIFF lost"
    assert blobs(two.folder) == 3


def test_what_a_failed_drop_could_not_delete_goes_with_the_end_of_the_next(
    two: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.engine.BUSY_SECONDS", 0.01)
    with two.another() as library, shard(two.folder) as other:
        with failing(library, b"RIFF lost"):
            other.connection.execute("BEGIN IMMEDIATE")
        other.connection.execute("ROLLBACK")
        assert blobs(two.folder) == 3

        bring_in_sounds(library, "second", b"RIFF new", b"RIFF newer", first=3)

    assert blobs(two.folder) == 4
    with Library.open(two.folder, KEYS) as later:
        assert [later.sound(digest_of(data)) for data in (VOICE, SONG, b"RIFF new", b"RIFF newer")]


def test_a_sound_that_no_record_came_for_goes_with_the_end_of_its_drop(two: Library) -> None:
    with two.atomic():
        two.seen.keep_sound(b"RIFF nobody's")

    bring_in_sounds(two, "second", b"RIFF new", first=3)

    assert blobs(two.folder) == 3


def test_a_process_killed_before_the_library_knew_leaves_orphans_that_the_next_start_deletes(
    two: Library, tmp_path: Path
) -> None:
    killed = tmp_path / "killed"
    with failing(two, b"RIFF lost", b"RIFF lost too"):
        shutil.copytree(two.folder, killed)
    assert blobs(killed) == 4

    with Library.open(killed, KEYS) as library:
        assert [library.sound(digest_of(data)) for data in (VOICE, SONG)] == [VOICE, SONG]
        assert library.count(Filter()) == 2

    assert blobs(killed) == 2


@pytest.mark.parametrize("how", ["forgotten", "failed", "killed"])
def test_the_room_of_what_went_is_given_back_to_the_disk(two: Library, tmp_path: Path, how: str) -> None:
    many = [DICE.randbytes(50_000) for _ in range(20)]
    folder = two.folder if how != "killed" else tmp_path / "killed"
    if how == "forgotten":
        bring_in_sounds(two, "second", *many, first=3)
        two.erasing.forget(range(3, 23))
    else:
        with failing(two, *many):
            if how == "killed":
                shutil.copytree(two.folder, folder)
    two.close()

    Library.open(folder, KEYS).close()

    assert (folder / "audio-0001.db").stat().st_size < 50_000


def test_a_recording_is_heard_while_an_archive_comes_in(two: Library) -> None:
    with two.another() as writer, writer.atomic():
        bring_in_sounds(writer, "second", b"RIFF new", first=3)
        writer.seen.keep_sound(b"RIFF not settled yet")
        with two.another() as player:
            begun = time.perf_counter()
            played = player.sound(digest_of(VOICE))

    assert played == VOICE
    assert time.perf_counter() - begun < 1


def test_a_waveform_waits_for_no_other_writer(two: Library) -> None:
    digest = digest_of(VOICE)
    with two.another() as writer, writer.atomic():
        writer.set_setting("still", "writing")
        begun = time.perf_counter()
        two.keep_peaks(digest, b"\x01", 1.0)
        took = time.perf_counter() - begun

    assert took < 0.5
    assert two.peaks(digest) is None
    two.keep_peaks(digest, b"\x02", 1.0)
    assert two.peaks(digest) == b"\x02"


def test_a_waveform_of_no_recording_is_not_kept(two: Library) -> None:
    two.keep_peaks("00" * 32, b"\x01", 1.0)

    assert two.peaks("00" * 32) is None


def test_a_damaged_file_of_recordings_keeps_nobody_from_the_words(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.sounds.SHARD_BYTES", 20_000)
    bring_in_sounds(library, "first", VOICE)
    bring_in_sounds(library, "second", SONG, first=2)
    library.close()
    file = library.folder / "audio-0001.db"
    file.write_bytes(b"\0" * file.stat().st_size)

    with Library.open(library.folder, KEYS) as later:
        assert later.count(Filter(words="story")) == 2
        assert later.sound(digest_of(SONG)) == SONG
        with pytest.raises(Problem, match="damaged"):
            later.sound(digest_of(VOICE))


def test_a_drop_into_a_damaged_file_of_recordings_is_refused_in_words(two: Library) -> None:
    two.close()
    (two.folder / "audio-0001.db").write_bytes(b"not a database at all" * 1_000)

    with Library.open(two.folder, KEYS) as library:
        with pytest.raises(Problem, match="damaged"), library.atomic():
            bring_in_sounds(library, "second", b"RIFF new", first=3)
        assert library.count(Filter()) == 2


def test_a_damaged_recording_is_whole_again_once_its_archive_was_brought_in_again(two: Library) -> None:
    with shard(two.folder) as store:
        store.connection.execute("UPDATE blob SET sealed = zeroblob(100) WHERE place = 1")

    bring_in_sounds(two, "first", VOICE, SONG)

    assert [two.sound(digest_of(data)) for data in (VOICE, SONG)] == [VOICE, SONG]


def test_recordings_whose_file_was_lost_come_back_with_their_archives(two: Library) -> None:
    two.close()
    (two.folder / "audio-0001.db").unlink()

    with Library.open(two.folder, KEYS) as library:
        bring_in_sounds(library, "second", b"RIFF new", first=3)
        with pytest.raises(Problem, match="Bring in its archive again"):
            library.sound(digest_of(VOICE))
        bring_in_sounds(library, "first", VOICE, SONG)

        assert [library.sound(digest_of(data)) for data in (VOICE, SONG, b"RIFF new")] == [VOICE, SONG, b"RIFF new"]


def test_a_recording_that_is_not_in_its_file_is_damaged(two: Library) -> None:
    with shard(two.folder) as store:
        store.connection.execute("DELETE FROM blob WHERE place = 1")

    with pytest.raises(Problem, match="This recording is damaged"):
        two.sound(digest_of(VOICE))


def test_what_one_start_cannot_delete_goes_with_the_next_and_nothing_newer_with_it(
    two: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.engine.BUSY_SECONDS", 0.01)
    two.erasing.forget([2])
    two.close()
    with shard(two.folder) as other:
        other.connection.execute("BEGIN IMMEDIATE")
        library = Library.open(two.folder, KEYS)
        other.connection.execute("ROLLBACK")
    bring_in_sounds(library, "second", b"RIFF new", first=3)
    library.close()
    before = blobs(two.folder)

    with Library.open(two.folder, KEYS) as later:
        assert [later.sound(digest_of(data)) for data in (VOICE, b"RIFF new")] == [VOICE, b"RIFF new"]

    assert (before, blobs(two.folder)) == (3, 2)
