"""What the parent decided and asked of a vendor."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Decision(Enum):
    KEEP = "keep"
    DELETE = "delete"
    KEEPSAKE = "keepsake"


class AttemptState(Enum):
    """PLANNED: nothing was asked yet. ATTESTED: the parent says they asked in the vendor's page."""

    PLANNED = "planned"
    ATTESTED = "attested"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to do at a vendor. *covers* are the interactions of the plan that it deletes, *collateral* those
    outside the plan that it would take along. *kind*: "range" (everything of a device between two days) or "single"."""

    step: int
    provider: str
    kind: str
    words: str
    covers: tuple[int, ...]
    collateral: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What was marked delete, frozen. Times are UTC milliseconds. The copy here of what was asked destroys itself at
    *copy_until_ms* (None: never)."""

    id: int
    made_ms: int
    ready_ms: int
    copy_until_ms: int | None
    items: tuple[int, ...] = field(repr=False)
    operations: tuple[Operation, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An interaction of a plan, with what verification needs of it. *asked_ms* is None while nothing was asked."""

    interaction: int
    identity: str
    provider: str
    account: str
    shelf: str
    at_ms: int
    step: int
    state: AttemptState
    asked_ms: int | None
