"""Keys for the tests that need an open library and no lock."""

from __future__ import annotations

from app.vault import Keys

KEYS = Keys(1, "c0ffee11" * 8, b"the key of the log in the tests.")
