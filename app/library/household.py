"""Who is who at home: people and devices, named and marked by the parent."""

from __future__ import annotations

from app.library.codes import KIND_CODE
from app.library.engine import Store
from app.library.plainly import plainly
from app.model import Kind, Member, Problem, Speaker, Standing


class Household:
    """The people and devices that the records name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @plainly
    def members(self) -> list[Member]:
        """Every person, those with the most interactions first."""
        rows = self._store.connection.execute(_NAMED.format(table="person", forgotten=_FORGOTTEN))
        return [
            Member(id, provider, said, name, Standing(standing), bool(confirmed), number)
            for id, provider, said, name, standing, confirmed, number in rows
        ]

    @plainly
    def speakers(self) -> list[Speaker]:
        """Every device, those with the most interactions first."""
        rows = self._store.connection.execute(_NAMED.format(table="device", forgotten=_FORGOTTEN))
        return [
            Speaker(id, provider, said, name, Standing(standing), bool(confirmed), number)
            for id, provider, said, name, standing, confirmed, number in rows
        ]

    def change_member(
        self, id: int, *, name: str | None = None, standing: Standing | None = None, confirmed: bool = True
    ) -> None:
        """Give a person another name or standing; what is None stays. An empty name brings the vendor's back."""
        self._change("person", id, name, standing, confirmed)

    def change_speaker(
        self, id: int, *, name: str | None = None, standing: Standing | None = None, confirmed: bool = True
    ) -> None:
        """Give a device another name or standing; what is None stays. An empty name brings the vendor's back."""
        self._change("device", id, name, standing, confirmed)

    @plainly
    def vendor_types(self) -> dict[int, str]:
        """The vendor's own word for each person ("ADULT")."""
        return dict(self._store.connection.execute("SELECT id, vendor_type FROM person").fetchall())

    def _change(self, table: str, id: int, name: str | None, standing: Standing | None, confirmed: bool) -> None:
        with self._store.atomic():
            changed = self._store.connection.execute(
                f"UPDATE {table} SET name = ifnull(?, name), standing = ifnull(?, standing), confirmed = ?"
                " WHERE id = ?",
                (name, standing and standing.value, confirmed, id),
            )
            if changed.rowcount == 0:
                raise Problem("They are no longer in this library.", advice="Look at the household again.")


_FORGOTTEN = KIND_CODE[Kind.FORGOTTEN]
_NAMED = """
SELECT n.id, n.provider, n.said_name, ifnull(nullif(n.name, ''), n.said_name), n.standing, n.confirmed,
    ifnull(c.number, 0) AS number
FROM {table} n LEFT JOIN (SELECT {table} AS id, count(*) AS number FROM interaction WHERE kind <> {forgotten}
    GROUP BY {table}) c ON c.id = n.id
ORDER BY number DESC, n.id
"""
