"""Forks of a process that has loaded everything: they begin at once, and go no further than they are told."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def noting(violations: list[str], about: str) -> Iterator[None]:
    """Note in *violations* whatever goes wrong inside, and where it did."""
    try:
        yield
    except Exception:  # noqa: BLE001  after a kill or a fault anything that goes wrong is what we look for
        violations.append(f"{about}: {traceback.format_exc()}")


def fork(work: Callable[[], None]) -> int:
    """The number of a process that does *work* and ends with 0, with the code that `sys.exit` was called with, or with
    1 after saying what went wrong with it. Only for a process without threads."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  whatever it is, it must not go on as a second parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ended(process: int) -> int:
    """How *process* ended, once it has: its exit code, or the negative number of the signal that killed it."""
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)
