"""What a later look allows us to conclude about a plan, and the questions that the conclusions rest on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache

from app.library.codes import KIND_CODE, LAYER, LAYER_CODE
from app.library.engine import Store
from app.library.log import Log
from app.library.plainly import plainly
from app.model import Conclusion, Condition, Happened, Kind, Layer, Look, Verdict

_ITEMS = "SELECT interaction FROM target WHERE plan = :plan AND NOT collateral"
_BEFORE_THE_PLAN = "(SELECT last_source FROM plan WHERE id = :plan)"
_VERDICT = {verdict.value: verdict for verdict in Verdict}
_CONDITION: dict[str | None, Condition | None] = {None: None, **{one.name: one for one in Condition}}


class Concluded:
    """The writer of looks and conclusions."""

    def __init__(self, store: Store, log: Log) -> None:
        self._store = store
        self._log = log

    @plainly
    def layers_seen(self, plan: int) -> dict[int, frozenset[Layer]]:
        """For each item of the plan, the layers that sources showed which were brought in before the plan was made."""
        rows = self._store.connection.execute(
            "SELECT g.interaction, sum(1 << g.layer) FROM source s"
            f" CROSS JOIN (SELECT DISTINCT interaction FROM ({_ITEMS})) t"
            " CROSS JOIN sighting g ON g.source = s.id AND g.interaction = t.interaction"
            f" WHERE s.id <= {_BEFORE_THE_PLAN} GROUP BY s.id, t.interaction",
            {"plan": plan},
        )
        seen: dict[int, int] = defaultdict(int)
        for interaction, bits in rows:
            seen[interaction] |= bits
        return {interaction: _layers(bits) for interaction, bits in seen.items()}

    @plainly
    def layers_shown(self, source: int) -> frozenset[Layer]:
        """The layers that *source* shows of anything at all; sound only if it holds one."""
        rows = self._store.connection.execute(
            "SELECT DISTINCT layer FROM sighting WHERE source = ? AND hash IS NOT NULL", (source,)
        )
        return frozenset(LAYER[layer] for (layer,) in rows)

    @plainly
    def sounds_alone(self, source: int) -> int:
        """How many interactions *source* shows by nothing but a sound that none of its records names."""
        (number,) = self._store.connection.execute(
            "SELECT count(*) FROM (SELECT interaction FROM sighting WHERE source = ? GROUP BY interaction"
            " HAVING min(layer) = ? AND max(layer) = min(layer))",
            (source, LAYER_CODE[Layer.AUDIO]),
        ).fetchone()
        return int(number)

    @plainly
    def shown(self, plan: int, source: int) -> dict[int, dict[Layer, bool]]:
        """The items of the plan that *source* shows, layer by layer; False where it leaves open what is there: a sound
        that is only named, words that this form of the record never shows."""
        rows = self._store.connection.execute(
            f"SELECT g.interaction, sum(1 << g.layer), sum((g.hash IS NULL) << g.layer)"
            f" FROM (SELECT DISTINCT interaction FROM ({_ITEMS})) t"
            " CROSS JOIN sighting g ON g.source = :source AND g.interaction = t.interaction GROUP BY t.interaction",
            {"plan": plan, "source": source},
        )
        return {
            interaction: {layer: layer not in _layers(open) for layer in _layers(bits)}
            for interaction, bits, open in rows
        }

    @plainly
    def controls(self, plan: int, source: int) -> dict[str, int]:
        """For each account, how many interactions *source* shows that were known before the plan was made and that
        nobody asked to delete: neither as an item of any plan of which anything was asked, nor as its collateral."""
        rows = self._store.connection.execute(
            "SELECT a.name, count(*) FROM (SELECT DISTINCT interaction AS id FROM sighting WHERE source = :source) g"
            " CROSS JOIN record r ON r.id = g.id CROSS JOIN interaction i ON i.id = g.id JOIN account a"
            f" ON a.id = i.account WHERE r.first_source <= {_BEFORE_THE_PLAN} AND g.id NOT IN"
            " (SELECT interaction FROM target WHERE plan IN (SELECT plan FROM attempt)) GROUP BY a.name",
            {"plan": plan, "source": source},
        )
        return dict(rows.fetchall())

    @plainly
    def mistakable(self, plan: int, source: int) -> frozenset[int]:
        """The items of the plan that *source* may show, or lack, in the place of another record: one of the same words
        in the same second that the plan does not ask for, and only one of the two is there."""
        there = "EXISTS (SELECT 1 FROM sighting WHERE source = :source AND interaction = {})"
        words = "(SELECT group_concat(lower(text), char(10)) FROM turn WHERE interaction = {} AND role = 1)"
        rows = self._store.connection.execute(
            f"SELECT DISTINCT i.id FROM (SELECT DISTINCT interaction FROM ({_ITEMS})) t"
            " CROSS JOIN interaction i ON i.id = t.interaction"
            " CROSS JOIN interaction j ON j.at_ms BETWEEN i.at_ms - i.at_ms % 1000 AND i.at_ms - i.at_ms % 1000 + 999"
            " AND j.id <> i.id AND j.account = i.account"
            " JOIN record r ON r.id = i.id JOIN record q ON q.id = j.id AND q.shelf = r.shelf"
            f" WHERE j.id NOT IN (SELECT interaction FROM ({_ITEMS}))"
            # What was said in a forgotten one is no longer known: it may have been the same.
            f" AND ({KIND_CODE[Kind.FORGOTTEN]} IN (i.kind, j.kind)"
            f" OR i.kind = j.kind AND {words.format('i.id')} = {words.format('j.id')})"
            f" AND {there.format('i.id')} <> {there.format('j.id')}",
            {"plan": plan, "source": source},
        )
        return frozenset(id for (id,) in rows)

    @plainly
    def gone_before(self, plan: int, before_ms: int) -> set[tuple[int, Layer]]:
        """What earlier looks of this plan, at sources made before *before_ms*, found to be gone."""
        rows = self._store.connection.execute(
            "SELECT DISTINCT c.interaction, c.layer FROM look l JOIN conclusion c ON c.look = l.id"
            " WHERE l.plan = ? AND l.made_ms < ? AND c.verdict = ?",
            (plan, before_ms, Verdict.GONE.value),
        )
        return {(interaction, LAYER[layer]) for interaction, layer in rows}

    def record(self, look: Look) -> Look:
        """*look* as it is kept, with its number."""
        with self._store.atomic():
            id = self._store.connection.execute(
                "INSERT INTO look (plan, source, source_name, provider, made_ms, made_by_parent, looked_ms, complete,"
                " why, controls) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    look.plan, look.source, look.source_name, look.provider, look.made_ms, look.made_by_parent,
                    look.looked_ms, look.complete, look.why, look.controls,
                ),
            ).lastrowid  # fmt: skip
            self._store.connection.executemany(
                "INSERT INTO conclusion (look, interaction, layer, verdict, missing, reason) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        id, one.interaction, LAYER_CODE[one.layer], one.verdict.value,
                        one.missing and one.missing.name, one.reason,
                    )
                    for one in look.conclusions
                ],
            )  # fmt: skip
            self._log.note(Happened.LOOKED, plan=look.plan, source=look.source, conclusions=len(look.conclusions))
        ordered = sorted(look.conclusions, key=lambda one: (one.interaction, LAYER_CODE[one.layer]))
        return replace(look, id=id or 0, conclusions=tuple(ordered))

    @plainly
    def looks(self, plan: int) -> list[Look]:
        """The looks at a plan, oldest first, with their conclusions."""
        return self._looks("l.plan = ?", plan)

    def _looks(self, which: str, value: int) -> list[Look]:
        run = self._store.connection.execute
        conclusions: dict[int, list[Conclusion]] = defaultdict(list)
        for look, interaction, identity, layer, verdict, missing, reason in run(
            "SELECT c.look, c.interaction, r.identity, c.layer, c.verdict, c.missing, c.reason FROM look l"
            f" JOIN conclusion c ON c.look = l.id JOIN record r ON r.id = c.interaction WHERE {which}"
            " ORDER BY c.look, c.interaction, c.layer",
            (value,),
        ):
            conclusions[look].append(
                Conclusion(interaction, identity, LAYER[layer], _VERDICT[verdict], _CONDITION[missing], reason)
            )
        return [
            Look(
                id, plan, source, source_name, provider, made_ms, bool(by_parent), looked_ms, bool(complete), why,
                controls, tuple(conclusions[id]),
            )
            for id, plan, source, source_name, provider, made_ms, by_parent, looked_ms, complete, why, controls in run(
                "SELECT l.id, l.plan, l.source, l.source_name, l.provider, l.made_ms, l.made_by_parent, l.looked_ms,"
                f" l.complete, l.why, l.controls FROM look l WHERE {which} ORDER BY l.id",
                (value,),
            ).fetchall()
        ]  # fmt: skip


@cache
def _layers(bits: int) -> frozenset[Layer]:
    """The layers of a sum of 1 << code; thousands of interactions share the few sums there are."""
    return frozenset(layer for code, layer in LAYER.items() if bits >> code & 1)
