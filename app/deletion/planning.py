"""From what is marked delete in the library to the operations at the vendors."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.deletion.operations import Marked, Step, singles_of, steps_of
from app.library import Library
from app.model import Decision, Filter, Kind, Operation, Problem
from app.providers.provider import Provider

ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class _Place:
    """What one range at a vendor speaks of, every speaker of one name or else the whole vendor, and what lies there:
    what is *marked*, what a range must not run over, and what it may take along. All in the order of time."""

    device: str
    marked: list[Marked] = field(default_factory=list)
    kept_ms: array[int] = field(default_factory=lambda: array("q"))
    silent: array[int] = field(default_factory=lambda: array("q"))
    silent_ms: array[int] = field(default_factory=lambda: array("q"))

    def along(self, step: Step) -> tuple[int, ...]:
        """What the vendor would delete with a range although it is not in the plan: rows that nobody said."""
        since = bisect_left(self.silent_ms, step.part.first_ms)
        return tuple(sorted(self.silent[since : bisect_right(self.silent_ms, step.part.last_ms)]))


def marked_delete(wanted: Filter) -> Filter:
    """*wanted*, narrowed to what is marked delete and still here; a `Problem` where it asks for anything else."""
    if wanted.decisions and Decision.DELETE not in wanted.decisions:
        raise Problem("Only what is marked delete can be planned.", advice="Leave the decision out of the filter.")
    here = (wanted.kinds or ALL_KINDS) - {Kind.FORGOTTEN}
    if not here:
        raise Problem("What was destroyed here can no longer be planned.", advice="Leave the kind out of the filter.")
    return replace(wanted, kinds=here, decisions=frozenset({Decision.DELETE}))


def operations(library: Library, providers: Mapping[str, Provider], wanted: Filter) -> tuple[Operation, ...]:
    """The steps that delete what is marked delete within *wanted*: ranges first, numbered from 1."""
    ranges: list[Operation] = []
    singles: list[Operation] = []
    for provider in providers.values():
        for place in _places(library, provider, wanted):
            if provider.by_device and not place.device:
                singles.extend(_operation(provider, step) for step in singles_of("", place.marked))
                continue
            wide, narrow = steps_of(place.device, place.marked, place.kept_ms)
            ranges.extend(_operation(provider, step, place.along(step)) for step in wide)
            singles.extend(_operation(provider, step) for step in narrow)
    return tuple(replace(one, step=number) for number, one in enumerate(ranges + singles, start=1))


def _places(library: Library, provider: Provider, wanted: Filter) -> Iterator[_Place]:
    """The places of a vendor where something is to go; of one that can delete by device, "" is all that names none."""
    planned = _planned(library, provider, marked_delete(wanted))
    if not planned:
        return
    everything = Filter(providers=frozenset({provider.key}), kinds=ALL_KINDS)
    chosen = frozenset({Decision.KEEP, Decision.KEEPSAKE})
    spared = frozenset(library.ids(replace(everything, kinds=frozenset({Kind.ACTIVITY}), decisions=chosen)))
    gone_here = replace(everything, kinds=frozenset({Kind.FORGOTTEN}), decisions=frozenset({Decision.DELETE}))
    passed = frozenset(library.ids(gone_here))  # no longer here to be asked for, and no reason to spare its day
    named = _named(library, provider)
    rest = _Place("")
    for id, at_ms, device, said in library.outline(everything):
        place = named.get(device, rest)
        if id in planned:
            place.marked.append(Marked(id, at_ms))
        elif id in passed:
            continue
        elif said or id in spared:
            place.kept_ms.append(at_ms)
        else:
            place.silent.append(id)
            place.silent_ms.append(at_ms)
    places = {place.device: place for place in named.values()}
    for _, place in sorted(places.items()):
        if place.marked:
            yield place
    if rest.marked:
        yield rest


def _planned(library: Library, provider: Provider, wanted: Filter) -> frozenset[int]:
    if wanted.providers and provider.key not in wanted.providers:
        return frozenset()
    return frozenset(library.ids(replace(wanted, providers=frozenset({provider.key}))))


def _named(library: Library, provider: Provider) -> dict[int, _Place]:
    """For each speaker that the vendor's page can tell from others, where its interactions belong."""
    places: dict[str, _Place] = {}
    named: dict[int, _Place] = {}
    for speaker in library.household.speakers() if provider.by_device else ():
        # The vendor's page knows only its own name of a speaker, so two of one name can only be deleted together.
        name = speaker.said_name or speaker.name
        if speaker.provider == provider.key and name:
            named[speaker.id] = places.setdefault(name, _Place(name))
    return named


def _operation(provider: Provider, step: Step, collateral: tuple[int, ...] = ()) -> Operation:
    return Operation(
        step=0,
        provider=provider.key,
        kind=step.part.kind,
        words=provider.words(step.part),
        covers=step.covers,
        collateral=collateral,
    )
