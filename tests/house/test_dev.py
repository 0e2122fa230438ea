"""The script that sets the project up needs nothing but a Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "dev.py"


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    foreign = {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names}

    assert not foreign


def test_an_old_python_can_read_it_and_so_can_say_that_it_is_too_old() -> None:
    source = SCRIPT.read_text(encoding="utf-8")

    tree = ast.parse(source, feature_version=(3, 7))

    assert tree.body


def test_an_unknown_command_is_wrong_usage() -> None:
    result = subprocess.run([sys.executable, SCRIPT, "dance"], capture_output=True, text=True, check=False)

    assert result.returncode == 2
    assert "invalid choice: 'dance'" in result.stderr


def test_an_option_that_nobody_knows_stops_the_check_before_it_begins() -> None:
    result = subprocess.run([sys.executable, SCRIPT, "test", "--online"], capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert "Nothing is known of: --online" in result.stderr
