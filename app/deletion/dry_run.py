"""What a deletion would do, counted before anything is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.deletion.planning import ALL_KINDS, marked_delete, operations
from app.library import Library
from app.model import Decision, Filter, Operation, Source, day_words, local_day
from app.providers.provider import Provider


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
        """How many recordings outside the plan the steps would take along, as far as we know."""
        return len({id for operation in self.operations for id in operation.collateral})


def dry_run(library: Library, providers: Mapping[str, Provider], wanted: Filter) -> DryRun:
    """What would happen to what is marked delete within *wanted*."""
    rows = library.rows(library.ids(marked_delete(wanted)))
    steps = operations(library, providers, wanted)
    decided = library.asked.counts()
    times = [row.at_ms for row in rows]
    return DryRun(
        items=len(rows),
        first_ms=min(times, default=None),
        last_ms=max(times, default=None),
        people=_tallies(row.person for row in rows),
        devices=_tallies(row.device for row in rows),
        providers=_tallies(providers[row.provider].name for row in rows),
        kept=decided.get(Decision.KEEP, 0),
        keepsakes=decided.get(Decision.KEEPSAKE, 0),
        undecided=decided.get(None, 0),
        operations=steps,
        warnings=tuple(_warnings(library, providers, steps)),
    )


def _tallies(names: Iterable[str]) -> tuple[Tally, ...]:
    return tuple(Tally(name, count) for name, count in Counter(names).most_common())


def _warnings(library: Library, providers: Mapping[str, Provider], steps: Iterable[Operation]) -> Iterator[str]:
    by_provider: dict[str, list[Operation]] = {}
    for step in steps:
        by_provider.setdefault(step.provider, []).append(step)
    for key, asked in by_provider.items():
        yield from _lost_controls(library, providers[key], asked)
        yield from _later_recordings(library, key, asked)


def _lost_controls(library: Library, provider: Provider, steps: Iterable[Operation]) -> Iterator[str]:
    """A warning for every account of which nothing would stay."""
    staying = library.ids(
        Filter(
            providers=frozenset({provider.key}),
            kinds=ALL_KINDS,
            decisions=frozenset(Decision) - {Decision.DELETE} | {None},
        )
    )
    accounts = {account for source in _sources(library, provider.key) for account in source.accounts}
    if len(accounts) < 2:
        lost = set() if staying else {""}
    else:
        going = {card.account for card in library.cards(id for step in steps for id in step.covers)}
        lost = going - _accounts_of(library, staying, going)
    for account in sorted(lost):
        whose = f"{provider.name}'s account {account}" if account else provider.name
        yield (
            f"Nothing would be left at {whose}. Keep at least one recording, "
            "or no later look can say that the others are gone."
        )


def _accounts_of(library: Library, ids: Iterable[int], wanted: set[str]) -> set[str]:
    found: set[str] = set()
    for card in library.cards(ids):
        found.add(card.account)
        if wanted <= found:
            break
    return found


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
