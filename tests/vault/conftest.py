"""A keychain of its own for every test."""

from __future__ import annotations

import pytest

from tests.keychain import FakeKeychain


@pytest.fixture
def keychain() -> FakeKeychain:
    return FakeKeychain()
