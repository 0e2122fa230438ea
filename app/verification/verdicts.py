"""The rule of a verdict: from what one source shows to what may be concluded, with nothing read or stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache

from app.model import Conclusion, Condition, Coverage, Layer, PlanItem, Verdict, clock_words, day_words, local_day
from app.verification.layers import LAYER_TITLES


@dataclass(frozen=True, slots=True)
class Showing:
    """What a source is and shows, as far as a verdict needs it.

    *zone_doubt_ms*: by how much *made_ms* may be too late, its time zone not being certain. *shelves*: the parts of the
    vendor's history that it holds. *shown*: interaction -> layer -> True where it is there, False where that is left
    open. *mistakable*: interactions that another record of it may stand for. *layers*: what the source
    shows of anything at all. *controls*: account -> kept records that are there. *loose_sounds*: sounds there that
    nothing known names. *lost_sounds*: sounds that its records name and that are not there. *gone_before*: what looks
    made before this one no longer found.
    """

    name: str
    made_ms: int | None
    looked_ms: int
    shelves: frozenset[str]
    accounts: frozenset[str]
    coverage: Coverage
    layers: frozenset[Layer]
    shown: Mapping[int, Mapping[Layer, bool]]
    controls: Mapping[str, int]
    loose_sounds: int = 0
    lost_sounds: int = 0
    gone_before: Set[tuple[int, Layer]] = frozenset()
    mistakable: frozenset[int] = frozenset()
    zone_doubt_ms: int = 0


def judge(items: Iterable[PlanItem], layers: Mapping[int, Iterable[Layer]], source: Showing) -> Iterator[Conclusion]:
    """The verdict on each of the *layers* of each of the *items* that was asked; what was not asked is not judged."""
    reasons: dict[tuple[object, ...], str] = {}  # a plan of 100,000 items has few different ones: make each once
    for item in items:
        if item.asked_ms is None:
            continue
        unfit = _unfit(item, item.asked_ms, source)
        for layer in _in_order(frozenset(layers.get(item.interaction, ()))):
            verdict, missing = (Verdict.CANNOT_TELL, unfit) if unfit else _verdict(item, layer, source)
            # All that the words of a reason depend on, beside the source.
            day = local_day(item.at_ms) if missing is Condition.COVERAGE else None
            key = (verdict, missing, layer, item.asked_ms, not item.account, item.shelf, day)
            reason = reasons.get(key)
            if reason is None:
                reason = reasons[key] = _reason(item, item.asked_ms, layer, source, verdict, missing)
            yield Conclusion(item.interaction, item.identity, layer, verdict, missing, reason)


@cache
def _in_order(layers: frozenset[Layer]) -> tuple[Layer, ...]:
    return tuple(sorted(layers, key=lambda one: one.value))


def _verdict(item: PlanItem, layer: Layer, source: Showing) -> tuple[Verdict, Condition | None]:
    """The verdict of a source that is fit to say something of *item*."""
    there = source.shown.get(item.interaction, {}).get(layer)
    if there:
        again = (item.interaction, layer) in source.gone_before
        return (Verdict.REAPPEARED if again else Verdict.STILL_HELD), None
    blind = _blind(item, layer, source, named_only=there is False)
    if blind is not None:
        return Verdict.CANNOT_TELL, blind
    return Verdict.GONE, None


def _unfit(item: PlanItem, asked_ms: int, source: Showing) -> Condition | None:
    """Why this source says nothing of *item*, not even by what it shows."""
    if source.made_ms is None:
        return Condition.MADE_KNOWN
    if source.made_ms - source.zone_doubt_ms <= asked_ms:
        return Condition.MADE_AFTER
    # An unknown account is only the same as an unknown account.
    if item.account not in (source.accounts or frozenset({""})):
        return Condition.ACCOUNT
    if item.interaction in source.mistakable:
        return Condition.ALIKE
    return None


def _blind(item: PlanItem, layer: Layer, source: Showing, *, named_only: bool) -> Condition | None:
    """Why *item* could be held although this source does not show it."""
    if not source.coverage.complete:
        return Condition.COMPLETE
    if not source.coverage.contains(item.at_ms):
        return Condition.COVERAGE
    if item.shelf not in source.shelves or layer not in source.layers:
        return Condition.LAYER
    if named_only:
        return Condition.SOUND if layer is Layer.AUDIO else Condition.WORDS
    if layer is Layer.AUDIO and (source.loose_sounds or source.lost_sounds):
        return Condition.COMPLETE
    if not source.controls.get(item.account, 0):
        return Condition.CONTROL
    return None


def _reason(
    item: PlanItem, asked_ms: int, layer: Layer, source: Showing, verdict: Verdict, missing: Condition | None
) -> str:
    name, made_ms = source.name, source.made_ms or 0
    if verdict is Verdict.GONE:
        return f"No longer listed in {name}, looked at on {day_words(source.looked_ms)}."
    if verdict is Verdict.STILL_HELD:
        return f"Listed in {name}, made {day_words(made_ms)}."
    if verdict is Verdict.REAPPEARED:
        return f"Listed again in {name}, made {day_words(made_ms)}, after an earlier look no longer found it."
    return _lack(item, asked_ms, layer, source, missing)


def _lack(item: PlanItem, asked_ms: int, layer: Layer, source: Showing, missing: Condition | None) -> str:
    """Why *source* cannot tell, in a sentence."""
    name, made_ms = source.name, source.made_ms or 0
    match missing:
        case Condition.MADE_KNOWN:
            return f"It is not known when {name} was made."
        case Condition.MADE_AFTER if made_ms > asked_ms:
            return (
                f"{name} was made {clock_words(made_ms)}, but in which time zone is not certain: it may be too early."
            )
        case Condition.MADE_AFTER:
            return f"{name} was made {clock_words(made_ms)}, not after the deletion was asked, {clock_words(asked_ms)}."
        case Condition.ACCOUNT if item.account and source.accounts:
            return f"{name} belongs to another account."
        case Condition.ACCOUNT:
            return f"It is not known whether {name} belongs to the same account."
        case Condition.COMPLETE if source.coverage.complete and source.loose_sounds:
            return f"{name} holds sounds that no record names ({source.loose_sounds}); this may be one of them."
        case Condition.COMPLETE if source.coverage.complete:
            return f"{name} lacks sounds that its records name ({source.lost_sounds}); this one may be among them."
        case Condition.COMPLETE:
            return f"{name} is not complete: {source.coverage.why or 'part of it could not be read.'}"
        case Condition.COVERAGE:
            return f"{name} does not cover {day_words(item.at_ms)}."
        case Condition.WORDS:
            return f"{name} lists the record, but not its words."
        case Condition.ALIKE:
            return f"{name} shows one of two records of the same words and second; which of them cannot be told."
        case Condition.LAYER if item.shelf not in source.shelves:
            return f"{name} holds nothing of this part of the history{f': {item.shelf}' if item.shelf else ''}."
        case Condition.LAYER:
            return f"{name} shows nothing of this kind: {LAYER_TITLES[layer].lower()}."
        case Condition.SOUND:
            return f"{name} names the sound but does not hold it."
        case _:
            return f"Nothing that was kept of this account is in {name}, so what is missing there proves nothing."
