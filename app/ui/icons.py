"""The icons: Lucide's drawings in the colours of the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app import places
from app.ui.look import Ink, colour

SIZE = 20
_SIZES = (16, SIZE)


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, shade: str, ratio: float = 1.0) -> QPixmap:
    """The drawing *name* in *shade* ("#rrggbb"), *size* points wide on a screen of *ratio* pixels a point."""
    drawing = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", shade).encode()))
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    drawing.render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, ink: Ink | None = None, palette: QPalette | None = None) -> QIcon:
    """The drawing *name* in the colour of text, or of *ink*; ask again when the palette changes."""
    palette = palette or QGuiApplication.palette()
    shade = palette.color(QPalette.ColorRole.WindowText) if ink is None else colour(ink, palette)
    made = QIcon()
    for size in _SIZES:
        for ratio in {1.0, QGuiApplication.primaryScreen().devicePixelRatio()}:
            made.addPixmap(pixmap(name, size, shade.name(), ratio))
            made.addPixmap(pixmap(name, size, _faint(shade, palette).name(), ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (places.RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _faint(shade: QColor, palette: QPalette) -> QColor:
    """*shade* half drowned in the window's colour."""
    ground = palette.color(QPalette.ColorRole.Window)
    return QColor(
        (shade.red() + ground.red()) // 2, (shade.green() + ground.green()) // 2, (shade.blue() + ground.blue()) // 2
    )
