"""The same journey without a window, for a terminal, for automation and for tests."""

from app.cli.main import main

__all__ = ["main"]
