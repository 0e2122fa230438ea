"""Forgetting: the copy here of what was said goes for good, and what a later look needs stays without a word."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.library.adding import FORGOTTEN_HASH, packed, unpacked
from app.library.codes import DECISION_CODE, KIND_CODE, LAYER_CODE, SOUND_CODE
from app.library.engine import Store
from app.library.log import Log
from app.library.plainly import plainly
from app.library.sounds import Sounds
from app.model import Decision, Erased, Happened, Kind, Layer, Problem, SoundState, Verdict

_HELD = (DECISION_CODE[Decision.KEEP], DECISION_CODE[Decision.KEEPSAKE])
_FORGOTTEN = KIND_CODE[Kind.FORGOTTEN]
_CHOSEN = "IN (SELECT id FROM temp.chosen)"
_LAST_IN = "erasing.generation"
_FORGET = (
    f"DELETE FROM turn WHERE interaction {_CHOSEN}",
    f"DELETE FROM said WHERE rowid {_CHOSEN}",
    f"UPDATE sound SET state = {SOUND_CODE[SoundState.MISSING]} WHERE interaction {_CHOSEN}",
    f"UPDATE interaction SET kind = {_FORGOTTEN}, person = 0, skill = 0, recordings = 0 WHERE id {_CHOSEN}",
    "DELETE FROM skill WHERE id NOT IN (SELECT skill FROM interaction)",
    f"UPDATE record SET label = '' WHERE id {_CHOSEN}",
    f"UPDATE sighting SET hash = x'{FORGOTTEN_HASH.hex()}' WHERE hash IS NOT NULL AND interaction {_CHOSEN}",
    "INSERT INTO said (said) VALUES ('optimize')",  # or the index would go on holding the words
)


class Erasing:
    """The writer of what is forgotten, in a library whose keys are of *generation*."""

    def __init__(self, store: Store, sounds: Sounds, log: Log, generation: int) -> None:
        self._store = store
        self._sounds = sounds
        self._log = log
        self._generation = generation

    @property
    @plainly
    def is_final(self) -> bool:
        """Whether the library was written anew under another key since something was forgotten in it last."""
        row = self._store.connection.execute("SELECT value FROM setting WHERE name = ?", (_LAST_IN,)).fetchone()
        return row is None or int(row[0]) < self._generation

    def forget(self, ids: Sequence[int]) -> Erased:
        """Take away the words of *ids*, their records as they came, and the sounds that nothing else here needs.

        That something was said, when, where and under which identity stays, as the kind `FORGOTTEN`: later looks are
        held against it, no plan runs over it, and no archive brings it back. A number that is not here is a `Problem`.
        """
        run = self._store.connection.execute
        with self._store.atomic():
            run("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
            run("DELETE FROM temp.chosen")
            run("INSERT OR IGNORE INTO temp.chosen SELECT value FROM json_each(?)", (json.dumps(list(ids)),))
            self._must_be_here()
            self._forget_raw()
            for statement in _FORGET:
                run(statement)
            erased = Erased(len(set(ids)), self._sounds.forget_unneeded())
            run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_LAST_IN, str(self._generation)))
            self._log.note(Happened.ERASED, interactions=erased.interactions, sounds=erased.sounds)
        return erased

    @plainly
    def due(self, now_ms: int) -> list[int]:
        """What was asked and is still here although the day of its sealed copy has come; not what is to be kept."""
        rows = self._store.connection.execute(
            "SELECT DISTINCT i.id FROM plan p JOIN attempt a ON a.plan = p.id"
            " JOIN interaction i ON i.id = a.interaction LEFT JOIN decision d ON d.interaction = i.id"
            " WHERE p.copy_until_ms <= ? AND i.kind <> ? AND ifnull(d.decision, 0) NOT IN (?, ?)"
            # Another plan may still hold it, or its parent may have said: keep it here.
            " AND NOT EXISTS (SELECT 1 FROM attempt b JOIN plan q ON q.id = b.plan WHERE b.interaction = i.id"
            " AND ifnull(q.copy_until_ms, ?1 + 1) > ?1)",
            (now_ms, _FORGOTTEN, *_HELD),
        )
        return [id for (id,) in rows]

    @plainly
    def verified(self, plan: int) -> list[int]:
        """What of *plan* is still here, not to be kept, and stands as gone at the vendor: of the looks that could tell,
        the one at what was made last found its record gone, and nothing else of it still held or back."""
        rows = self._store.connection.execute(
            "SELECT i.id FROM (SELECT c.interaction, c.layer, c.verdict, max(l.place)"
            " FROM (SELECT id, row_number() OVER (ORDER BY made_ms, looked_ms, id) AS place FROM look WHERE plan = ?) l"
            " JOIN conclusion c ON c.look = l.id WHERE c.verdict <> ? GROUP BY c.interaction, c.layer) c"
            " JOIN interaction i ON i.id = c.interaction LEFT JOIN decision d ON d.interaction = i.id"
            " WHERE i.kind <> ? AND ifnull(d.decision, 0) NOT IN (?, ?) GROUP BY i.id"
            " HAVING sum(c.layer IN (?, ?) AND c.verdict = ?) > 0 AND sum(c.verdict IN (?, ?)) = 0",
            (
                plan, Verdict.CANNOT_TELL.value, _FORGOTTEN, *_HELD, LAYER_CODE[Layer.ACTION],
                LAYER_CODE[Layer.CONVERSATION], Verdict.GONE.value, Verdict.STILL_HELD.value, Verdict.REAPPEARED.value,
            ),
        )  # fmt: skip
        return [id for (id,) in rows]

    def _must_be_here(self) -> None:
        row = self._store.connection.execute(
            "SELECT id FROM temp.chosen"
            " WHERE NOT EXISTS (SELECT 1 FROM interaction i WHERE i.id = chosen.id AND i.kind <> ?) LIMIT 1",
            (_FORGOTTEN,),
        ).fetchone()
        if row is not None:
            raise Problem(f"There is nothing with the number {row[0]} here.", advice="Look at the list again.")

    def _forget_raw(self) -> None:
        """Take the records as they came out of the blocks that they are pressed into."""
        run = self._store.connection.execute
        chosen = {id for (id,) in run("SELECT id FROM temp.chosen")}
        if not chosen:
            return
        blocks = run("SELECT id FROM raw WHERE least <= ? AND most >= ?", (max(chosen), min(chosen))).fetchall()
        for (block,) in blocks:
            number, data = run("SELECT number, packed FROM raw WHERE id = ?", (block,)).fetchone()
            records = unpacked(number, data)
            left = [(id, raw) for id, raw in records if id not in chosen]
            if not left:
                run("DELETE FROM raw WHERE id = ?", (block,))
            elif len(left) < len(records):
                run("UPDATE raw SET number = ?, packed = ? WHERE id = ?", (len(left), packed(left), block))
