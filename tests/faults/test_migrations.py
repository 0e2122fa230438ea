"""An upgrade that is killed loses nothing: the next start makes it, and until then a copy of the library lies there."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from app.library.schema import MIGRATIONS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def killed(kills: int, *options: str) -> list[tuple[int, int]]:
    """For each migration, how many kills there were inside it and how many promises they broke."""
    command = [sys.executable, "-m", "tests.faults.migrations", "--kills", str(kills), *options]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.findall(r"migration \d+: (\d+) kills inside it, .* (\d+) violations", told.stdout)
    assert len(found) == len(MIGRATIONS), told.stdout + told.stderr
    return [(int(kills), int(violations)) for kills, violations in found]


def test_no_kill_inside_a_migration_loses_anything() -> None:
    figures = killed(20)

    assert figures == [(20, 0)] * len(MIGRATIONS)


def test_a_migration_without_a_transaction_is_found_out() -> None:
    figures = killed(4, "--careless")

    assert all(violations for _, violations in figures), figures
