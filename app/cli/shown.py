"""The values of the journey as the JSON that the command line prints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from app.cli.moments import iso
from app.finding import why_childs
from app.model import Card, Conclusion, Issue, LogEntry, Look, Member, Plan, Source, Speaker, Verdict

_GRAVITY = {Verdict.CANNOT_TELL: 0, Verdict.GONE: 1, Verdict.STILL_HELD: 2, Verdict.REAPPEARED: 3}

Shape = dict[str, Any]


def source_shape(source: Source) -> Shape:
    coverage = source.coverage
    return {
        "id": source.id,
        "name": source.name,
        "provider": source.provider,
        "kind": source.kind,
        "account": ", ".join(source.accounts),
        "made_at": iso(source.made_ms),
        "interactions": source.interactions,
        "new": source.new,
        "known": source.known,
        "kinds": dict(source.kinds),
        "activities": dict(source.activities),
        "audio": {"matched": source.matched, "missing": source.missing, "unmatched": source.unmatched},
        "coverage": {
            "from": iso(coverage.from_ms),
            "to": iso(coverage.to_ms),
            "complete": coverage.complete,
            "why": coverage.why,
        },
        "issues": [issue_shape(issue) for issue in source.issues],
        "unread": list(source.unread),
    }


def issue_shape(issue: Issue) -> Shape:
    return {"path": issue.path, "row": issue.row, "code": issue.code, "message": issue.message}


def card_shape(card: Card) -> Shape:
    score, reasons = why_childs(card)
    return {
        "id": card.id,
        "identity": card.identity,
        "provider": card.provider,
        "account": card.account,
        "at": iso(card.at_ms),
        "device": card.device.name if card.device else None,
        "person": card.person.name if card.person else None,
        "kind": card.kind.value,
        "turns": [{"role": turn.role.value, "text": turn.text} for turn in card.turns],
        "audio": [{"state": sound.state.value, "seconds": sound.seconds} for sound in card.sounds],
        "child": {"score": score, "reasons": list(reasons)},
        "sensitive": [],
        "skill": card.skill,
        "decision": card.decision.value if card.decision else None,
    }


def someone_shape(someone: Member | Speaker) -> Shape:
    return {
        "id": someone.id,
        "provider": someone.provider,
        "said_name": someone.said_name,
        "name": someone.name,
        "standing": someone.standing.value,
        "confirmed": someone.confirmed,
        "interactions": someone.interactions,
    }


def plan_shape(plan: Plan) -> Shape:
    return {
        "plan": plan.id,
        "items": len(plan.items),
        "operations": [
            {
                "step": operation.step,
                "provider": operation.provider,
                "kind": operation.kind,
                "words": operation.words,
                "covers": len(operation.covers),
                "collateral": len(operation.collateral),
            }
            for operation in plan.operations
        ],
        "ready_at": iso(plan.ready_ms),
        "copy_until": iso(plan.copy_until_ms),
    }


def entry_shape(entry: LogEntry) -> Shape:
    return {"number": entry.number, "at": iso(entry.at_ms), "what": entry.what.value, "details": dict(entry.details)}


def check_shape(looks: Sequence[Look]) -> Shape:
    items = gravest(looks)
    shown = [_look_shape(look) for look in looks]
    return {"look": shown[0], "looks": shown, "layers": by_layer(items), "items": [_item_shape(item) for item in items]}


def by_layer(items: Sequence[Conclusion]) -> dict[str, dict[str, int]]:
    """How often each verdict was reached in each layer."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        counted[item.layer.value][item.verdict.value] += 1
    return {layer: dict(verdicts) for layer, verdicts in counted.items()}


def gravest(looks: Sequence[Look]) -> list[Conclusion]:
    """One conclusion for every item and layer: where several looks judged it, the gravest word counts."""
    found: dict[tuple[int, str], Conclusion] = {}
    for look in looks:
        for conclusion in look.conclusions:
            key = (conclusion.interaction, conclusion.layer.value)
            if key not in found or _GRAVITY[found[key].verdict] < _GRAVITY[conclusion.verdict]:
                found[key] = conclusion
    return list(found.values())


def _look_shape(look: Look) -> Shape:
    return {
        "source": look.source_name,
        "provider": look.provider,
        "made_at": iso(look.made_ms),
        "complete": look.complete,
        "why": look.why,
        "controls": look.controls,
    }


def _item_shape(item: Conclusion) -> Shape:
    return {
        "identity": item.identity,
        "layer": item.layer.value,
        "verdict": item.verdict.value,
        "missing": item.missing.value if item.missing else None,
        "reason": item.reason,
    }
