"""What stands now of a plan, layer by layer, over all looks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.library import Library
from app.model import ChecklistRow, Conclusion, Condition, Layer, Look, Outcome, PlanItem, Verdict, day_words
from app.providers.provider import Provider
from app.verification.layers import LAYER_TITLES
from app.verification.look import judged_layers

DAY_MS = 86_400_000
DUE_AFTER_MS = (0, 1 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 180 * DAY_MS)

Standing = dict[tuple[int, Layer], tuple[Look, Conclusion]]


def checklist(library: Library, providers: Mapping[str, Provider], plan_id: int) -> tuple[ChecklistRow, ...]:
    """A row for every layer that a vendor of the plan keeps, with what the looks so far say of it."""
    items = library.asked.items(plan_id)
    layers = judged_layers(library, providers, plan_id, items)
    asked = [item for item in items if item.asked_ms is not None]
    standing = what_stands(library.concluded.looks(plan_id))
    keys = dict.fromkeys(item.provider for item in items)
    return tuple(row for key in keys for row in _rows(providers[key], asked, layers, standing))


def what_stands(looks: Iterable[Look]) -> Standing:
    """For each interaction and layer the conclusion that counts now.

    Of the looks that could tell, the one made last; where none could, the one looked at last.
    """
    standing: Standing = {}
    for one in looks:
        for conclusion in one.conclusions:
            key = (conclusion.interaction, conclusion.layer)
            before = standing.get(key)
            if before is None or _weight(one, conclusion) >= _weight(*before):
                standing[key] = (one, conclusion)
    return standing


def _weight(one: Look, conclusion: Conclusion) -> tuple[bool, int, int]:
    told = conclusion.verdict is not Verdict.CANNOT_TELL
    return (told, (one.made_ms or 0) if told else 0, one.looked_ms)


def next_look_ms(asked_ms: int | None, looked_until_ms: int | None) -> int | None:
    """When the next look is due: at once, 1, 7, 30 and 180 days after asking, and None after the last of them.

    *looked_until_ms* is when the source was made that told anything last.
    """
    if asked_ms is None:
        return None
    due = (asked_ms + after for after in DUE_AFTER_MS)
    return next((ms for ms in due if looked_until_ms is None or looked_until_ms < ms), None)


def _rows(
    provider: Provider, asked: Sequence[PlanItem], layers: Mapping[int, frozenset[Layer]], standing: Standing
) -> Iterator[ChecklistRow]:
    of_layer: dict[Layer, list[PlanItem]] = defaultdict(list)
    for item in asked:
        if item.provider == provider.key:
            for layer in layers[item.interaction]:
                of_layer[layer].append(item)
    for layer in Layer:
        if layer in provider.layers or layer in of_layer:
            yield _row(provider, layer, of_layer[layer], standing)


def _row(provider: Provider, layer: Layer, items: Sequence[PlanItem], standing: Standing) -> ChecklistRow:
    stands = [standing[key] for item in items if (key := (item.interaction, layer)) in standing]
    told = [one.made_ms or 0 for one, conclusion in stands if conclusion.verdict is not Verdict.CANNOT_TELL]
    asked = [item.asked_ms for item in items if item.asked_ms is not None]
    return ChecklistRow(
        provider=provider.key,
        layer=layer,
        title=LAYER_TITLES[layer],
        knowable=provider.layers.get(layer, ""),
        judged=len(items),
        outcomes=tuple(_outcomes(stands)),
        # A source that shows only a part leaves the rest as old as the source before it.
        next_look_ms=next_look_ms(max(asked, default=None), min(told, default=None)),
    )


def _outcomes(stands: Iterable[tuple[Look, Conclusion]]) -> Iterator[Outcome]:
    groups: dict[tuple[int, Verdict, Condition | None], list[Conclusion]] = defaultdict(list)
    looks: dict[int, Look] = {}
    for one, conclusion in stands:
        looks[one.id] = one
        groups[one.id, conclusion.verdict, conclusion.missing].append(conclusion)
    order = {verdict: place for place, verdict in enumerate(Verdict)}
    for (look_id, verdict, missing), conclusions in sorted(
        groups.items(), key=lambda group: (order[group[0][1]], group[0][0])
    ):
        one = looks[look_id]
        yield Outcome(
            verdict=verdict,
            missing=missing,
            items=tuple(conclusion.interaction for conclusion in conclusions),
            how=_how(one, verdict, conclusions),
            source_name=one.source_name,
            made_ms=one.made_ms,
            looked_ms=one.looked_ms,
        )


def _how(one: Look, verdict: Verdict, conclusions: Sequence[Conclusion]) -> str:
    if verdict is Verdict.CANNOT_TELL:
        # Records of one group may differ in the day that their reason names; the commonest stands for all.
        return Counter(conclusion.reason for conclusion in conclusions).most_common(1)[0][0]
    made = f", made {day_words(one.made_ms)}" if one.made_ms is not None else ""
    how = {
        Verdict.GONE: "no longer listed",
        Verdict.STILL_HELD: "listed",
        Verdict.REAPPEARED: "listed again",
    }[verdict]
    return f"{how} in {one.source_name}{made}"
