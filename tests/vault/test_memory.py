"""What is in memory does not get to the disk when the program crashes."""

from __future__ import annotations

import subprocess
import sys

import pytest

_ASK = """
import ctypes, resource, subprocess, sys
from app.vault import keep_private
if sys.argv[1] == "private":
    keep_private()
CORE = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
print(resource.getrlimit(resource.RLIMIT_CORE))
print(subprocess.run([sys.executable, "-c", CORE], capture_output=True, text=True).stdout.strip())
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0)  # PR_GET_DUMPABLE
"""


def told(how: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", _ASK, how], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core dumps")
def test_neither_the_program_nor_what_it_starts_leaves_a_core_dump() -> None:
    own, of_a_child, _ = told("private")

    assert (own, of_a_child) == ("(0, 0)", "(0, 0)")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_other_programs_cannot_look_into_the_memory_of_a_private_one() -> None:
    *_, private = told("private")
    *_, usual = told("usual")

    assert (private, usual) == ("0", "1")
