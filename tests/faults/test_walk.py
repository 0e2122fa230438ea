"""The whole way leaves nothing readable anywhere, writes only where it should, and opens no socket to the internet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults import household, walk
from tests.faults.canaries import hits, patterns_of
from tests.faults.tracing import internet_sockets, why_not, written

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

TRACE = "trace=network,openat,open,creat,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink,symlinkat,mknod"
EXPECTED = {
    r"{temp}/\.\w{{6}}(/s)?": "Qt makes a local socket under a passing name",
    r"{temp}/earshot-[0-9a-f]{{24}}": "the socket by which a second start of Earshot finds the first; it holds nothing",
    r"{home}/\.config(/pulse(/[0-9a-f]{{32}}-runtime)?)?": "the sound server's library makes its folder to look for it",
    r"{temp}/pulse-\w+": "and this one, where the server would listen",
    r"/dev/dri/renderD\d+": "Qt asks the graphics cards whether they decode video",
    r"/dev/null": "it swallows whatever is written to it",
}
"""What is opened for writing outside the library and the reports, and why. None of it ever holds a byte of ours."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A walk that was watched: what it said, and the record of what it asked of the system."""

    folder: Path
    code: int
    said: str
    record: Path


def watched(folder: Path, *command: str) -> Walked:
    """*command* in a home of its own below *folder*, watched."""
    for name in (walk.HOME, walk.TEMP, walk.OURS):
        (folder / name).mkdir()
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / walk.HOME),
        "TMPDIR": str(folder / walk.TEMP),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    record = folder / "record"
    strace = ["strace", "-f", "--seccomp-bpf", "-s", "4096", "-y", "-o", str(record), "-e", TRACE]
    told = subprocess.run([*strace, *command], env=surroundings, capture_output=True, text=True, check=False)
    return Walked(folder, told.returncode, told.stdout + told.stderr, record)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    folder = tmp_path_factory.mktemp("walk")
    return watched(folder, sys.executable, "-m", "tests.faults.walk", str(folder))


def test_nothing_that_was_said_and_no_secret_can_be_read_anywhere_at_any_step(walked: Walked) -> None:
    assert walked.code == 0, walked.said
    assert walked.said == ""


def test_nothing_is_written_but_where_it_belongs(walked: Walked) -> None:
    belongs = tuple(str(walked.folder / name) for name in (walk.LIBRARY, "crashed", walk.REPORTS, walk.OURS))

    places = {"temp": re.escape(str(walked.folder / walk.TEMP)), "home": re.escape(str(walked.folder / walk.HOME))}
    expected = re.compile("|".join(f"(?:{pattern.format(**places)})" for pattern in EXPECTED))
    elsewhere = [
        path for path in written(walked.record) if not path.startswith(belongs) and not expected.fullmatch(path)
    ]

    assert not elsewhere


def test_no_socket_to_the_internet_is_opened(walked: Walked) -> None:
    assert not internet_sockets(walked.record)


CARELESS = """
import base64, pathlib, socket, sys
pathlib.Path(sys.argv[1], "home", "notes").write_text(sys.argv[2])
pathlib.Path(sys.argv[1], "temp", "mail").write_bytes(b"begin " + base64.b64encode(b"x" + sys.argv[2].encode()))
pathlib.Path(sys.argv[1], "home", "wide").write_text(sys.argv[2], encoding="utf-16")
socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()
"""


@pytest.fixture
def careless(tmp_path: Path) -> Iterator[Walked]:
    """A program that writes down what it should not, where it should not, and opens a socket to the internet."""
    yield watched(tmp_path, sys.executable, "-S", "-c", CARELESS, str(tmp_path), household.ASKED)


def test_what_is_written_down_is_found_however_it_is_written(careless: Walked) -> None:
    folders = [careless.folder / name for name in (walk.HOME, walk.TEMP)]

    found = list(hits(folders, patterns_of(household.WORDS, household.pieces_of_voices())))

    assert sorted({Path(hit.partition(":")[0]).name for hit in found}) == ["mail", "notes", "wide"]


def test_a_piece_of_a_voice_and_a_name_of_a_file_are_found_too(tmp_path: Path) -> None:
    (tmp_path / "samples").write_bytes(b"RIFF" + household.voice(1)[44:20_000])
    (tmp_path / f"{household.SOUND_NAME}.wav").touch()

    found = {
        Path(hit.partition(":")[0]).name
        for hit in hits([tmp_path], patterns_of(household.WORDS, household.pieces_of_voices()))
    }

    assert found == {"samples", f"{household.SOUND_NAME}.wav"}


def test_who_writes_elsewhere_and_who_opens_a_socket_is_seen(careless: Walked) -> None:
    names = {Path(path).name for path in written(careless.record)}

    assert names >= {"notes", "mail", "wide"}
    assert len(internet_sockets(careless.record)) == 1
