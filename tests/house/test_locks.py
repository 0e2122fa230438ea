"""What gets installed is exactly what was checked, from wherever it comes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
RUN, TEST = PACKAGING / "requirements.txt", PACKAGING / "requirements-dev.txt"


def pinned(lock: Path) -> dict[str, str]:
    """Each requirement of *lock* with its hashes, in one line."""
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    requirements = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return {
        line.split("--hash=")[0].strip(): " ".join(sorted(re.findall(r"sha256:\w{64}", line))) for line in requirements
    }


@pytest.mark.parametrize("lock", [RUN, TEST], ids=lambda path: path.name)
def test_every_requirement_is_pinned_with_its_hashes(lock: Path) -> None:
    loose = [name for name, hashes in pinned(lock).items() if "==" not in name or not hashes]

    assert not loose


@pytest.mark.parametrize("lock", [RUN, TEST], ids=lambda path: path.name)
def test_a_lock_names_no_place_to_install_from(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert "://" not in text
    assert "--index" not in text


def test_the_check_runs_on_the_same_versions_as_the_program() -> None:
    program, check = pinned(RUN), pinned(TEST)

    assert program.items() <= check.items()
