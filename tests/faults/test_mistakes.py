"""A mistake of ours is told without a word that anyone said: in the log of mistakes, and on standard error."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.library.engine import Store
from app.vault import Vault
from tests.cli.doors import NO_KEYCHAIN, QUICK, secret_at
from tests.faults import household

IN_THE_LOG = 6
"""One for each floor, and one of the window itself; a thread's and a destructor's go to standard error."""
TERMINAL = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)
from app.__main__ import main
sys.exit(main())
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What stood on standard error and in the log of mistakes."""

    code: int
    err: str
    log: str


def started(folder: Path, *command: str) -> Told:
    folder.mkdir(exist_ok=True)
    ended = subprocess.run(
        [sys.executable, *command], env=NO_KEYCHAIN, capture_output=True, text=True, check=False, timeout=120
    )
    log = folder / "mistakes.log"
    return Told(ended.returncode, ended.stderr, log.read_text(encoding="utf-8") if log.exists() else "")


def quoted(text: str) -> list[str]:
    return [word for word in household.WORDS if word.casefold() in text.casefold()]


def test_no_floor_of_the_window_repeats_what_was_said_when_it_goes_wrong(tmp_path: Path) -> None:
    told = started(tmp_path / "library", "-m", "tests.faults.mistakes", str(tmp_path / "library"))

    assert told.code == 0, told.err
    assert told.log.count("Earshot ") == IN_THE_LOG
    assert told.err.count("LookupError") == 2
    assert "everything is logged" in told.err
    assert quoted(told.err + told.log) == []


def test_it_would_be_seen_if_it_did(tmp_path: Path) -> None:
    told = started(tmp_path / "library", "-m", "tests.faults.mistakes", str(tmp_path / "library"), "careless")

    assert quoted(told.err) == [household.ASKED]


def test_no_command_repeats_what_was_said_when_it_goes_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    keys = Vault(folder, None, cost=QUICK).make(household.PASSPHRASE)
    archives = household.archives(tmp_path / "archives", made=datetime.now(UTC))
    opening = ["--library", str(folder), "--passphrase-file", str(secret_at(tmp_path / "p", household.PASSPHRASE))]
    assert started(folder, "-c", TERMINAL, *opening, "bring-in", *map(str, archives)).code == 0
    store = Store(folder / "library-1.db", keys.library, cache_mib=2)
    store.connection.execute("UPDATE person SET standing = ?", (household.ASKED,))  # which is none
    store.close()

    told = started(folder, "-c", TERMINAL, *opening, "household")

    assert told.code == 1
    assert "ValueError" in told.err
    assert quoted(told.err) == []
