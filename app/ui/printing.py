"""A report onto paper: the same page as a PDF, through Qt."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from app.model import Problem

_MARGIN_MM = 16.0
_ON_PAPER = """<style>
body { margin: 0; padding: 0; }
p, th, td, caption { font-size: 9pt; line-height: 100%; }
h1 { font-size: 15pt; } h2 { font-size: 12pt; } h3 { font-size: 10pt; }
th, td { padding: 2px 4px; }
.reference, .small th, .small td { font-size: 8pt; }
</style></head>"""
"""What the page looks like in Qt's subset of styles, which knows no rules for print; it comes last and so wins."""


def save(page: str, path: Path) -> None:
    """Write the HTML *page* to *path*: as it is, or as a PDF if the name ends so."""
    try:
        if path.suffix.lower() == ".pdf":
            _print(page, path)
        else:
            path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise Problem(f"The report could not be saved as {path.name}.", advice="Choose another folder.") from error


def _print(page: str, path: Path) -> None:
    path.touch()  # QPdfWriter itself only warns where it cannot write
    writer = QPdfWriter(str(path))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle("Earshot report")
    writer.setResolution(96)
    document = QTextDocument()
    document.setHtml(page.replace("</head>", _ON_PAPER, 1))
    document.setPageSize(writer.pageLayout().paintRectPixels(writer.resolution()).size().toSizeF())
    document.print_(writer)
