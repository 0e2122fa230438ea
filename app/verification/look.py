"""A look: one source of the library held against one plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.library import Library
from app.model import Certainty, Coverage, Layer, Look, PlanItem, Problem, Source
from app.providers.provider import Provider
from app.verification.verdicts import Showing, judge

UNREADABLE = frozenset({"damaged-row", "damaged-file", "damaged-archive", "failed-page"})
"""The issues that may hide a record; a damaged sound hides only itself."""
FARTHEST_ZONE_MS = 14 * 3_600_000
"""No zone's clock is farther ahead of UTC."""


def look(
    library: Library,
    providers: Mapping[str, Provider],
    plan_id: int,
    source_id: int,
    *,
    now_ms: int,
    made_ms: int | None = None,
) -> Look:
    """Record what the source allows us to conclude of the plan's asked items of its vendor, and return it.

    *made_ms* is when the parent says the source was made; it counts only where the file itself does not say.
    """
    source = library.source(source_id)
    if source.made_ms is None and made_ms is not None and made_ms > now_ms:
        raise Problem(
            "The time given is still to come.", advice="Say when the file was downloaded or the page was saved."
        )
    made = made_ms if source.made_ms is None else source.made_ms
    items = [item for item in library.asked.items(plan_id) if item.provider == source.provider]
    showing = _showing(library, plan_id, source, made, now_ms)
    if any(providers[item.provider].numbers_alike for item in items):
        showing = replace(showing, mistakable=library.concluded.mistakable(plan_id, source.id))
    conclusions = judge(items, judged_layers(library, providers, plan_id, items), showing)
    return library.concluded.record(
        Look(
            id=0,
            plan=plan_id,
            source=source.id,
            source_name=source.name,
            provider=source.provider,
            made_ms=made,
            made_by_parent=source.made_ms is None and made is not None,
            looked_ms=now_ms,
            complete=showing.coverage.complete,
            why=showing.coverage.why,
            controls=sum(showing.controls.values()),
            conclusions=tuple(conclusions),
        )
    )


def judged_layers(
    library: Library, providers: Mapping[str, Provider], plan_id: int, items: list[PlanItem]
) -> dict[int, frozenset[Layer]]:
    """For each of *items* the layers it was seen in before the plan was made, and those its vendor never lists."""
    seen = library.concluded.layers_seen(plan_id)
    return {
        item.interaction: seen.get(item.interaction, frozenset()) | providers[item.provider].unlisted for item in items
    }


def _showing(library: Library, plan_id: int, source: Source, made_ms: int | None, now_ms: int) -> Showing:
    concluded = library.concluded
    return Showing(
        name=source.name,
        made_ms=made_ms,
        looked_ms=now_ms,
        shelves=source.shelves,
        accounts=frozenset(account for account in source.accounts if account),
        coverage=_whole(source),
        layers=concluded.layers_shown(source.id),
        shown=concluded.shown(plan_id, source.id),
        controls=concluded.controls(plan_id, source.id),
        loose_sounds=source.unmatched - concluded.sounds_alone(source.id),
        lost_sounds=source.missing,
        gone_before=frozenset() if made_ms is None else concluded.gone_before(plan_id, made_ms),
        zone_doubt_ms=FARTHEST_ZONE_MS if source.made_certainty is not Certainty.EXACT else 0,
    )


def _whole(source: Source) -> Coverage:
    """The source's coverage; not complete either where a row of it could not be read: it may be the one in question."""
    damaged = sum(issue.code in UNREADABLE for issue in source.issues)
    if source.coverage.complete and damaged:
        rows = "1 row or file" if damaged == 1 else f"{damaged} rows or files"
        return replace(source.coverage, complete=False, why=f"{rows} of it could not be read.")
    return source.coverage
