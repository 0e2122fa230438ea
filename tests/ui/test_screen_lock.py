"""The lock of the screen, as a Linux desktop tells it. (Nobody has tried the other two systems yet.)"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from app.ui.screen_lock.linux import DesktopWatch, session_path

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon")

SESSION = "/org/freedesktop/login1/session/_32"

Tell = Callable[..., bool]


@pytest.fixture
def address() -> Iterator[str]:
    """Where a bus of this test alone listens."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()
        bus.terminate()


@pytest.fixture
def watch(address: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[DesktopWatch]:
    """A watch in the login session 2."""
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    bus = QDBusConnection.connectToBus(address, "earshot-ear")
    yield DesktopWatch(session=bus, system=bus)
    QDBusConnection.disconnectFromBus("earshot-ear")


@pytest.fixture
def tell(address: str, watch: DesktopWatch) -> Iterator[Tell]:
    """Tells something on the bus."""
    bus = QDBusConnection.connectToBus(address, "earshot-mouth")

    def send(path: str, interface: str, name: str, *told: object) -> bool:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(told))
        return bus.send(message)

    yield send
    QDBusConnection.disconnectFromBus("earshot-mouth")


@pytest.mark.parametrize(
    "told",
    [
        ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
        (SESSION, "org.freedesktop.login1.Session", "Lock"),
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True),
        (
            SESSION,
            "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            "org.freedesktop.login1.Session",
            {"Active": False},
            ["IdleHint"],
        ),
    ],
    ids=["screen saver", "gnome", "lock", "sleep", "another user"],
)
def test_what_takes_the_screen_away_locks(watch: DesktopWatch, tell: Tell, qtbot: QtBot, told: tuple[str, ...]) -> None:
    with qtbot.waitSignal(watch.locked, timeout=2_000):
        assert tell(*told)


@pytest.mark.parametrize(
    "told",
    [
        ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False),
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", False),
        (SESSION.replace("_32", "_33"), "org.freedesktop.login1.Session", "Lock"),
        (
            SESSION,
            "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            "org.freedesktop.login1.Session",
            {"Active": True, "IdleHint": False},
            ["Display"],
        ),
    ],
    ids=["shown again", "awake again", "somebody else's", "this user again"],
)
def test_what_gives_it_back_does_not(watch: DesktopWatch, tell: Tell, qtbot: QtBot, told: tuple[str, ...]) -> None:
    with qtbot.assertNotEmitted(watch.locked, wait=150):
        assert tell(*told)


def test_a_desktop_without_a_bus_is_no_error(qtbot: QtBot) -> None:
    nothing = QDBusConnection("no such bus")

    watch = DesktopWatch(session=nothing, system=nothing)

    with qtbot.assertNotEmitted(watch.locked, wait=10):
        pass


@pytest.mark.parametrize(
    ("id", "path"),
    [("2", SESSION), ("c1", SESSION.replace("_32", "c1")), ("12", SESSION.replace("_32", "_312")), ("", "")],
)
def test_a_login_session_is_found_by_its_id(id: str, path: str) -> None:
    assert session_path(id) == path
