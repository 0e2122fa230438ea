"""Never two copies on one library, and none that is dead stands in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.model import Problem
from app.vault import AlreadyOpen, claim
from tests.vault.processes import another, hold


def refused(folder: Path) -> bool:
    try:
        with claim(folder):
            return False
    except AlreadyOpen:
        return True


def test_a_folder_is_made_for_its_owner_when_it_is_claimed(tmp_path: Path) -> None:
    with claim(tmp_path / "a" / "library"):
        assert (tmp_path / "a" / "library").is_dir()


def test_a_second_claim_is_refused_and_says_of_what(tmp_path: Path) -> None:
    with claim(tmp_path), pytest.raises(AlreadyOpen, match="already open") as second, claim(tmp_path):
        pass

    assert second.value.folder == tmp_path


def test_what_was_let_go_can_be_claimed_again(tmp_path: Path) -> None:
    with claim(tmp_path):
        pass

    assert not refused(tmp_path)


def test_what_went_wrong_inside_lets_go_too(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), claim(tmp_path):
        raise ZeroDivisionError

    assert not refused(tmp_path)


def test_two_libraries_do_not_stand_in_each_others_way(tmp_path: Path) -> None:
    with claim(tmp_path / "one"):
        assert not refused(tmp_path / "other")


def test_a_place_where_no_folder_can_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(Problem, match="cannot be made") as told, claim(tmp_path / "file"):
        pass

    assert not isinstance(told.value, AlreadyOpen)


def test_a_killed_copy_never_stands_in_the_way_and_a_living_one_always_does(tmp_path: Path) -> None:
    held = free = 0

    for _ in range(100):
        with another(hold, tmp_path) as process:
            assert process.recv() == "mine"
            held += refused(tmp_path)
        free += not refused(tmp_path)

    assert (held, free) == (100, 100)


def test_a_patient_claim_waits_for_the_other_to_let_go(tmp_path: Path) -> None:
    with another(hold, tmp_path) as process:
        assert process.recv() == "mine"
        with pytest.raises(AlreadyOpen), claim(tmp_path, patience_s=0.2):
            pass

    with claim(tmp_path, patience_s=5):
        assert refused(tmp_path)
