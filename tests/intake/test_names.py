"""Names from a stranger, made fit to be shown."""

from __future__ import annotations

import unicodedata

import pytest

from app.intake.names import is_junk, shown_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Takeout/My Activity/MyActivity.json", "Takeout/My Activity/MyActivity.json"),
        ("../../etc/passwd", "etc/passwd"),
        ("/absolute/path", "absolute/path"),
        ("C:\\Windows\\win.ini", "Windows/win.ini"),
        ("a\\..\\..\\b", "a/b"),
        ("./a//b/./c", "a/b/c"),
        ("nul\0byte", "nulbyte"),
        ("line\nbreak\x1b[31mred", "linebreak[31mred"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("broken\udcff", "broken"),
        ("", "(no name)"),
        ("..", "(no name)"),
        ("Google\xa0Cloud", "Google\xa0Cloud"),
    ],
)
def test_a_name_is_shown_without_tricks(raw: str, shown: str) -> None:
    assert shown_name(raw) == shown


def test_a_name_from_a_mac_is_the_same_as_one_from_elsewhere() -> None:
    on_a_mac = unicodedata.normalize("NFD", "Mon activité")

    shown = shown_name(on_a_mac)

    assert shown == "Mon activité"


def test_an_endless_name_keeps_its_end() -> None:
    shown = shown_name("x" * 100_000 + ".json")

    assert len(shown) == 400
    assert shown.endswith(".json")


@pytest.mark.parametrize("path", [".DS_Store", "a/Thumbs.db", "__MACOSX/a/._b.json", "a/._b.json", "a/desktop.ini"])
def test_what_an_operating_system_left_behind_is_junk(path: str) -> None:
    assert is_junk(path)


def test_an_ordinary_hidden_file_is_not_junk() -> None:
    assert not is_junk("tmp/.alexa.activity.json")
