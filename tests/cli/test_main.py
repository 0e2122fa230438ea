"""What holds for every command: where it looks, how it ends, and what it never does."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.cli.doors import NO_KEYCHAIN
from tests.cli.listing import listing_at, record


def test_no_command_opens_the_window_on_the_library(earshot: Terminal) -> None:
    said = earshot()

    assert said.code == 0
    assert earshot.windows == [(earshot.folder, False)]


def test_practice_opens_the_window_on_a_library_that_is_thrown_away(earshot: Terminal) -> None:
    earshot("practice")

    ((folder, practice),) = earshot.windows
    assert practice
    assert folder != earshot.folder
    assert not folder.exists()


@pytest.mark.parametrize("arguments", [("dance",), ("bring-in",), ("check", "1"), ("report", "1"), ("plan", "--wait")])
def test_a_wrong_command_is_wrong_usage(earshot: Terminal, arguments: tuple[str, ...]) -> None:
    said = earshot(*arguments)

    assert said.code == 2
    assert said.err.startswith("usage: earshot")


def test_help_names_every_command(earshot: Terminal) -> None:
    said = earshot("--help")

    assert said.code == 0
    for command in (
        "practice", "bring-in", "household", "find", "decide", "plan", "delete", "check", "report",
        "erase", "keep-copy", "keepsakes", "log", "passphrase", "recovery-code",
    ):  # fmt: skip
        assert f"\n    {command} " in said.out


def test_an_option_means_the_same_before_and_after_the_command(household: Terminal) -> None:
    before, after = household("--json", "household"), household("household", "--json")

    assert before.out == after.out
    assert before.answer["people"]


def test_a_library_that_is_none_is_a_problem(household: Terminal) -> None:
    (database,) = household.folder.glob("library-*.db")
    database.write_bytes(b"not a database at all" * 100)

    said = household("find")

    assert said.code == 1
    assert said.err.startswith("This library cannot be opened: it is damaged")


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_drawn_on_a_terminal_and_wiped_away(
    earshot: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = _Screen()
    monkeypatch.setattr(sys, "stderr", screen)

    earshot("bring-in", listing_at(tmp_path / "a.json"))

    assert "Reading a.json" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_reader_who_has_enough_is_no_error(earshot: Terminal, tmp_path: Path) -> None:
    many = [
        record(f"2026-03-{1 + n // 1440:02}T{n // 60 % 24:02}:{n % 60:02}:00+00:00", "alexa hi", "x" * 200)
        for n in range(3_000)
    ]
    earshot.json("bring-in", listing_at(tmp_path / "many.json", many))
    opening = ["--library", str(earshot.folder), "--passphrase-file", str(earshot.passphrase_file)]
    command = [sys.executable, "-m", "app", "find", "--json", *opening]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=NO_KEYCHAIN) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()

    assert (process.returncode, complaints) == (0, b"")


@pytest.mark.parametrize(
    "typed",
    [
        ("decide", "delete", "--words", ""),
        ("decide", "delete", "--words", "*"),
        ("find", "--words", '" ?'),
        ("find", "--limit", "9" * 20),
        ("delete", "9" * 25),
        ("report", "9" * 25, "--out", "x"),
    ],
)
def test_words_without_a_word_and_numbers_without_end_are_wrong_usage(
    earshot: Terminal, tmp_path: Path, typed: tuple[str, ...]
) -> None:
    earshot.json("bring-in", listing_at(tmp_path / "a.json"))

    code = earshot(*typed).code

    assert code == 2
    assert all(row["decision"] is None for row in earshot.json("find").lines)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_an_answer_for_which_there_is_no_room_is_said_in_a_sentence(household: Terminal, more: tuple[str, ...]) -> None:
    opening = ["--library", str(household.folder), "--passphrase-file", str(household.passphrase_file)]

    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "app", *opening, "find", *more],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=NO_KEYCHAIN,
        )  # fmt: skip

    assert ended.returncode == 1
    assert ended.stderr.startswith("The answer could not be written")
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core dumps")
def test_no_crash_writes_the_memory_to_the_disk() -> None:
    program = """
import resource, sys
from app.__main__ import main
sys.argv = ["earshot", "--version"]
main()
print(resource.getrlimit(resource.RLIMIT_CORE))
"""

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout.endswith("(0, 0)\n")


def test_no_command_without_a_window_loads_qt(earshot: Terminal, tmp_path: Path) -> None:
    listing = listing_at(tmp_path / "a.json")
    opening = ["--library", str(earshot.folder), "--passphrase-file", str(earshot.passphrase_file)]
    program = f"""
import sys
from app.__main__ import main
for typed in (["bring-in", {str(listing)!r}], ["decide", "delete", "--children"], ["plan", "--no-wait"],
              ["delete", "1", "--done", "all"], ["check", "1", {str(listing)!r}], ["find"], ["household"],
              ["report", "1", "--out", {str(tmp_path / "out")!r}]):
    sys.argv = ["earshot", *{opening!r}, *typed]
    assert main() == 0, typed
sys.exit(any(name.partition(".")[0] in ("PySide6", "shiboken6") for name in sys.modules))
"""

    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=NO_KEYCHAIN
    )

    assert (ended.returncode, ended.stderr) == (0, "")
