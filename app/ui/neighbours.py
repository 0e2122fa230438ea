"""A second start of Earshot finds the first one, which comes to the front. Nothing of this leaves the computer."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_HERE = b"here\n"
_PATIENCE_MS = 1_000


def call(folder: Path) -> bool:
    """Whether a window has the library in *folder* open; it then comes to the front."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    answered = socket.waitForReadyRead(_PATIENCE_MS) and socket.readAll().data() == _HERE
    socket.abort()
    return answered


class Neighbours(QObject):
    """Listens for others who want to open the library in *folder*, which this window has; emits `called` for each."""

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(_name(folder))  # what a copy left behind that was killed: the folder is ours now
        self._server.listen(_name(folder))

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_HERE)
            socket.flush()
            self.called.emit()


def _name(folder: Path) -> str:
    """The same for every way to write the folder, and telling nothing of it."""
    return f"earshot-{hashlib.blake2b(str(folder.resolve()).encode(), digest_size=12).hexdigest()}"
