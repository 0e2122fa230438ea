"""A disk that fails under a command gets a sentence, and the library is as it was before or as it should be."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.faults.tracing import why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


def injected(cases: int, *options: str) -> tuple[int, str]:
    """How many promises so many faults broke, and all that was said."""
    command = [sys.executable, "-m", "tests.faults.injected", "--cases", str(cases), "--seed", "3", *options]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+) faults, (\d+) violations", told.stdout)
    assert found, told.stdout + told.stderr
    assert int(found[1]) == cases
    return int(found[2]), told.stdout


def test_every_failing_of_the_disk_is_said_and_leaves_the_library_whole() -> None:
    violations, said = injected(12)

    assert not violations, said
    assert "refused" in said


def test_a_command_that_takes_failings_for_nothing_is_found_out() -> None:
    violations, said = injected(16, "--shrug", "--only", "decide")

    assert violations, said
