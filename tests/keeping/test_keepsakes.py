"""Keepsakes leave the library as they came, all of them or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app import keeping
from app.library import Library
from app.library.engine import Store
from app.model import Decision, Happened, Kind, Problem, Role, Sound, SoundState, Turn, clock_words, local_day
from tests.keeping.home import Home
from tests.library.making import EMMA, KIDS, bring_in, heard, recorded

WAV = b"RIFF\0\0\0\0WAVE the voice of a child \x00\xff\r\n"
MP3 = b"ID3 the end of it \xfe"


@pytest.fixture
def box(home: Home) -> Home:
    """A household with two keepsakes, and a forgotten one, beside what is kept and what is not."""
    turns = (
        Turn(Role.REQUEST, "alexa i love you"),
        Turn(Role.NOTE, "Audio was not intended for Alexa"),
        Turn(Role.RESPONSE, "That is\nvery kind – schön."),
        Turn(Role.PROFILE, "Emma's profile"),
        Turn(Role.REQUEST, "good night"),
    )
    with home.opened() as library:
        named = Sound("3.mp3", SoundState.MISSING, None, None)
        sounds = [recorded(library, WAV, "1.wav"), recorded(library, MP3, "2.mp3"), named]
        bring_in(
            library,
            "keepsakes",
            heard(50, turns=turns, device=KIDS, person=EMMA, sounds=sounds),
            heard(51, "unsaid", None, kind=Kind.CONVERSATION, device=None),
            heard(52),
        )
        library.asked.decide([30, 31, 3], Decision.KEEPSAKE, 5)
        library.asked.decide([1, 2], Decision.KEEP, 6)
        library.erasing.forget([3])
    return home


def save(home: Home, out: Path) -> keeping.Saved:
    with home.opened() as library:
        return keeping.save_keepsakes(library, out)


def moment(home: Home, id: int) -> tuple[str, date]:
    """When a record was, as words and as a day."""
    with home.opened() as library:
        at_ms = library.card(id).at_ms
    return clock_words(at_ms), local_day(at_ms)


def test_each_keepsake_has_its_sounds_byte_for_byte_and_its_words_and_date(box: Home, tmp_path: Path) -> None:
    saved = save(box, tmp_path / "out" / "more")

    (when, day), (when_other, day_other) = moment(box, 30), moment(box, 31)
    assert saved.keepsakes == 2
    assert [*(tmp_path / "out" / "more").iterdir()] == [saved.folder]
    assert {path.name: path.read_bytes() for path in saved.folder.glob("*.[wm]*")} == {
        f"{day} 30.wav": WAV,
        f"{day} 30 part 2.mp3": MP3,
    }
    said = "alexa i love you\nAnswer: That is\nvery kind – schön.\ngood night\n"
    assert {path.name: path.read_text("utf-8-sig") for path in saved.folder.glob("*.txt")} == {
        f"{day} 30.txt": f"{when}\nEmma\nKids Room\n\n{said}",
        f"{day_other} 31.txt": f"{when_other}\n\nunsaid\n",
    }


def test_saving_is_noted_without_saying_where(box: Home, tmp_path: Path) -> None:
    save(box, tmp_path / "out")

    with box.opened() as library:
        (exported,) = (entry for entry in library.log.entries() if entry.what is Happened.EXPORTED)
    assert exported.details == {"what": "keepsakes", "count": 2}


def test_without_a_keepsake_there_is_nothing_to_save(home: Home, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no keepsake yet"):
        save(home, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def exports(library: Library) -> list[Happened]:
    return [entry.what for entry in library.log.entries() if entry.what is Happened.EXPORTED]


def test_where_nothing_can_be_written_nothing_is_left_and_nothing_noted(box: Home, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Problem, match="could not be saved"):
        save(box, tmp_path / "file")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "home"]
    with box.opened() as library:
        assert exports(library) == []


def test_no_half_folder_is_left_where_a_recording_is_damaged(box: Home, tmp_path: Path) -> None:
    store = Store(box.folder / "audio-0001.db", "", cache_mib=1)
    store.connection.execute("UPDATE blob SET sealed = zeroblob(9) WHERE place = (SELECT max(place) FROM blob)")
    store.close()

    with pytest.raises(Problem, match="This recording is damaged"):
        save(box, tmp_path / "out")

    assert list((tmp_path / "out").iterdir()) == []
