"""What every vendor's folder promises, whichever it is."""

from __future__ import annotations

from collections import Counter

import pytest

from app.model import Interaction
from app.providers.provider import Part, Provider
from app.providers.registry import providers
from tests.providers.memory import Heard, parcel, read
from tests.providers.samples import SAMPLES, damaged, garbage

KNOWN = providers()
MUTATIONS = 300


@pytest.fixture(params=KNOWN, ids=str)
def provider(request: pytest.FixtureRequest) -> Provider:
    return KNOWN[request.param]


def everything(provider: Provider, files: dict[str, bytes]) -> list[Heard]:
    return [read(provider, export) for export in provider.recognise([parcel(files)])]


def interactions(provider: Provider) -> list[Interaction]:
    found = everything(provider, dict(SAMPLES[provider.key]))
    return [interaction for heard in found for interaction in heard.interactions]


def test_it_has_a_name_a_page_and_a_way_to_get_the_archive(provider: Provider) -> None:
    assert provider.key.isidentifier()
    assert provider.name
    assert provider.getting
    assert all(address.startswith("https://") for address in (provider.page, provider.getting_page))


def test_it_says_of_every_layer_how_it_can_be_known(provider: Provider) -> None:
    sentences = list(provider.layers.values())

    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)
    assert provider.unlisted <= provider.layers.keys()


def test_its_sample_is_read_without_an_issue(provider: Provider) -> None:
    found = everything(provider, dict(SAMPLES[provider.key]))

    assert [heard.issues for heard in found] == [[] for _ in found]
    assert sum(len(heard.interactions) for heard in found) > 2


def test_it_shows_only_layers_that_it_names(provider: Provider) -> None:
    shown = {layer for interaction in interactions(provider) for layer in interaction.layers}

    assert shown
    assert shown <= provider.layers.keys()


def test_identities_are_unique_and_the_same_every_time(provider: Provider) -> None:
    first, second = interactions(provider), interactions(provider)

    counted = Counter(interaction.identity for interaction in first)
    assert max(counted.values()) == 1
    assert first == second


def test_identities_do_not_depend_on_what_the_files_are_called(provider: Provider) -> None:
    files = SAMPLES[provider.key]
    moved = {path.replace("/", "/sub/", 1): data for path, data in files.items()}

    there = {interaction.identity for heard in everything(provider, moved) for interaction in heard.interactions}

    assert there == {interaction.identity for interaction in interactions(provider)}


def test_a_time_in_an_identity_is_the_time_of_the_record(provider: Provider) -> None:
    keyed = [each for each in interactions(provider) if each.identity.count("#") == 3]

    assert keyed or provider.key != "alexa"
    assert all(int(each.identity.split("#")[1]) == each.at.ms for each in keyed)


def test_it_reads_nothing_from_garbage(provider: Provider) -> None:
    found = everything(provider, dict(garbage()))

    assert [heard.interactions for heard in found] == [[] for _ in found]


def test_it_leaves_the_files_of_other_vendors_alone(provider: Provider) -> None:
    for other, files in SAMPLES.items():
        claimed = {entry.path for export in provider.recognise([parcel(files)]) for entry in export.records}

        assert bool(claimed) is (other == provider.key)


@pytest.mark.parametrize("start", range(0, MUTATIONS, 50))
def test_it_never_raises_on_a_damaged_export_and_never_hands_on_text_that_cannot_be_kept(
    provider: Provider, start: int
) -> None:
    for seed in range(start, start + 50):
        for heard in everything(provider, damaged(SAMPLES[provider.key], seed)):
            for found in heard.interactions:
                texts = [turn.text or "" for turn in found.turns] + [
                    found.identity,
                    found.account,
                    found.label,
                    found.skill,
                ]
                assert not any("\0" in text for text in texts)
                assert [text.encode() for text in texts]


def test_its_words_for_a_range_name_the_device_where_its_page_knows_devices(provider: Provider) -> None:
    part = Part("range", "Kids Room", 1_700_000_000_000, 1_700_500_000_000, ())

    words = provider.words(part)

    assert ("Kids Room" in words) is provider.by_device
    assert "2023" in words
