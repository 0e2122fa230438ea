"""Where things lie on this computer: the files we ship, and the household's own folder."""

from __future__ import annotations

from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def default_library() -> Path:
    """The folder of the household's library where nobody names another."""
    return Path(platformdirs.user_data_dir("Earshot", appauthor=False)) / "library"
