"""Deciding, freezing a plan after its cooling-off time, and noting what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.deletion.planning import operations
from app.library import Change, Library
from app.model import Decision, Filter, Plan, Problem, clock_words
from app.providers.provider import Provider

COOLING_OFF_MS = 3_600_000
"""How long a plan rests before anything of it can be asked: one hour."""


def decide(library: Library, which: Filter | Sequence[int], decision: Decision | None, now_ms: int) -> Change:
    """Mark *which* with *decision* (None: undecided) as one change that can be undone."""
    return library.asked.decide(which, decision, now_ms)


COPY_DAYS = 30
"""So long the copy here outlives a plan, unless the parent says otherwise."""
_DAY_MS = 86_400_000


def freeze(
    library: Library,
    providers: Mapping[str, Provider],
    wanted: Filter,
    *,
    now_ms: int,
    wait: bool = True,
    copy_days: int | None = COPY_DAYS,
) -> Plan:
    """The plan of what is marked delete within *wanted*; it may be carried out after the cooling-off time. The copy
    here of what is asked by it destroys itself after *copy_days* (None: never)."""
    steps = operations(library, providers, wanted)
    if not steps:
        raise Problem("Nothing of this is marked delete.", advice="Mark what must go, and plan again.")
    return library.asked.freeze(
        steps,
        made_ms=now_ms,
        ready_ms=now_ms + COOLING_OFF_MS if wait else now_ms,
        copy_until_ms=None if copy_days is None else now_ms + copy_days * _DAY_MS,
    )


def attest(library: Library, plan_id: int, steps: Sequence[int] | None, now_ms: int) -> int:
    """Note that the parent did *steps* (None: all) at the vendor; return how many recordings were newly asked for."""
    plan = library.asked.plan(plan_id)
    if now_ms < plan.ready_ms:
        raise Problem(
            f"This plan is still cooling off until {clock_words(plan.ready_ms)}.",
            advice="Nothing is asked before then, so that nothing is deleted in haste.",
        )
    known = [operation.step for operation in plan.operations]
    if unknown := sorted(set(steps or ()) - set(known)):
        raise Problem(
            f"This plan has no step {', '.join(map(str, unknown))}.", advice=f"Its steps are 1 to {max(known)}."
        )
    return library.asked.attest(plan_id, known if steps is None else steps, now_ms)
