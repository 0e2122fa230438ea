"""What every test needs before Qt and keyring are loaded, and the library that most of them work on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library import Library
from tests.keys import KEYS

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # never a developer's own keychain


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library, open."""
    with Library.open(tmp_path / "library", KEYS) as opened:
        yield opened
