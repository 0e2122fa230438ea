"""What a deletion would do, counted before anything is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.deletion.planning import ALL_KINDS, marked_delete, operations
from app.library import Library
from app.model import Decision, Filter, Operation, Source, day_words, local_day
from app.providers.provider import Provider

_EXAMPLES = 100
"""Among so many rows that nobody said the commonest title stands for all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many recordings fall to one name ("": unknown)."""

    name: str = field(repr=False)
    count: int


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would go, what stays (counted over the whole library), by which steps, and what to think of first."""

    items: int
    first_ms: int | None
    last_ms: int | None
    people: tuple[Tally, ...]
    devices: tuple[Tally, ...]
    providers: tuple[Tally, ...]
    kept: int
    keepsakes: int
    undecided: int
    operations: tuple[Operation, ...]
    warnings: tuple[str, ...]

    @property
    def collateral(self) -> int:
        """How many entries outside the plan, which nobody said, the steps would take along, as far as we know."""
        return len(_along(self.operations))


def dry_run(library: Library, providers: Mapping[str, Provider], wanted: Filter) -> DryRun:
    """What would happen to what is marked delete within *wanted*."""
    going = library.tally(marked_delete(wanted))
    steps = operations(library, providers, wanted)
    decided = library.asked.counts()
    return DryRun(
        items=going.items,
        first_ms=going.first_ms,
        last_ms=going.last_ms,
        people=_tallies(going.people),
        devices=_tallies(going.devices),
        providers=_tallies({providers[key].name: number for key, number in going.providers.items()}),
        kept=decided.get(Decision.KEEP, 0),
        keepsakes=decided.get(Decision.KEEPSAKE, 0),
        undecided=decided.get(None, 0),
        operations=steps,
        warnings=tuple(_warnings(library, providers, steps)),
    )


def _tallies(counts: Mapping[str, int]) -> tuple[Tally, ...]:
    return tuple(Tally(name, count) for name, count in Counter(counts).most_common())


def _warnings(library: Library, providers: Mapping[str, Provider], steps: Iterable[Operation]) -> Iterator[str]:
    by_provider: dict[str, list[Operation]] = {}
    for step in steps:
        by_provider.setdefault(step.provider, []).append(step)
    for key, asked in by_provider.items():
        yield from _lost_controls(library, providers[key], asked)
        yield from _later_recordings(library, key, asked)
    yield from _taken_along(library, sorted({id for asked in by_provider.values() for id in _along(asked)}))


def _along(steps: Iterable[Operation]) -> frozenset[int]:
    return frozenset(id for step in steps for id in step.collateral)


def _lost_controls(library: Library, provider: Provider, steps: Sequence[Operation]) -> Iterator[str]:
    """A warning for every account of which nothing would stay."""
    everything = Filter(providers=frozenset({provider.key}), kinds=ALL_KINDS)
    unmarked = replace(everything, decisions=frozenset(Decision) - {Decision.DELETE} | {None})
    along = _along(steps)
    known = library.accounts(everything)
    going = library.accounts(replace(everything, ids=frozenset(id for step in steps for id in step.covers)))
    staying = Counter(library.accounts(unmarked))
    staying.subtract(library.accounts(replace(unmarked, ids=along)) if along else {})
    for account in sorted(going):
        if not staying[account]:
            whose = f"{provider.name}'s account {account}" if account and len(known) > 1 else provider.name
            yield (
                f"Nothing would be left at {whose}. Keep at least one recording, "
                "or no later look can say that the others are gone."
            )


def _taken_along(library: Library, ids: Sequence[int]) -> Iterator[str]:
    """A warning for the rows that nobody said which the ranges run over."""
    if not ids:
        return
    titles = Counter(row.request for row in library.rows(ids[:_EXAMPLES]) if row.request)
    such = "".join(f", such as “{title}”," for title, _ in titles.most_common(1))
    one = len(ids) == 1
    yield (
        f"{len(ids):,} {'entry' if one else 'entries'} that nobody said{such} "
        f"{'lies' if one else 'lie'} in the same days and would go too."
    )


def _later_recordings(library: Library, key: str, steps: Iterable[Operation]) -> Iterator[str]:
    """A warning for every range that ends on the day of the newest archive or later: that day may hold more by now."""
    newest = max((source.made_ms or source.brought_in_ms for source in _sources(library, key)), default=None)
    for step in steps:
        if step.kind == "range" and newest is not None:
            (last,) = library.rows(step.covers[-1:])
            if local_day(last.at_ms) >= local_day(newest):
                yield (
                    f"Step {step.step} takes the whole of {day_words(last.at_ms)}, also what was said that day "
                    "after the archive was made."
                )


def _sources(library: Library, key: str) -> list[Source]:
    return [source for source in library.sources() if source.provider == key]
