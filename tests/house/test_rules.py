"""The rules of the house that neither the linter nor the types can hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MODULES = sorted((CHECKOUT / "app").rglob("*.py"))


def transactions_that_do_not_roll_back(source: str) -> Iterator[int]:
    """Lines that open a transaction on the bare connection, which sqlite-utils 4 does not roll back."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.With):
            for item in node.items:
                if isinstance(item.context_expr, ast.Attribute) and item.context_expr.attr == "conn":
                    yield node.lineno


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_no_transaction_is_opened_on_the_bare_connection(module: Path) -> None:
    lines = list(transactions_that_do_not_roll_back(module.read_text(encoding="utf-8")))

    assert not lines


def test_a_transaction_on_the_bare_connection_is_found() -> None:
    lines = list(
        transactions_that_do_not_roll_back("with open(a) as b, self._db.conn:\n    pass\nwith db.atomic(): pass\n")
    )

    assert lines == [1]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_every_module_opens_with_a_sentence(module: Path) -> None:
    opening = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))

    assert opening
    assert opening.splitlines()[0].rstrip().endswith((".", "…"))


def test_packaging_is_no_package() -> None:
    inits = [*(CHECKOUT / "packaging").rglob("__init__.py")]

    assert not inits  # it would hide the library of that name
