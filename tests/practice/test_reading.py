"""The practice archives are in the vendors' own formats: the real readers take them for the real thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.audio import decode
from app.intake import BroughtIn, bring_in
from app.library import Library
from app.model import Filter, Kind, SoundState, finish
from app.practice import Practice, practice
from app.providers.registry import providers
from tests.keys import KEYS

NOW = 1_790_000_000_000
DAY = 86_400_000


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return practice(tmp_path_factory.mktemp("practice"), now_ms=NOW)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("library"), KEYS) as library:
        yield library


@pytest.fixture(scope="module")
def first(household: Practice, library: Library) -> BroughtIn:
    return finish(bring_in(library, household.first(NOW), providers(), now_ms=NOW + 1))


def test_both_vendors_are_recognised_and_whole(first: BroughtIn) -> None:
    told = {source.provider: source for source in first.sources}

    assert first.unread == ()
    assert {key: source.coverage.why for key, source in told.items()} == {"alexa": "", "google": ""}
    assert all(source.coverage.complete and not source.issues for source in first.sources)
    assert all(source.made_ms is not None and abs(source.made_ms - NOW) < 1000 for source in first.sources)


def test_every_record_is_read_with_its_sound(first: BroughtIn, household: Practice, library: Library) -> None:
    said = household.people.said(NOW)

    counts = {(source.provider, kind): number for source in first.sources for kind, number in source.kinds.items()}
    assert counts["alexa", "said"] == sum(one.kind == "alexa" for one in said)
    assert counts["alexa", "conversation"] == sum(one.kind == "conversations" for one in said)
    assert counts["google", "said"] == sum(one.kind == "google" for one in said)
    assert library.count(Filter(kinds=frozenset(Kind))) > len(said)  # "Used Assistant" is counted, and nobody said it
    google = next(source for source in first.sources if source.provider == "google")
    assert google.matched > 500
    assert (google.missing, google.unmatched) == (0, 0)


def test_people_and_devices_are_named(first: BroughtIn, library: Library) -> None:
    assert first.sources

    assert {member.name for member in library.household.members()} == {"Emma", "Nora", "Tom"}
    assert {speaker.name for speaker in library.household.speakers()} >= {"Kids Room", "Kitchen", "Living Room"}


def test_a_recording_can_be_heard(first: BroughtIn, library: Library) -> None:
    assert first.sources
    card = library.card(library.ids(Filter(with_sound=True), 1)[0])

    digest = card.sounds[0].digest
    assert digest
    pcm = decode(library.sound(digest))

    assert len(pcm.samples) > pcm.rate


def test_an_archive_without_its_second_part_is_not_whole(household: Practice, tmp_path: Path) -> None:
    asked = [(said.key[0], said.at_ms) for said in household.people.said(NOW) if said.who.key == "ben"]

    with Library.open(tmp_path, KEYS) as library:
        brought = finish(bring_in(library, household.latest(asked, NOW + DAY), providers(), now_ms=NOW + 2 * DAY))
        google = next(source for source in brought.sources if source.provider == "google")
        states = Counter(
            sound.state for card in library.cards(library.ids(Filter(with_sound=None), 50)) for sound in card.sounds
        )

    assert not google.coverage.complete
    assert google.missing > 100
    assert set(states) == {SoundState.MISSING}
