"""What is asked at a real terminal, and what appears there of what is typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.vault import Vault
from tests.cli.conftest import Terminal
from tests.cli.doors import PASSPHRASE, QUICK, secret_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals to type into")
if sys.platform != "win32":
    from tests.cli.typist import CTRL_C, typist


def test_a_new_library_is_locked_with_what_is_typed_twice(tmp_path: Path) -> None:
    folder = tmp_path / "library"

    with typist(folder, "find") as somebody:
        for first, again in (("larkspur", "larkspurs"), (PASSPHRASE, PASSPHRASE)):
            somebody.sees("New passphrase: ")
            somebody.types(first)
            somebody.sees("The same again: ")
            somebody.types(again)
        code = somebody.leaves()

    assert code == 0
    assert "These two were not the same." in somebody.screen
    assert "“recovery-code” prints a code that opens this library" in somebody.screen
    assert "larkspur" not in somebody.screen
    assert Vault(folder, None, cost=QUICK).unlock(PASSPHRASE).generation == 1


def test_a_new_library_is_not_locked_with_what_never_agrees(tmp_path: Path) -> None:
    with typist(tmp_path / "library", "find") as somebody:
        for number in range(3):
            somebody.sees("New passphrase: ")
            somebody.types(f"larkspur {number}")
            somebody.sees("The same again: ")
            somebody.types("larkspur")
        code = somebody.leaves()

    assert code == 1
    assert not (tmp_path / "library" / "vault.json").exists()


def test_three_wrong_passphrases_are_enough(household: Terminal) -> None:
    with typist(household.folder, "find") as somebody:
        for _ in range(3):
            somebody.sees("Passphrase: ")
            somebody.types("larkspur")
        code = somebody.leaves()

    assert code == 1
    assert "dragon" not in somebody.screen
    assert Vault(household.folder, None).wait_s > 0


def test_whoever_thinks_better_of_it_leaves_with_ctrl_c(household: Terminal) -> None:
    with typist(household.folder, "find") as somebody:
        somebody.sees("Passphrase: ")
        somebody.types("larkspur", end=CTRL_C)
        code = somebody.leaves()

    assert code == 1
    assert "Stopped" in somebody.screen
    assert "Traceback" not in somebody.screen
    assert "larkspur" not in somebody.screen


def test_bytes_that_are_no_letters_are_no_passphrase(household: Terminal) -> None:
    with typist(household.folder, "find") as somebody:
        somebody.sees("Passphrase: ")
        somebody.types(b"larkspur \xff")
        code = somebody.leaves()

    assert code == 1
    assert "What was typed is no passphrase." in somebody.screen
    assert "larkspur" not in somebody.screen


def test_whoever_mistypes_is_asked_again_and_can_change_the_passphrase(household: Terminal) -> None:
    with typist(household.folder, "passphrase") as somebody:
        for prompt, typed in (
            ("Passphrase: ", "larkspur in the celler"),
            ("Passphrase: ", PASSPHRASE),
            ("New passphrase: ", "a thimble of moss"),
            ("The same again: ", "a thimble of moss"),
        ):
            somebody.sees(prompt)
            somebody.types(typed)
        code = somebody.leaves()

    assert code == 0
    assert "This is not the passphrase of this library." in somebody.screen
    assert not [secret for secret in ("larkspur", "thimble") if secret in somebody.screen]
    assert household("find").code == 1
    household.passphrase_file = secret_at(household.passphrase_file, "a thimble of moss")
    assert household("find").code == 0


@pytest.mark.parametrize(("answer", "code", "left"), [("no", 1, 3), ("yes", 0, 0)])
def test_everything_is_destroyed_only_after_a_yes(household: Terminal, answer: str, code: int, left: int) -> None:
    with typist(household.folder, "erase", "--all", "--passphrase-file", household.passphrase_file) as somebody:
        somebody.sees("Type yes to go on:")
        somebody.types(answer)
        left_with = somebody.leaves()

    assert left_with == code
    assert ("Nothing was destroyed." in somebody.screen) == bool(left)
    assert len(household.json("find").lines) == left
