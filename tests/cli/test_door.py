"""What opens a library at the terminal, what makes its lock, and what is said where nothing does."""

from __future__ import annotations

import argparse
import importlib
import shutil
import threading
import time
from pathlib import Path

import pytest

from app.cli.door import unlock
from app.vault import Vault, WrongPassphrase, claim
from tests.cli.conftest import Terminal
from tests.cli.doors import PASSPHRASE, QUICK, secret_at
from tests.cli.listing import listing_at
from tests.keychain import FakeKeychain


@pytest.fixture
def open_house(earshot: Terminal) -> Terminal:
    """A terminal beside a library that the keychain alone opens."""
    earshot.keychain = FakeKeychain()
    assert earshot.bare("find", "--no-passphrase").code == 0
    return earshot


def test_the_right_passphrase_opens_and_a_wrong_one_does_not(household: Terminal, tmp_path: Path) -> None:
    right = household.bare("find", "--passphrase-file", household.passphrase_file)
    wrong = household.bare("find", "--passphrase-file", secret_at(tmp_path / "wrong", "larkspur in the cellar"))

    assert (right.code, wrong.code) == (0, 1)
    assert "dragon" in right.out
    assert wrong.out == ""
    assert wrong.err.startswith("This is not the passphrase of this library.")


def test_nothing_opens_a_locked_library_where_nobody_can_be_asked(household: Terminal) -> None:
    said = household.bare("find")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This library needs its passphrase.")
    assert "--passphrase-file" in said.err


def test_a_new_library_gets_no_lock_that_nobody_chose(earshot: Terminal) -> None:
    said = earshot.bare("find")

    assert said.code == 1
    assert said.err.startswith("This library has no lock yet.")
    assert "--passphrase-file" in said.err
    assert [file.name for file in earshot.folder.iterdir()] == ["library.lock"]


def test_a_passphrase_file_locks_a_new_library(earshot: Terminal, tmp_path: Path) -> None:
    earshot.json("bring-in", listing_at(tmp_path / "a.json"))

    assert Vault(earshot.folder, None).needs_passphrase
    assert earshot.bare("find").code == 1
    assert len(earshot.json("find").lines) == 3


@pytest.mark.parametrize(
    "written",
    [
        PASSPHRASE.encode(),
        f"{PASSPHRASE}\n".encode(),
        f"{PASSPHRASE}\r\n".encode(),
        b"\xef\xbb\xbf" + PASSPHRASE.encode(),
    ],
)
def test_a_passphrase_is_the_same_however_an_editor_saves_it(household: Terminal, written: bytes) -> None:
    household.passphrase_file.write_bytes(written)

    assert household("find").code == 0


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"", "is empty"),
        (b"\r\n", "is empty"),
        (f"{PASSPHRASE}\n\n".encode(), "several lines"),
        (f"{PASSPHRASE}\nand more".encode(), "several lines"),
        (f"{PASSPHRASE} ä".encode("latin-1"), "UTF-8"),
        (PASSPHRASE.encode("utf-16"), "UTF-8"),
        (PASSPHRASE.encode() * 200, "too long"),
    ],
)
def test_a_file_that_holds_no_passphrase_is_a_problem(household: Terminal, written: bytes, sentence: str) -> None:
    household.passphrase_file.write_bytes(written)

    said = household("find")

    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert "larkspur" not in said.err


def test_a_passphrase_file_that_cannot_be_read_is_a_problem(household: Terminal, tmp_path: Path) -> None:
    nowhere = household("find", "--passphrase-file", tmp_path / "nowhere")
    folder = household("find", "--passphrase-file", tmp_path)

    assert (nowhere.code, folder.code) == (1, 1)
    assert "nowhere cannot be read" in nowhere.err


def test_the_passphrase_file_means_the_same_before_and_after_the_command(household: Terminal) -> None:
    before = household.bare("--passphrase-file", household.passphrase_file, "find")
    after = household.bare("find", "--passphrase-file", household.passphrase_file)

    assert before == after
    assert before.code == 0


def test_a_library_without_a_passphrase_needs_a_keychain(earshot: Terminal) -> None:
    said = earshot.bare("find", "--no-passphrase")

    assert said.code == 1
    assert "no keychain" in said.err
    assert not (earshot.folder / "vault.json").exists()


def test_the_keychain_alone_opens_a_library_where_that_was_wanted(open_house: Terminal) -> None:
    assert open_house.bare("find").code == 0


def test_a_passphrase_file_that_is_not_needed_is_said(open_house: Terminal) -> None:
    said = open_house("find")

    assert said.code == 0
    assert said.err == "This library has no passphrase: the passphrase file is not used.\n"


def test_another_keychain_opens_nothing(open_house: Terminal) -> None:
    open_house.keychain = FakeKeychain()

    said = open_house.bare("find")

    assert (said.code, said.out) == (1, "")
    assert "recovery code" in said.err


def test_both_a_passphrase_and_none_make_a_lock_with_the_passphrase(earshot: Terminal) -> None:
    earshot.keychain = FakeKeychain()
    earshot("find", "--no-passphrase")

    assert Vault(earshot.folder, earshot.keychain).needs_passphrase


def test_wrong_passphrases_make_the_next_try_wait_and_the_right_one_still_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now_s, slept = 1_790_000_000.0, list[float]()

    def sleep(seconds: float) -> None:
        nonlocal now_s
        now_s += seconds
        slept.append(seconds)

    vault = Vault(tmp_path, None, clock=lambda: now_s, cost=QUICK)
    vault.make(PASSPHRASE)
    wrong = argparse.Namespace(passphrase_file=secret_at(tmp_path / "wrong", "larkspur"))
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            unlock(vault, wrong, sleep=sleep)

    unlocked = unlock(vault, argparse.Namespace(passphrase_file=secret_at(tmp_path / "right")), sleep=sleep)

    assert unlocked.how == "passphrase"
    assert slept == [1.0, 2.0, 4.0]
    assert [line.rpartition("next try is in ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "1 second.", "2 seconds.", "4 seconds.",
    ]  # fmt: skip


def test_the_recovery_code_opens_what_the_keychain_lost(household: Terminal, tmp_path: Path) -> None:
    code = household.json("recovery-code").answer["recovery_code"]
    file = secret_at(tmp_path / "code", code.lower().replace("-", " "))

    said = household.bare("find", "--recovery-code-file", file)

    assert said.code == 0
    assert "dragon" in said.out


def test_a_wrong_recovery_code_opens_nothing(household: Terminal, tmp_path: Path) -> None:
    household.json("recovery-code")

    another = household.bare("find", "--recovery-code-file", secret_at(tmp_path / "code", "0000-" * 5 + "0000"))
    none = household.bare("find", "--recovery-code-file", secret_at(tmp_path / "code", "larkspur"))

    assert (another.code, another.out, none.code, none.out) == (1, "", 1, "")
    assert another.err.startswith("This is not the recovery code of this library.")
    assert "larkspur" not in none.err


def test_no_code_opens_a_library_that_is_not_there(earshot: Terminal, tmp_path: Path) -> None:
    said = earshot.bare("find", "--recovery-code-file", secret_at(tmp_path / "code", "0000"))

    assert said.code == 1
    assert not (earshot.folder / "vault.json").exists()


def test_two_commands_never_have_one_library_open(household: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("app.cli.main"), "PATIENCE_S", 0.1)

    with claim(household.folder):
        said = household("find")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This library is already open in another window or command.")


def test_a_command_waits_a_moment_for_the_one_before_it(household: Terminal) -> None:
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with claim(household.folder):
            held.set()
            let_go.wait(10)
            time.sleep(0.2)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    let_go.set()

    said = household("find")

    other.join()
    assert said.code == 0


def test_a_library_put_back_to_an_older_state_is_noticed(earshot: Terminal, tmp_path: Path) -> None:
    earshot.keychain = FakeKeychain()
    earshot.json("bring-in", listing_at(tmp_path / "a.json"))
    shutil.copytree(earshot.folder, tmp_path / "older")
    assert earshot.json("decide", "delete", "--children").err == ""
    shutil.rmtree(earshot.folder)
    shutil.copytree(tmp_path / "older", earshot.folder)

    said = earshot("find")

    assert said.code == 0
    assert said.err.startswith("This library was put back to an older state than this computer remembers.")
    assert earshot("find").err == ""


def test_no_secret_is_taken_from_the_command_line(household: Terminal) -> None:
    for option in ("--passphrase", "--recovery-code", "--new-passphrase"):
        assert household.bare("passphrase", option, "larkspur").code == 2


def test_no_passphrase_lies_in_the_folder_of_the_library(household: Terminal) -> None:
    code = household.json("recovery-code").answer["recovery_code"]

    kept = b"".join(file.read_bytes() for file in household.folder.iterdir())

    assert len(kept) > 1_000
    for secret in (PASSPHRASE, code, code.replace("-", "")):
        assert secret.encode() not in kept
