"""A small Takeout on disk."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile


def takeout(folder: Path, *said: str, name: str = "takeout.zip") -> Path:
    """A zip in which the family said *said* on a speaker of Google's."""
    rows = [
        {
            "header": "Assistant",
            "title": f"Said {words}",
            "time": f"2026-03-{day + 1:02d}T15:10:00.000Z",
            "products": ["Assistant"],
        }
        for day, words in enumerate(said)
    ]
    path = folder / name
    with ZipFile(path, "w") as made:
        made.writestr("Takeout/My Activity/Assistant/MyActivity.json", json.dumps(rows))
    return path
