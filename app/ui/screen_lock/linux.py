"""The lock of a Linux desktop, as it is told over D-Bus. A desktop without D-Bus tells nothing, which is no error."""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")
_LOGIN = "org.freedesktop.login1"
_PROPERTIES = "org.freedesktop.DBus.Properties"


class DesktopWatch(QObject):
    """Emits `locked` when a screen saver begins, when logind locks the session or gives the screen to another one, and
    before the computer sleeps. *session* and *system* are the two buses."""

    locked = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        session: QDBusConnection | None = None,
        system: QDBusConnection | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session or QDBusConnection.sessionBus()
        self._system = system or QDBusConnection.systemBus()
        if self._session.isConnected():
            for saver in _SAVERS:
                self._listen(self._session, "", saver, "ActiveChanged", "take(bool)")
        if self._system.isConnected():
            mine = session_path(os.environ.get("XDG_SESSION_ID", ""))
            self._listen(self._system, mine, f"{_LOGIN}.Session", "Lock", "lock()")
            self._listen(self._system, "/org/freedesktop/login1", f"{_LOGIN}.Manager", "PrepareForSleep", "take(bool)")
            if mine:
                self._listen(self._system, mine, _PROPERTIES, "PropertiesChanged", "change(QString,QVariantMap)")

    def _listen(self, bus: QDBusConnection, path: str, interface: str, name: str, slot: str) -> None:
        text: Any = SLOT(slot)  # PySide's types ask for it as bytes, and PySide itself refuses bytes
        bus.connect("", path, interface, name, self, text)

    @Slot()
    def lock(self) -> None:
        """The session is to be locked."""
        self.locked.emit()

    @Slot(bool)
    def take(self, taken: bool) -> None:
        """The screen is *taken* away, or given back."""
        if taken:
            self.locked.emit()

    @Slot(str, "QVariantMap")
    def change(self, _interface: str, changed: dict[str, object]) -> None:
        """Properties of the session *changed*; one that is not active any more has given the screen to another."""
        if changed.get("Active") is False:
            self.locked.emit()


def session_path(id: str) -> str:
    """Where logind speaks of the session *id*; empty, which stands for every session, if there is none.

    A digit at the beginning is written by its number: https://www.freedesktop.org/software/systemd/man/sd_bus_path_encode.html"""
    if not id.isalnum():
        return ""
    first = f"_{ord(id[0]):02x}" if id[0].isdigit() else id[0]
    return f"/org/freedesktop/login1/session/{first}{id[1:]}"
