"""Nothing grows past what one can take in at a glance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
FUNCTION, CLASS, MODULE, WINDOW = 40, 250, 400, 200
MODULES = sorted(path for folder in ("app", "tests", "packaging") for path in (CHECKOUT / folder).rglob("*.py"))


def too_long(source: str) -> Iterator[str]:
    """What in *source* is longer than it may be."""
    lines = len(source.splitlines())
    if lines > MODULE:
        yield f"the module has {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > _most(node):
                yield f"{node.name} has {length} lines"


def _most(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    if not isinstance(node, ast.ClassDef):
        return FUNCTION
    return WINDOW if node.name in ("Frame", "Desk") else CLASS


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_a_module_its_classes_and_functions_stay_small(module: Path) -> None:
    found = list(too_long(module.read_text(encoding="utf-8")))

    assert not found


def test_what_is_one_line_too_long_is_found() -> None:
    body = "\n".join(["    pass"] * FUNCTION)

    found = list(too_long(f"def long():\n{body}\n\ndef short():\n    pass\n"))

    assert found == ["long has 41 lines"]


def test_the_window_may_grow_less_than_other_classes() -> None:
    body = "\n".join(["    pass"] * WINDOW)

    main = list(too_long(f"class Frame:\n{body}\n"))
    other = list(too_long(f"class Other:\n{body}\n"))

    assert main == ["Frame has 201 lines"]
    assert not other
