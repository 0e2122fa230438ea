"""What the rest of the program asks of Google beside its archives."""

from __future__ import annotations

from datetime import datetime

from app.model import Layer
from app.providers.google import Google
from app.providers.provider import Part, Provider


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """UTC milliseconds of a moment of this computer's own day."""
    return int(datetime(year, month, day, hour, minute, second).timestamp() * 1000)


def test_google_is_a_provider_without_devices() -> None:
    google: Provider = Google()

    assert (google.key, google.by_device, google.unlisted) == ("google", False, frozenset())
    assert google.page.startswith("https://myactivity.google.com/")
    assert google.getting_page == "https://takeout.google.com/"


def test_every_layer_says_in_one_sentence_how_it_can_be_known() -> None:
    layers = Google.layers

    assert {Layer.AUDIO, Layer.REQUEST, Layer.RESPONSE, Layer.ACTION, Layer.CONVERSATION, Layer.THIRD_PARTY} <= set(
        layers
    )
    assert all(sentence.endswith(".") and sentence.count(".") == 1 for sentence in layers.values())


def test_a_range_is_told_with_its_first_and_last_day() -> None:
    part = Part("range", "", at(2026, 3, 2), at(2026, 3, 14, 23, 59, 59), ())

    words = Google().words(part)

    assert "from 2 March 2026 to 14 March 2026" in words


def test_single_records_are_told_to_the_minute() -> None:
    part = Part(
        "single", "", at(2026, 3, 14, 15, 10), at(2026, 3, 15, 7, 5), (at(2026, 3, 14, 15, 10), at(2026, 3, 15, 7, 5))
    )

    words = Google().words(part)

    assert "14 March 2026, 15:10; 15 March 2026, 07:05" in words
