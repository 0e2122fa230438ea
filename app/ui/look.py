"""Every colour, distance and size of type of the window; nothing outside this module names one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

HAIR, SMALL, GAP, EDGE = 4, 8, 16, 24
"""The grid: within a control, within a group, between groups, at the edges of a page."""
ROUND = 8
"""The corners of a card."""
PROSE = 70
"""Characters in a line of prose, at most."""


class Ink(Enum):
    """What a colour stands for. Those of `TEXT_INKS` can be read on the window and on a card, the edge
    of a `FIELD` can be made out there."""

    ACCENT = "accent"
    KEEP = "keep"
    DELETE = "delete"
    UNDECIDED = "undecided"
    WARNING = "warning"
    QUIET = "quiet"
    LINE = "line"
    HOVER = "hover"
    PILL = "pill"
    ON_ACCENT = "on accent"
    FIELD = "field"


TEXT_INKS = (Ink.ACCENT, Ink.KEEP, Ink.DELETE, Ink.UNDECIDED, Ink.WARNING, Ink.QUIET)


def _inks(*names: str) -> Mapping[Ink, str]:
    return dict(zip(Ink, names, strict=True))


# accent, keep, delete, undecided, warning, quiet, line, hover, pill, on accent, field
_LIGHT = _inks(
    "#3a55a4",
    "#24683a",
    "#b3261e",
    "#565c70",
    "#875000",
    "#5a5f69",
    "#dfddd7",
    "#ecebe6",
    "#e1e5f3",
    "#ffffff",
    "#85888e",
)
_DARK = _inks(
    "#a3b8f2",
    "#86cb97",
    "#ff9d93",
    "#b3b7c6",
    "#f0bb6a",
    "#a9adb5",
    "#3a3c41",
    "#2b2d31",
    "#323a52",
    "#141a2c",
    "#7d8087",
)
_LIGHT_STRONG = _inks(
    "#12308c",
    "#004d17",
    "#8c0000",
    "#2b2f3a",
    "#5c3300",
    "#2f3238",
    "#000000",
    "#e6e6e6",
    "#d5def7",
    "#ffffff",
    "#000000",
)
_DARK_STRONG = _inks(
    "#c4d3ff",
    "#a9f0b9",
    "#ffc2bb",
    "#dfe2ec",
    "#ffd899",
    "#d9dce2",
    "#ffffff",
    "#2b2b2b",
    "#2f3b66",
    "#000000",
    "#ffffff",
)

# window, card, text, button, tooltip
_SURFACES = {
    (False, False): ("#f6f5f1", "#ffffff", "#202329", "#fbfaf8", "#ffffff"),
    (True, False): ("#1b1c1f", "#242529", "#e9e8e4", "#303237", "#303237"),
    (False, True): ("#ffffff", "#ffffff", "#000000", "#ffffff", "#ffffff"),
    (True, True): ("#000000", "#000000", "#ffffff", "#000000", "#000000"),
}


def inks(*, dark: bool, strong: bool) -> Mapping[Ink, str]:
    """The colours of one theme; *strong* is the one for people who ask for high contrast."""
    if strong:
        return _DARK_STRONG if dark else _LIGHT_STRONG
    return _DARK if dark else _LIGHT


def colour(ink: Ink, palette: QPalette) -> QColor:
    """The colour of *ink* on *palette*, whichever theme that palette belongs to."""
    dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    return QColor(inks(dark=dark, strong=wants_contrast())[ink])


def wants_contrast() -> bool:
    """Whether the system asks for high contrast."""
    hints = QGuiApplication.styleHints()  # held: what `accessibility` returns dies with the wrapper it came from
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def palette(*, dark: bool, strong: bool = False) -> QPalette:
    """The palette of one of our own themes."""
    window, card, text, button, tip = (QColor(name) for name in _SURFACES[dark, strong])
    ours = {ink: QColor(name) for ink, name in inks(dark=dark, strong=strong).items()}
    role = QPalette.ColorRole
    made = QPalette(button, window)
    for which, value in (
        (role.Window, window),
        (role.WindowText, text),
        (role.Base, card),
        (role.Text, text),
        (role.Button, button),
        (role.ButtonText, text),
        (role.Light, card),
        (role.Midlight, ours[Ink.HOVER]),
        (role.Mid, ours[Ink.LINE]),
        (role.Dark, ours[Ink.LINE]),
        (role.Shadow, ours[Ink.LINE]),
        (role.AlternateBase, window),
        (role.ToolTipBase, tip),
        (role.ToolTipText, text),
        (role.PlaceholderText, ours[Ink.QUIET]),
        (role.Highlight, ours[Ink.ACCENT]),
        (role.HighlightedText, ours[Ink.ON_ACCENT]),
        (role.Accent, ours[Ink.ACCENT]),
        (role.Link, ours[Ink.ACCENT]),
        (role.LinkVisited, ours[Ink.ACCENT]),
        (role.BrightText, ours[Ink.DELETE]),
    ):
        made.setColor(which, value)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, ours[Ink.QUIET])
    return made


def native() -> bool:
    """Whether the platform brings a style and colours of its own."""
    return sys.platform in ("win32", "darwin")


def dress(app: QApplication, scheme: Qt.ColorScheme | None = None) -> None:
    """Give *app* its style and colours, and let them follow the system; an explicit *scheme* stays as it is."""
    if native() and scheme is None:
        return
    app.setStyle("Fusion")
    hints = app.styleHints()
    if scheme is None:
        scheme = hints.colorScheme()
        hints.colorSchemeChanged.connect(lambda now: app.setPalette(_following(now)))
        hints.accessibility().contrastPreferenceChanged.connect(
            lambda _: app.setPalette(_following(app.styleHints().colorScheme()))
        )
    app.setPalette(_following(scheme))


def _following(scheme: Qt.ColorScheme) -> QPalette:
    return palette(dark=scheme == Qt.ColorScheme.Dark, strong=wants_contrast())


def title_font(base: QFont) -> QFont:
    """The type of a page's title."""
    return _sized(base, 1.4, QFont.Weight.DemiBold)


def heading_font(base: QFont) -> QFont:
    """The type of a heading inside a page: of the base size, heavier."""
    return _sized(base, 1.0, QFont.Weight.DemiBold)


def code_font(base: QFont) -> QFont:
    """The type of what is copied letter by letter: larger, and each letter as wide as the others."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    return _sized(_with_size_of(base, fixed), 1.6, QFont.Weight.DemiBold)


def quiet_font(base: QFont) -> QFont:
    """The type of what is said in passing."""
    return _sized(base, 0.9, QFont.Weight.Normal)


def _with_size_of(base: QFont, font: QFont) -> QFont:
    made = QFont(font)
    if base.pointSizeF() > 0:
        made.setPointSizeF(base.pointSizeF())
    else:
        made.setPixelSize(base.pixelSize())
    return made


def _sized(base: QFont, factor: float, weight: QFont.Weight) -> QFont:
    font = QFont(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * factor)
    else:
        font.setPixelSize(round(base.pixelSize() * factor))
    font.setWeight(weight)
    return font


def number_font(base: QFont) -> QFont:
    """*base* with figures that all have the same width, where the typeface has them."""
    font = QFont(base)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def prose_width(font: QFont) -> int:
    """How wide a column of prose may be, in pixels."""
    return round(QFontMetricsF(font).averageCharWidth() * PROSE)
