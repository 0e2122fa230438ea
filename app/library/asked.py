"""What the parent decided and asked: decisions that can be undone, plans that cannot, and what was asked when."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.library.codes import DECISION, DECISION_CODE, KIND_CODE
from app.library.engine import Store
from app.library.filters import found
from app.library.log import Log
from app.library.plainly import plainly
from app.model import AttemptState, Decision, Filter, Happened, Kind, Operation, Plan, PlanItem, Problem, SealedCopy

_FORGOTTEN = KIND_CODE[Kind.FORGOTTEN]


@dataclass(frozen=True, slots=True)
class Change:
    """One decision over any number of interactions, undone in one step. *id* is 0 if nothing was changed by it."""

    id: int
    changed: int


class Asked:
    """The writer of decisions, plans and attempts."""

    def __init__(self, store: Store, log: Log) -> None:
        self._store = store
        self._log = log

    def decide(self, which: Filter | Sequence[int], decision: Decision | None, at_ms: int) -> Change:
        """Decide the same for all of *which* (None: undecided again), but for what was forgotten."""
        with self._store.atomic():
            if isinstance(which, Filter):
                query = found(self._store.connection, which)
                query.where(f"i.kind <> {_FORGOTTEN}")
                return self.decide_selected(query.unordered, query.values, decision, at_ms)
            listed = f"SELECT id FROM interaction WHERE id IN (SELECT value FROM json_each(?)) AND kind <> {_FORGOTTEN}"
            return self.decide_selected(listed, [json.dumps(list(which))], decision, at_ms)

    def decide_selected(
        self, selection: str, values: Sequence[int | str], decision: Decision | None, at_ms: int
    ) -> Change:
        """Decide the same for the interactions whose numbers the statement *selection* gives."""
        code = None if decision is None else DECISION_CODE[decision]
        run = self._store.connection.execute
        with self._store.atomic():
            change = run("INSERT INTO change (at_ms, decision, changed) VALUES (?, ?, 0)", (at_ms, code)).lastrowid
            changed = run(
                "INSERT INTO change_item (change, interaction, before)"
                f" SELECT ?, s.id, d.decision FROM (SELECT id FROM ({selection}) ORDER BY id) s"
                " LEFT JOIN decision d ON d.interaction = s.id WHERE d.decision IS NOT ?",
                (change, *values, code),
            ).rowcount
            if not changed or change is None:
                run("DELETE FROM change WHERE id = ?", (change,))
                return Change(0, 0)
            run("UPDATE change SET changed = ? WHERE id = ?", (changed, change))
            self._forget_redoable(change)
            self._apply(change, code)
            self._log.note(Happened.DECIDED, decision=decision.value if decision else "undecided", count=changed)
        return Change(change, changed)

    def undo(self, change: int) -> int:
        """Put back what *change*, the last one that is not undone, had changed; how many interactions."""
        last = self.last_undoable()
        if last is None or last.id != change:
            raise Problem("Something else was decided since.", advice="Undo that first.")
        run = self._store.connection.execute
        among = "FROM change_item WHERE change = ? AND before IS"
        with self._store.atomic():
            run(f"DELETE FROM decision WHERE interaction IN (SELECT interaction {among} NULL)", (change,))
            run(
                f"INSERT OR REPLACE INTO decision (interaction, decision) SELECT interaction, before {among} NOT NULL",
                (change,),
            )
            run("UPDATE change SET undone = 1 WHERE id = ?", (change,))
            self._log.note(Happened.UNDONE, count=last.changed)
        return last.changed

    def redo(self, change: int) -> int:
        """Do again what was undone last; how many interactions."""
        last = self.last_redoable()
        if last is None or last.id != change:
            raise Problem("This cannot be done again now.", advice="Decide it anew.")
        run = self._store.connection.execute
        with self._store.atomic():
            (code,) = run("SELECT decision FROM change WHERE id = ?", (change,)).fetchone()
            self._apply(change, code)
            run("UPDATE change SET undone = 0 WHERE id = ?", (change,))
            self._log.note(Happened.REDONE, count=last.changed)
        return last.changed

    @plainly
    def last_undoable(self) -> Change | None:
        """The change that an undo would take back."""
        return self._change("SELECT id, changed FROM change WHERE NOT undone ORDER BY id DESC LIMIT 1")

    @plainly
    def last_redoable(self) -> Change | None:
        """The change that a redo would do again."""
        return self._change("SELECT id, changed FROM change WHERE undone ORDER BY id LIMIT 1")

    @plainly
    def counts(self) -> dict[Decision | None, int]:
        """How many of what was said are decided how."""
        kinds = (KIND_CODE[Kind.SAID], KIND_CODE[Kind.CONVERSATION])
        run = self._store.connection.execute
        counts: dict[Decision | None, int] = dict.fromkeys((None, *Decision), 0)
        for code, number in run(
            "SELECT d.decision, count(*) FROM decision d JOIN interaction i ON i.id = d.interaction"
            " WHERE i.kind IN (?, ?) GROUP BY d.decision",
            kinds,
        ):
            counts[DECISION[code]] = number
        (total,) = run(
            "SELECT count(*) FROM interaction INDEXED BY interaction_by_time WHERE kind IN (?, ?)", kinds
        ).fetchone()
        counts[None] = total - sum(counts.values())
        return counts

    def freeze(
        self, operations: Sequence[Operation], *, made_ms: int, ready_ms: int, copy_until_ms: int | None
    ) -> Plan:
        """A plan of *operations*; what is in the library now is what it may be compared with later."""
        run, many = self._store.connection.execute, self._store.connection.executemany
        with self._store.atomic():
            plan = run(
                "INSERT INTO plan (made_ms, ready_ms, copy_until_ms, last_source)"
                " SELECT ?, ?, ?, ifnull(max(id), 0) FROM source",
                (made_ms, ready_ms, copy_until_ms),
            ).lastrowid
            many(
                "INSERT INTO operation (plan, step, provider, kind, words) VALUES (?, ?, ?, ?, ?)",
                [(plan, one.step, one.provider, one.kind, one.words) for one in operations],
            )
            for one in operations:
                rows = [(plan, one.step, id, 0) for id in one.covers]
                rows += [(plan, one.step, id, 1) for id in one.collateral]
                many("INSERT INTO target (plan, step, interaction, collateral) VALUES (?, ?, ?, ?)", rows)
            items = len({id for one in operations for id in one.covers})
            self._log.note(Happened.PLANNED, plan=plan or 0, items=items)
        return self.plan(plan or 0)

    @plainly
    def plans(self) -> list[Plan]:
        """Every plan, oldest first."""
        return [self.plan(id) for (id,) in self._store.connection.execute("SELECT id FROM plan ORDER BY id").fetchall()]

    @plainly
    def plan(self, id: int) -> Plan:
        """The plan with this number; a `Problem` if there is none."""
        run = self._store.connection.execute
        row = run("SELECT made_ms, ready_ms, copy_until_ms FROM plan WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise Problem(f"There is no plan number {id} in this library.", advice="Make a plan first.")
        targets: dict[tuple[int, int], list[int]] = defaultdict(list)
        for step, interaction, collateral in run(
            "SELECT step, interaction, collateral FROM target WHERE plan = ? ORDER BY step, interaction", (id,)
        ):
            targets[step, collateral].append(interaction)
        operations = tuple(
            Operation(step, provider, kind, words, tuple(targets[step, 0]), tuple(targets[step, 1]))
            for step, provider, kind, words in run(
                "SELECT step, provider, kind, words FROM operation WHERE plan = ? ORDER BY step", (id,)
            ).fetchall()
        )
        items = {interaction for operation in operations for interaction in operation.covers}
        made_ms, ready_ms, copy_until_ms = row
        return Plan(id, made_ms, ready_ms, copy_until_ms, tuple(sorted(items)), operations)

    @plainly
    def items(self, plan: int) -> list[PlanItem]:
        """Every interaction of a plan, with what was asked about it."""
        self.plan(plan)
        rows = self._store.connection.execute(
            "SELECT t.interaction, r.identity, a.provider, a.name, r.shelf, i.at_ms, ifnull(p.step, min(t.step)),"
            " p.asked_ms"
            " FROM target t JOIN interaction i ON i.id = t.interaction JOIN record r ON r.id = i.id"
            " JOIN account a ON a.id = i.account"
            " LEFT JOIN attempt p ON p.plan = t.plan AND p.interaction = t.interaction"
            " WHERE t.plan = ? AND NOT t.collateral GROUP BY t.interaction ORDER BY i.at_ms, i.id",
            (plan,),
        )
        return [
            PlanItem(id, identity, provider, account, shelf, at_ms, step, _state(asked_ms), asked_ms)
            for id, identity, provider, account, shelf, at_ms, step, asked_ms in rows
        ]

    def attest(self, plan: int, steps: Sequence[int], at_ms: int) -> int:
        """Note that the parent asked for *steps*; how many items were asked for the first time by it."""
        self.plan(plan)
        with self._store.atomic():
            asked = self._store.connection.execute(
                "INSERT OR IGNORE INTO attempt (plan, interaction, step, asked_ms)"
                " SELECT plan, interaction, min(step), ? FROM target WHERE plan = ? AND NOT collateral"
                " AND step IN (SELECT value FROM json_each(?)) GROUP BY interaction",
                (at_ms, plan, json.dumps(list(steps))),
            ).rowcount
            self._log.note(Happened.ASKED, plan=plan, steps=len(steps), items=asked)
        return asked

    def keep_copy(self, plan: int, until_ms: int | None) -> None:
        """Let the copy here of what *plan* asked stay until another time, or (None) for good."""
        self.plan(plan)
        with self._store.atomic():
            self._store.connection.execute("UPDATE plan SET copy_until_ms = ? WHERE id = ?", (until_ms, plan))
            self._log.note(Happened.COPY_KEPT, plan=plan, until_ms=until_ms or 0)

    @plainly
    def copies(self) -> list[SealedCopy]:
        """What is still here of each plan of which something was asked, the oldest plan first."""
        rows = self._store.connection.execute(
            "SELECT p.id, count(*), p.copy_until_ms FROM plan p JOIN attempt a ON a.plan = p.id"
            " JOIN interaction i ON i.id = a.interaction WHERE i.kind <> ? GROUP BY p.id ORDER BY p.id",
            (_FORGOTTEN,),
        )
        return [SealedCopy(*row) for row in rows]

    def _apply(self, change: int, code: int | None) -> None:
        run = self._store.connection.execute
        among = "FROM change_item WHERE change = ?"
        if code is None:
            run(f"DELETE FROM decision WHERE interaction IN (SELECT interaction {among})", (change,))
        else:
            run(
                f"INSERT OR REPLACE INTO decision (interaction, decision) SELECT interaction, ? {among}",
                (code, change),
            )

    def _forget_redoable(self, change: int) -> None:
        run = self._store.connection.execute
        run("DELETE FROM change_item WHERE change IN (SELECT id FROM change WHERE undone)")
        run("DELETE FROM change WHERE undone AND id <> ?", (change,))

    def _change(self, query: str) -> Change | None:
        row = self._store.connection.execute(query).fetchone()
        return None if row is None else Change(*row)


def _state(asked_ms: int | None) -> AttemptState:
    return AttemptState.PLANNED if asked_ms is None else AttemptState.ATTESTED
