"""Whoever is killed while working on a library loses nothing that was acknowledged, and leaves nothing half-done."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.faults.hands import How

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def killed(kills: int, how: How = How.REAL) -> tuple[int, str]:
    """How many promises so many kills broke (the first one ends a control), and all that was said. In a process of its
    own, which may fork: this one has the threads of Qt."""
    command = [sys.executable, "-m", "tests.faults.kills", "--kills", str(kills), "--how", how.value]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"([\d,]+) kills, .* (\d+) violations", told.stdout)
    assert found, told.stdout + told.stderr
    return int(found[2]), told.stdout


def test_no_kill_loses_what_was_acknowledged_or_leaves_anything_half_done() -> None:
    violations, said = killed(60)

    assert not violations, said


def test_a_hand_that_says_too_early_that_a_thing_is_done_is_found_out() -> None:
    violations, said = killed(300, How.BOASTS)

    assert violations, said


def test_a_hand_that_does_a_thing_piece_by_piece_is_found_out() -> None:
    violations, said = killed(300, How.PIECEMEAL)

    assert violations, said
