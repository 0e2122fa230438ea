"""Colours that can be read, icons that are ours."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import places
from app.ui import icons, look
from app.ui.look import TEXT_INKS, Ink

THEMES = [pytest.param(dark, strong, id=f"{'dark' if dark else 'light'}{'-strong' if strong else ''}")
          for dark, strong in product((False, True), repeat=2)]  # fmt: skip
ROLE = QPalette.ColorRole


def contrast(front: QColor, back: QColor) -> float:
    """The contrast of two colours as the accessibility guidelines of the web count it, from 1 to 21."""
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("dark", "strong"), THEMES)
@pytest.mark.parametrize("ink", TEXT_INKS)
def test_every_ink_can_be_read_wherever_it_stands(ink: Ink, dark: bool, strong: bool) -> None:
    palette = look.palette(dark=dark, strong=strong)
    colour = QColor(look.inks(dark=dark, strong=strong)[ink])
    grounds = [palette.color(role) for role in (ROLE.Window, ROLE.Base, ROLE.AlternateBase, ROLE.Button)]
    pill = QColor(look.inks(dark=dark, strong=strong)[Ink.PILL])

    weakest = min(contrast(colour, ground) for ground in (*grounds, *([pill] if ink is Ink.ACCENT else [])))

    assert weakest >= (7 if strong and ink is not Ink.ACCENT else 4.5)


@pytest.mark.parametrize(("dark", "strong"), THEMES)
def test_text_can_be_read_on_every_ground(dark: bool, strong: bool) -> None:
    palette = look.palette(dark=dark, strong=strong)
    inks = look.inks(dark=dark, strong=strong)
    pairs = [
        (palette.color(ROLE.WindowText), palette.color(ROLE.Window)),
        (palette.color(ROLE.Text), palette.color(ROLE.Base)),
        (palette.color(ROLE.ButtonText), palette.color(ROLE.Button)),
        (palette.color(ROLE.HighlightedText), palette.color(ROLE.Highlight)),
        (palette.color(ROLE.ToolTipText), palette.color(ROLE.ToolTipBase)),
        (palette.color(ROLE.PlaceholderText), palette.color(ROLE.Base)),
        (palette.color(ROLE.WindowText), QColor(inks[Ink.PILL])),
        (palette.color(ROLE.WindowText), QColor(inks[Ink.HOVER])),
        (QColor(inks[Ink.ON_ACCENT]), QColor(inks[Ink.ACCENT])),
    ]

    weakest = min(contrast(front, back) for front, back in pairs)

    assert weakest >= 4.5


@pytest.mark.parametrize(("dark", "strong"), THEMES)
def test_the_edge_of_a_field_can_be_made_out(dark: bool, strong: bool) -> None:
    palette = look.palette(dark=dark, strong=strong)
    edge = QColor(look.inks(dark=dark, strong=strong)[Ink.FIELD])

    assert contrast(edge, palette.color(ROLE.Base)) >= 3


def test_the_colours_follow_the_palette_they_stand_on(qtbot: QtBot) -> None:
    light, dark = look.palette(dark=False), look.palette(dark=True)

    assert look.colour(Ink.DELETE, light).name() == look.inks(dark=False, strong=False)[Ink.DELETE]
    assert look.colour(Ink.DELETE, dark).name() == look.inks(dark=True, strong=False)[Ink.DELETE]


def test_the_window_follows_the_system_from_light_to_dark(qapp: QApplication) -> None:
    style, palette = qapp.style().objectName(), qapp.palette()
    hints = qapp.styleHints()

    look.dress(qapp)
    light = qapp.palette().color(ROLE.Window).name()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    dark = qapp.palette().color(ROLE.Window).name()

    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    qapp.setStyle(style)
    qapp.setPalette(palette)
    assert light == look.palette(dark=False).color(ROLE.Window).name()
    assert dark == look.palette(dark=True).color(ROLE.Window).name()


def test_an_icon_is_drawn_in_the_colour_asked_for(qtbot: QtBot) -> None:
    image = icons.pixmap("check", 24, "#ff0000").toImage()

    inked = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 250
    }

    assert inked == {"#ff0000"}


def test_exactly_the_icons_that_the_window_uses_are_shipped() -> None:
    ui = Path(look.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in ui.rglob("*.py"))
    quoted = set(re.findall(r'"([a-z0-9-]+)"', source))

    shipped = {path.stem for path in (places.RESOURCES / "icons").glob("*.svg")}

    assert shipped <= quoted
    assert (places.RESOURCES / "icons" / "LICENSE").exists()


def test_no_colour_is_named_outside_the_look() -> None:
    ui = Path(look.__file__).parent
    named = re.compile(r"#[0-9a-fA-F]{6}\b|setStyleSheet|GlobalColor\.(?!transparent)")

    found = [
        path.relative_to(ui).as_posix()
        for path in ui.rglob("*.py")
        if path.name != "look.py" and named.search(path.read_text(encoding="utf-8"))
    ]

    assert not found
