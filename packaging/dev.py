"""Set up Earshot from its checkout, then open the practice household (`run`) or run the whole check (`test`)."""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
LOCKS = {"run": HERE / "requirements.txt", "test": HERE / "requirements-dev.txt"}

# What the wheels of Qt expect of the system: the library, and the Debian package that brings it.
QT_NEEDS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libpulse.so.0": "libpulse0",
    "libXrandr.so.2": "libxrandr2",  # without it QtMultimedia imports and stays silent
}
WINDOW_NEEDS = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
OFFLINE = ("unshare", "--map-root-user", "--net")
"""Runs a command where there is no network at all, not even one of this computer with itself."""
CHECKS = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "mypy", "app", "tests", "packaging")),
    ("floors", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")),
    ("tests", ("-m", "pytest", "-q")),
)


class Stop(Exception):
    """Why we cannot go on, in a sentence for the person at the terminal."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def call(*command: str | Path) -> int:
    """Run *command* in the checkout and return its exit code."""
    return subprocess.run([str(part) for part in command], cwd=CHECKOUT, check=False).returncode


def must(sentence: str, *command: str | Path) -> None:
    """Run *command*; stop with *sentence* if it fails."""
    if call(*command) != 0:
        raise Stop(sentence)


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages if we may, or else say the one command that does."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not is_root():
        raise Stop(f"Some system packages are missing. This installs them:\n\n    sudo {' '.join(command)}\n")
    say(f"Installing system packages: {' '.join(packages)}")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    must("The list of system packages could not be fetched.", "apt-get", "update", "--quiet")
    must("The system packages could not be installed.", *command)


def has_screen() -> bool:
    """Whether a window could be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide_system_libraries() -> None:
    """Install or name what Qt's wheels need of a Linux system and it lacks."""
    if not sys.platform.startswith("linux"):
        return
    needs = QT_NEEDS | (WINDOW_NEEDS if has_screen() else {})
    missing = [library for library in needs if not can_load(library)]
    if not missing:
        return
    if shutil.which("apt-get") is None:
        say(f"These system libraries are missing, and Qt may not start without them: {', '.join(missing)}")
        return
    install_packages([needs[library] for library in missing])


def provide_strace() -> None:
    """Install strace, with which tests watch what Earshot asks of the system, or say that they are skipped."""
    if not sys.platform.startswith("linux") or shutil.which("strace"):
        return
    try:
        if shutil.which("apt-get") is None:
            raise Stop("strace is not installed.")
        install_packages(["strace"])
    except Stop as reason:
        say(f"{reason}\nThe tests that need strace are skipped.")


def venv_works() -> bool:
    """Whether the environment is there and its Python is new enough to run Earshot."""
    if not PYTHON.exists():
        return False
    probe = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return call(PYTHON, "-c", probe) == 0


def pip() -> list[str | Path]:
    """How to call pip for the environment: its own, or the system's where the environment was made without one."""
    if call(PYTHON, "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)") == 0:
        return [PYTHON, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", PYTHON]


def make_venv() -> None:
    """Make the environment, also where Debian left ensurepip out of its Python."""
    say(f"Making {VENV}")
    with_pip = importlib.util.find_spec("ensurepip") is not None
    if not with_pip and importlib.util.find_spec("pip") is None:
        install_packages(["python3-venv"])
        with_pip = True
    if with_pip:
        # In a process of its own: a package installed a moment ago is not seen by this one.
        must("The environment could not be made.", sys.executable, "-m", "venv", "--clear", VENV)
    else:
        venv.create(VENV, clear=True, with_pip=False)


def install(lock: Path) -> None:
    """Bring the environment to exactly the versions and hashes of *lock*, once for each version of it."""
    stamp = VENV / f"{lock.stem}.installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing what {lock.relative_to(CHECKOUT).as_posix()} names (the first time this takes a few minutes)")
    # The lock is complete, so nothing is resolved; it names wheels for every system, so nothing is built.
    options = ["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    options += ["--only-binary", ":all:"]
    must("The packages could not be installed.", *pip(), *options, "--requirement", lock)
    stamp.write_text(wanted)


def prepare(lock: Path) -> None:
    provide_system_libraries()
    if not venv_works():
        make_venv()
    install(lock)


def run() -> int:
    """Open the practice household, or walk it where there is no screen."""
    prepare(LOCKS["run"])
    return call(PYTHON, "-m", "app", "practice", *([] if has_screen() else ["--headless"]))


def test(*, offline: bool = False) -> int:
    """Run the whole check, perhaps without any network; stop at the first part that fails."""
    prepare(LOCKS["test"])
    provide_strace()
    if offline and (shutil.which(OFFLINE[0]) is None or call(*OFFLINE, "true") != 0):
        raise Stop("This system does not let us run anything apart from its network.")
    for name, arguments in CHECKS:
        say(f"── {name}{' (offline)' if offline else ''}")
        code = call(*(OFFLINE if offline else ()), PYTHON, *arguments)
        if code != 0:
            say(f"── {name} failed")
            return code
    say("── all good")
    return 0


def faults(*arguments: str) -> int:
    """Kill, let the disk fail, and begin twice, many times more than the check does."""
    prepare(LOCKS["test"])
    provide_strace()
    return call(PYTHON, "-m", "tests.faults", *arguments)


def benchmark(name: str, *arguments: str) -> int:
    """Measure with one of the modules in tests/benchmarks."""
    prepare(LOCKS["test"])
    return call(PYTHON, "-m", f"tests.benchmarks.{name}", *arguments)


def screenshots(*arguments: str) -> int:
    """Take pictures of every page of the window."""
    prepare(LOCKS["test"])
    return call(PYTHON, "-m", "tests.ui.screenshots", *arguments)


def lock() -> int:
    """Write both locks anew from pyproject.toml: every platform, every supported Python, every hash."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / PYTHON.relative_to(VENV)
        must("uv could not be installed.", python, "-m", "pip", "install", "--quiet", "uv")
        command = [str(python), "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--upgrade"]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
        must("The lock could not be made.", *command, "--output-file", LOCKS["run"])
        must("The lock could not be made.", *command, "--extra", "dev", "--output-file", LOCKS["test"])
    return 0


def main() -> int:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        print(f"Earshot needs Python {'.'.join(map(str, OLDEST))} or newer; this is Python {found}.", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(description="Set up Earshot from its checkout, and use it.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands.add_parser("run", help="open the practice household (without a screen: walk it)")
    check = commands.add_parser("test", help="run the whole check: lint, format, types, floors, tests")
    check.add_argument("--offline", action="store_true", help="once everything is installed, without any network")
    commands.add_parser("faults", help="kills and failing disks by the thousand (--kills N, --cases N, --seed S, …)")
    commands.add_parser("lock", help="write the locks anew from pyproject.toml")
    measure = commands.add_parser("benchmark", help="measure with a module of tests/benchmarks")
    measure.add_argument("name")
    commands.add_parser("screenshots", help="take pictures of every page (--out DIR)")
    options, more = parser.parse_known_args()
    try:
        return start(options, more)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1


def start(options: argparse.Namespace, more: Sequence[str]) -> int:
    """Do the command; what it does not know itself goes on to what it starts."""
    if options.command == "benchmark":
        return benchmark(options.name, *more)
    if options.command == "faults":
        return faults(*more)
    if options.command == "screenshots":
        return screenshots(*more)
    if more:
        raise Stop(f"Nothing is known of: {' '.join(more)}")
    if options.command == "test":
        return test(offline=options.offline)
    return {"run": run, "lock": lock}[options.command]()


if __name__ == "__main__":
    sys.exit(main())
