"""The recovery code, shown once so that it gets onto paper."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QMarginsF, Qt, Signal
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QTextDocument
from PySide6.QtWidgets import QGridLayout, QMessageBox, QWidget

from app.model import Problem
from app.ui import look
from app.ui.fields import Tick
from app.ui.look import GAP, SMALL
from app.ui.threshold import Threshold
from app.ui.widgets import Button, QuietProse, Said, row

_WHY = (
    "If the passphrase is forgotten, or this computer is lost or set up anew, this code opens the library. It is shown "
    "only now: print it or write it down, and keep it where you keep your papers."
)
_LATER = "Without it, a forgotten passphrase means that what is kept here is lost. You can make one at any time."
_A_ROW = 3
_ON_PAPER = "This code opens the Earshot library when its passphrase or its computer is lost; whoever finds it can too."
_MARGIN_MM = 24.0


class CodeSheet(QWidget):
    """A recovery code in its groups, large enough to be copied by hand."""

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = [Said(group) for group in code.split("-")]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, SMALL, 0, SMALL)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(SMALL)
        for place, group in enumerate(self.groups):
            group.setFont(look.code_font(group.font()))
            group.setAccessibleName(" ".join(group.text()))  # or a screen reader would read it as a word
            group.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(group, place // _A_ROW, place % _A_ROW)


class RecoveryPage(Threshold):
    """Shows *code*; emits `done` with whether the parent has it on paper."""

    done = Signal(bool)

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__("key-round", "Your recovery code", _WHY, parent)
        self._code = code
        self.sheet = CodeSheet(code)
        self.print_it = Button("Print…", "printer")
        self.on_paper = Tick("I have it on paper")
        self.go_on = Button("Continue", primary=True)
        self.go_on.setEnabled(False)
        self.later = Button("Later", plain=True)
        self.later.setToolTip("Go on without a recovery code")
        self._fill()
        self.print_it.clicked.connect(lambda: print_code(self._code, self))
        self.on_paper.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(lambda: self._finish(True))
        self.later.clicked.connect(lambda: self._finish(False))

    def show_problem(self, problem: Problem) -> None:
        super().show_problem(problem)
        self._let_go_on(True)

    def _finish(self, on_paper: bool) -> None:
        self._let_go_on(False)
        self.done.emit(on_paper)

    def _let_go_on(self, can: bool) -> None:
        self.go_on.setEnabled(can and self.on_paper.isChecked())
        self.later.setEnabled(can)

    def _fill(self) -> None:
        self.column.addWidget(self.sheet)
        self.column.addLayout(row(self.print_it, 1))
        self.column.addSpacing(SMALL)
        self.column.addWidget(self.on_paper)
        self.column.addWidget(self.trouble)
        self.column.addSpacing(SMALL)
        self.column.addLayout(row(self.later, 1, self.go_on))
        self.column.addWidget(QuietProse(_LATER))


def print_code(code: str, parent: QWidget) -> None:
    """Ask for a printer and print *code*. It is not offered to be saved as a file, where it protects nothing."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo  # takes a moment

    if not QPrinterInfo.availablePrinterNames():
        QMessageBox.information(parent, "Earshot", "No printer is set up on this computer. Write the code down.")
        return
    printer = QPrinter()
    printer.setDocName("Earshot")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    if dialog.exec() == QPrintDialog.DialogCode.Accepted:
        paint_code(code, QDate.currentDate(), printer)


def paint_code(code: str, day: QDate, paper: QPagedPaintDevice) -> None:
    """Put *code*, *day* and one sentence onto *paper*, and nothing else."""
    margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    paper.setPageMargins(margin, QPageLayout.Unit.Millimeter)
    sheet(code, day).print_(paper)


def sheet(code: str, day: QDate) -> QTextDocument:
    """What goes onto paper."""
    shown = QLocale().toString(day, QLocale.FormatType.LongFormat)
    groups = code.split("-")
    rows = (groups[place : place + _A_ROW] for place in range(0, len(groups), _A_ROW))
    lines = "<br>".join("&nbsp;&nbsp;".join(row) for row in rows)
    document = QTextDocument()
    document.setHtml(
        f"<p style='font-size:11pt'>{_ON_PAPER}</p>"
        f"<p style='font-family:monospace; font-size:26pt; font-weight:600'>{lines}</p>"
        f"<p style='font-size:11pt'>{shown}</p>"
    )
    return document
