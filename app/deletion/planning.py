"""From what is marked delete in the library to the operations at the vendors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.deletion.operations import Marked, Step, singles_of, steps_of
from app.library import Library
from app.model import Decision, Filter, Kind, Operation, Problem
from app.providers.provider import Provider

ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class _Place:
    """What one range at a vendor speaks of: every speaker of one name, or all of a vendor that knows no devices."""

    device: str
    everything: Filter


def marked_delete(wanted: Filter) -> Filter:
    """*wanted*, narrowed to what is marked delete; a `Problem` where it asks for anything else."""
    if wanted.decisions and Decision.DELETE not in wanted.decisions:
        raise Problem("Only what is marked delete can be planned.", advice="Leave the decision out of the filter.")
    return replace(wanted, decisions=frozenset({Decision.DELETE}))


def operations(library: Library, providers: Mapping[str, Provider], wanted: Filter) -> tuple[Operation, ...]:
    """The steps that delete what is marked delete within *wanted*: ranges first, numbered from 1."""
    ranges: list[Operation] = []
    singles: list[Operation] = []
    for provider in providers.values():
        planned = _ids(library, marked_delete(wanted), Filter(providers=frozenset({provider.key})))
        left = set(planned)
        for place in _places(library, provider) if planned else ():
            here = [id for id in _ids(library, marked_delete(wanted), place.everything) if id in left]
            left.difference_update(here)
            wide, narrow = _steps(library, place, here)
            ranges.extend(_operation(provider, step, _along(library, place, step, planned)) for step in wide)
            singles.extend(_operation(provider, step) for step in narrow)
        singles.extend(_operation(provider, step) for step in singles_of("", _marked(library, left)))
    return tuple(replace(one, step=number) for number, one in enumerate(ranges + singles, start=1))


def _places(library: Library, provider: Provider) -> Iterator[_Place]:
    everything = Filter(providers=frozenset({provider.key}), kinds=ALL_KINDS)
    if not provider.by_device:
        yield _Place("", everything)
        return
    # The vendor's page knows only its own name of a speaker, so two of one name can only be deleted together.
    named: dict[str, set[int]] = defaultdict(set)
    for speaker in library.household.speakers():
        if speaker.provider == provider.key:
            named[speaker.said_name or speaker.name].add(speaker.id)
    for name, ids in sorted(named.items()):
        yield _Place(name, replace(everything, devices=frozenset(ids)))


def _ids(library: Library, wanted: Filter, place: Filter) -> frozenset[int]:
    """The interactions of *wanted* that lie in *place*."""
    if wanted.providers and not wanted.providers & place.providers:
        return frozenset()
    devices = wanted.devices & place.devices if wanted.devices and place.devices else wanted.devices or place.devices
    if wanted.devices and place.devices and not devices:
        return frozenset()
    return frozenset(library.ids(replace(wanted, providers=place.providers, devices=devices)))


def _steps(library: Library, place: _Place, ids: list[int]) -> tuple[list[Step], list[Step]]:
    def known(since_ms: int, until_ms: int) -> int:
        return library.count(replace(place.everything, since_ms=since_ms, until_ms=until_ms))

    return steps_of(place.device, _marked(library, ids), known)


def _marked(library: Library, ids: set[int] | list[int]) -> list[Marked]:
    return [Marked(row.id, row.at_ms) for row in library.rows(sorted(ids))]


def _along(library: Library, place: _Place, step: Step, planned: frozenset[int]) -> tuple[int, ...]:
    """What the vendor would delete with a range although it is not in the plan."""
    span = replace(place.everything, since_ms=step.part.first_ms, until_ms=step.part.last_ms + 1)
    return tuple(sorted(set(library.ids(span)) - planned))


def _operation(provider: Provider, step: Step, collateral: tuple[int, ...] = ()) -> Operation:
    return Operation(
        step=0,
        provider=provider.key,
        kind=step.part.kind,
        words=provider.words(step.part),
        covers=step.covers,
        collateral=collateral,
    )
