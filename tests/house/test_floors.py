"""The floors of the house are held against the code that there is."""

from __future__ import annotations

import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ABOVE_ALL_FLOORS = {"__init__", "__main__"}


def test_every_package_of_the_program_stands_on_a_floor() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")

    named = {name.strip().removeprefix("app.") for floor in layers for name in floor.split("|")}
    found = {
        path.stem for path in (CHECKOUT / "app").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert found - ABOVE_ALL_FLOORS == named
