"""strace: following what a process asks of the system, and letting it fail."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults.children import ended, fork

_PR_SET_PTRACER = 0x59616D61
"""prctl(2): whom the process lets trace it, where Yama would let nobody but its parents."""


def why_not() -> str:
    """Why nothing can be traced here; empty if it can."""
    if not sys.platform.startswith("linux"):
        return "strace is a program of Linux"
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "this system does not let strace trace" if tried.returncode else ""


def traced(work: Callable[[], None], record: Path, *options: str) -> int:
    """How a fork that does *work* ended (see `children.ended`), traced with *options* into *record*."""
    wait, go = os.pipe()

    def work_when_told() -> None:
        os.close(go)
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, -1, 0, 0, 0)
        os.read(wait, 1)
        work()

    process = fork(work_when_told)
    os.close(wait)
    command = ["strace", "-f", "-o", str(record), *options, "-p", str(process)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        assert tracer.stderr is not None
        attached = tracer.stderr.readline()
        os.close(go)
        code = ended(process)
    if b"attached" not in attached:
        raise RuntimeError(attached.decode())
    return code


def into(out: Path, err: Path, work: Callable[[], int]) -> Callable[[], None]:
    """*work*, whose answer goes into *out* and *err* and whose result is the exit code of its process."""

    def redirected() -> None:
        for file, number in ((out, 1), (err, 2)):
            os.dup2(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), number)
        sys.exit(work())

    return redirected


def calls(record: Path, names: Sequence[str]) -> dict[str, int]:
    """How often the busiest thread in *record* made each of the system's calls *names*."""
    counted: dict[tuple[str, str], int] = {}
    for line in record.read_text(encoding="utf-8", errors="replace").splitlines():
        thread, _, call = line.partition(" ")
        name = call.strip().partition("(")[0]
        if name in names:
            counted[thread, name] = counted.get((thread, name), 0) + 1
    return {name: max((number for (_, one), number in counted.items() if one == name), default=0) for name in names}


_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, )?"(?P<path>(?:[^"\\]|\\.)*)"')


def written(record: Path) -> list[str]:
    """Every path in *record* that was opened for writing, made, or given to something as a new name."""
    found: dict[str, None] = {}
    for line in record.read_text(encoding="utf-8", errors="replace").splitlines():
        call = line.partition(" ")[2].strip()
        name, _, told = call.partition("(")
        if name in ("openat", "open") and not _WRITES.search(told):
            continue
        if name.startswith(("open", "creat", "rename", "mkdir", "link", "symlink", "mknod")):
            for path in _PATH.finditer(told):
                found[os.path.join(path["folder"] or "", path["path"])] = None
    return list(found)


def internet_sockets(record: Path) -> list[str]:
    """Every line of *record* in which a socket to the internet was made."""
    lines = record.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if re.search(r"socket\(AF_INET6?\b", line)]
