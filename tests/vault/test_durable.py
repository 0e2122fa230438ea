"""A small file is the old one or the new one, for its owner only."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.model import Problem
from app.vault import durable


def test_a_file_is_replaced_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "lock"

    durable.write(file, b"old")
    durable.write(file, b"new")

    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    durable.write(tmp_path / "lock", b"mine")

    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600


def test_what_a_killed_writer_left_goes_with_the_next_write(tmp_path: Path) -> None:
    (tmp_path / "lock.new").write_bytes(b"a key that was never used")

    durable.write(tmp_path / "lock", b"new")

    assert list(tmp_path.iterdir()) == [tmp_path / "lock"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_somebody_laid_in_the_way_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "lock.new").symlink_to(elsewhere)

    durable.write(tmp_path / "lock", b"new")

    assert not elsewhere.exists()
    assert (tmp_path / "lock").read_bytes() == b"new"


@pytest.mark.parametrize("act", [lambda file: durable.write(file, b"new"), durable.remove], ids=["write", "remove"])
def test_a_folder_that_is_none_is_said_in_a_sentence(tmp_path: Path, act: Callable[[Path], None]) -> None:
    (tmp_path / "file").write_bytes(b"not a folder")

    with pytest.raises(Problem, match="lock could not be"):
        act(tmp_path / "file" / "lock")


def test_a_folder_that_is_gone_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="could not be written"):
        durable.write(tmp_path / "gone" / "lock", b"new")


def test_the_old_file_stays_when_the_new_one_cannot_be_put_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    (tmp_path / "lock" / "kept").write_bytes(b"old")

    with pytest.raises(Problem):
        durable.write(tmp_path / "lock", b"new")

    assert (tmp_path / "lock" / "kept").read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [tmp_path / "lock"]


def test_removing_what_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    durable.write(tmp_path / "lock", b"old")

    durable.remove(tmp_path / "lock")
    durable.remove(tmp_path / "lock")

    assert not list(tmp_path.iterdir())
