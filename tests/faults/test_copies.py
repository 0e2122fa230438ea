"""Never two copies of Earshot on one library, and none that was killed stands in the way: by the real command line."""

from __future__ import annotations

import subprocess
import sys

from tests.cli.doors import NO_KEYCHAIN


def tried(times: int, *options: str) -> str:
    """What came of so many times that two copies were begun."""
    command = [sys.executable, "-m", "tests.faults.copies", "--times", str(times), *options]
    told = subprocess.run(command, env=NO_KEYCHAIN, capture_output=True, text=True, check=False)
    return told.stdout.strip() or told.stderr


def test_a_second_copy_is_refused_until_the_first_is_killed() -> None:
    assert tried(3) == "3 times: 3 second copies refused, 3 begun after a kill"


def test_it_is_the_first_copy_and_nothing_else_that_the_second_is_refused_for() -> None:
    assert tried(1, "--after-the-kill") == "1 times: 0 second copies refused, 1 begun after a kill"
