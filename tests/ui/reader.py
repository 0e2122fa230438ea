"""The window as a screen reader walks it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget


def parts(of: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """*of* and everything in it that can be seen, as a screen reader walks it."""
    yield of
    # A table of a million rows names them one by one; its own tests walk some of them.
    if of.role() in (QAccessible.Role.Table, QAccessible.Role.List):
        return
    for place in range(of.childCount()):
        child = of.child(place)
        if child.isValid() and not child.state().invisible:
            yield from parts(child)


def unnamed(widget: QWidget) -> list[str]:
    """The controls of *widget* that can be reached but have no name."""
    whole = QAccessible.queryAccessibleInterface(widget)
    return [
        type(one.object()).__name__
        for one in parts(whole)
        if one.state().focusable and not one.text(QAccessible.Text.Name).strip()
    ]
