"""What bringing in promises: everything once, nothing by halves, and honest counts."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from app.intake import bring_in
from app.library import Library
from app.model import Filter, SoundState
from tests.intake import killed
from tests.intake.conftest import NOW_MS, BringIn, refused
from tests.intake.diary import PROVIDERS, beep, diary
from tests.intake.zipping import zip_at
from tests.keys import KEYS


def test_the_same_file_again_adds_nothing(tmp_path: Path, library: Library, brings_in: BringIn) -> None:
    archive = zip_at(tmp_path / "a.zip", {"d.json": diary("1", "2", sounds={"1": ["a.wav"]}), "a.wav": beep()})
    first = brings_in(archive)

    again = brings_in(archive)

    assert (first.sources[0].new, again.sources[0].new, again.sources[0].known) == (2, 0, 2)
    assert first.sources[0].id == again.sources[0].id
    assert library.count(Filter()) == 2


def test_the_same_content_under_another_name_is_the_same_source(tmp_path: Path, brings_in: BringIn) -> None:
    files = {"d.json": diary("1"), "e.json": diary("2")}
    first = brings_in(zip_at(tmp_path / "a.zip", files))

    again = brings_in(zip_at(tmp_path / "copy of a.zip", dict(reversed(files.items()))))

    assert first.sources[0].id == again.sources[0].id


def test_an_overlapping_file_adds_only_what_is_new(tmp_path: Path, library: Library, brings_in: BringIn) -> None:
    brings_in(zip_at(tmp_path / "a.zip", {"d.json": diary("1", "2", "3")}))

    later = brings_in(zip_at(tmp_path / "b.zip", {"d.json": diary("2", "3", "4")}))

    assert (later.sources[0].new, later.sources[0].known) == (1, 2)
    assert library.count(Filter()) == 4


def test_the_parts_of_one_archive_dropped_together_find_each_other(tmp_path: Path, brings_in: BringIn) -> None:
    records = zip_at(tmp_path / "part-001.zip", {"d.json": diary("1", sounds={"1": ["a.wav", "b.wav"]})})
    sounds = zip_at(tmp_path / "part-002.zip", {"a.wav": beep(pitch=1), "c.wav": beep(pitch=2)})

    (source,) = brings_in(records, sounds).sources

    assert (source.matched, source.missing, source.unmatched) == (1, 1, 1)


def test_a_sound_is_kept_with_how_long_it_lasts(tmp_path: Path, library: Library, brings_in: BringIn) -> None:
    brings_in(zip_at(tmp_path / "a.zip", {"d.json": diary("1", sounds={"1": ["a.wav"]}), "a.wav": beep(0.5)}))

    (sound,) = library.card(library.ids(Filter())[0]).sounds

    assert sound.state is SoundState.MATCHED
    assert sound.seconds == pytest.approx(0.5)
    assert sound.digest is not None
    assert library.sound(sound.digest) == beep(0.5)


def test_a_folder_a_zip_in_it_and_a_loose_file_are_read_together(tmp_path: Path, brings_in: BringIn) -> None:
    folder = tmp_path / "downloads"
    (folder / "unpacked").mkdir(parents=True)
    (folder / "unpacked" / "d.json").write_bytes(diary("1"))
    (folder / ".DS_Store").write_bytes(b"junk")
    zip_at(folder / "a.zip", {"d.json": diary("2")})
    loose = tmp_path / "loose.json"
    loose.write_bytes(diary("3"))

    brought = brings_in(folder, loose)

    assert brought.sources[0].interactions == 3
    assert brought.unread == ()


def test_what_nobody_knows_is_listed(tmp_path: Path, brings_in: BringIn) -> None:
    files = {"d.json": diary("1"), "Photos/a.jpg": b"\xff\xd8\xff\xe0", "read me.txt": b"Hello."}

    brought = brings_in(zip_at(tmp_path / "a.zip", files))

    assert brought.unread == ("a.zip/Photos/a.jpg", "a.zip/read me.txt")
    assert brought.sources[0].unread == brought.unread


def test_a_drop_of_nothing_known_brings_in_nothing(tmp_path: Path, library: Library, brings_in: BringIn) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"Hello.")

    brought = brings_in(letter)

    assert brought.sources == ()
    assert brought.unread == ("letter.txt",)
    assert library.sources() == []


def test_a_spreadsheet_is_one_file_although_it_is_a_zip(tmp_path: Path, brings_in: BringIn) -> None:
    sheet = zip_at(tmp_path / "table.xlsx", {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})

    brought = brings_in(sheet)

    assert brought.unread == ("table.xlsx",)


def test_a_damaged_row_is_an_issue_with_its_place(tmp_path: Path, brings_in: BringIn) -> None:
    pages = json.loads(diary("1", "2"))
    pages["diary"].insert(1, None)

    (source,) = brings_in(zip_at(tmp_path / "a.zip", {"d.json": json.dumps(pages).encode()})).sources

    assert source.interactions == 2
    assert [(issue.path, issue.row, issue.code) for issue in source.issues] == [("d.json", 2, "damaged-row")]


def test_endless_issues_are_counted_but_not_all_kept(tmp_path: Path, brings_in: BringIn) -> None:
    pages = json.dumps({"diary": [None] * 2_500}).encode()

    (source,) = brings_in(zip_at(tmp_path / "a.zip", {"d.json": pages})).sources

    assert len(source.issues) == 1_001
    assert source.issues[-1].message == "and 1,500 more of this kind."


def test_cancelling_leaves_the_library_as_it_was(tmp_path: Path, library: Library, brings_in: BringIn) -> None:
    brings_in(zip_at(tmp_path / "a.zip", {"d.json": diary("1")}))
    before = library.sources()
    many = zip_at(tmp_path / "b.zip", {"d.json": diary(*map(str, range(20_000)))})
    job = bring_in(library, [many], PROVIDERS, now_ms=NOW_MS)
    while "000 records" not in next(job).doing:
        pass

    job.close()

    assert library.count(Filter()) == 1
    assert library.sources() == before


def test_progress_grows_towards_its_total(tmp_path: Path, library: Library) -> None:
    many = zip_at(tmp_path / "a.zip", {f"{n}.json": diary(*(f"{n}.{m}" for m in range(2_000))) for n in range(5)})

    shown = [progress for progress in bring_in(library, [many], PROVIDERS, now_ms=NOW_MS) if progress.total]

    reading = [progress.done for progress in shown if progress.doing.startswith("Reading")]
    assert reading == sorted(reading)
    assert all(progress.done <= progress.total for progress in shown)
    assert reading[-1] > 0


@pytest.mark.parametrize("room", [0, 200], ids=["at once", "after the first records"])
def test_a_full_disk_is_said_and_leaves_the_library_as_it_was(
    tmp_path: Path, library: Library, brings_in: BringIn, room: int
) -> None:
    brings_in(zip_at(tmp_path / "a.zip", {"d.json": diary("before")}))
    archive = zip_at(tmp_path / "b.zip", {"d.json": diary(*(str(number) for number in range(5_000)))})
    run = library._store.connection.execute
    (pages,) = run("PRAGMA page_count").fetchone()
    (most,) = run("PRAGMA max_page_count").fetchone()
    run(f"PRAGMA max_page_count = {pages + room}")

    refused(brings_in, archive, "There is not enough room on the disk")

    assert (library.count(Filter()), len(library.sources())) == (1, 1)
    run(f"PRAGMA max_page_count = {most}")
    assert brings_in(archive).sources[0].new == 5_000


def test_a_kill_at_any_moment_leaves_nothing_half_imported(tmp_path: Path) -> None:
    ids = [str(number) for number in range(4_000)]
    named = {id: [f"{id}.wav"] for id in ids[:400]}
    sounds = {f"{id}.wav": beep(0.02, pitch=int(id)) for id in ids[:400]}
    archive = zip_at(tmp_path / "a.zip", {"d.json": diary(*ids, sounds=named), **sounds})
    folder = tmp_path / "library"
    luck = random.Random(7)
    lasted = killed.bring_in_and_kill(folder.with_name("measured"), archive, after=None)

    left = []
    for _ in range(12):
        killed.bring_in_and_kill(folder, archive, after=luck.uniform(0, lasted))
        with Library.open(folder, KEYS) as library:
            left.append((library.count(Filter()), len(library.sources())))

    assert set(left) <= {(0, 0), (4_000, 1)}
    assert (0, 0) in left
    killed.bring_in_and_kill(folder, archive, after=None)
    with Library.open(folder, KEYS) as library:
        assert library.count(Filter()) == 4_000
