"""From the names a parent types to a filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.library import Library
from app.model import Decision, Filter, Kind, Member, Problem, Speaker

UNDECIDED = "undecided"


def wanted(
    library: Library,
    *,
    children: bool = False,
    person: Sequence[str] = (),
    device: Sequence[str] = (),
    provider: Sequence[str] = (),
    skill: Sequence[str] = (),
    since: int | None = None,
    until: int | None = None,
    hours: tuple[int, int] | None = None,
    words: str = "",
    decision: Sequence[str] = (),
    kind: Sequence[str] = (),
    accidental: bool | None = None,
    ids: Sequence[int] = (),
) -> Filter:
    """The filter of those names; a `Problem` for a name that nothing here has. Case does not matter."""
    if hours is not None and not all(0 <= hour <= 24 for hour in hours):
        raise Problem("An hour of the day is between 0 and 24.")
    kinds = {known.value: known for known in Kind}
    decisions: dict[str, Decision | None] = {known.value: known for known in Decision} | {UNDECIDED: None}
    facets = library.facets()
    return Filter(
        children=children,
        people=frozenset(_numbers("person", person, library.household.members())),
        devices=frozenset(_numbers("speaker", device, library.household.speakers())),
        providers=frozenset(_known("assistant", name, facets.providers) for name in provider),
        skills=frozenset(_known("skill", name, facets.skills) for name in skill),
        kinds=frozenset(kinds[_known("kind", name, kinds)] for name in kind) or Filter().kinds,
        since_ms=since,
        until_ms=until,
        hours=hours,
        words=words,
        accidental=accidental,
        decisions=frozenset(decisions[_known("decision", name, decisions)] for name in decision),
        ids=frozenset(ids),
    )


def _numbers(what: str, names: Iterable[str], known: Sequence[Member] | Sequence[Speaker]) -> set[int]:
    """The numbers of all that bear one of *names*: the parent's name, the vendor's, or the number itself."""
    found = set()
    for name in names:
        folded = name.strip().casefold()
        bearers = {one.id for one in known if folded in (one.name.casefold(), one.said_name.casefold(), str(one.id))}
        if not bearers:
            raise _unknown(what, name, (one.name or one.said_name for one in known))
        found |= bearers
    return found


def _known(what: str, name: str, known: Iterable[str]) -> str:
    names = list(known)
    for one in names:
        if one.casefold() == name.strip().casefold():
            return one
    raise _unknown(what, name, names)


def _unknown(what: str, name: str, known: Iterable[str]) -> Problem:
    names = ", ".join(sorted(filter(None, known)))
    return Problem(
        f"No {what} here is called “{name}”.", advice=f"Known are: {names}." if names else "None is known yet."
    )
