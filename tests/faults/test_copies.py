"""Never two copies of Earshot on one library, and none that was killed stands in the way: by the real command line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.doors import NO_KEYCHAIN

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def test_a_second_copy_is_refused_until_the_first_is_killed() -> None:
    command = [sys.executable, "-m", "tests.faults.copies", "--times", "4"]

    told = subprocess.run(command, env=NO_KEYCHAIN, capture_output=True, text=True, check=False)

    assert told.stdout == "4 times: 4 second copies refused, 4 begun after a kill\n", told.stderr
