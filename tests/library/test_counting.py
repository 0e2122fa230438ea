from __future__ import annotations

from app.library import Library
from app.model import Conclusion, Decision, Filter, Kind, Layer, Look, Verdict
from tests.library.making import EMMA, HOUR, KIDS, KITCHEN, NOON, bring_in, heard


def test_an_outline_tells_what_nobody_said_and_goes_from_old_to_new(library: Library) -> None:
    bring_in(library, "first", heard(2, device=KIDS), heard(1, kind=Kind.ACTIVITY), heard(3, device=None))

    outline = list(library.outline(Filter(kinds=frozenset(Kind))))

    kids, kitchen = (_speaker(library, device.name) for device in (KIDS, KITCHEN))
    assert outline == [(2, NOON + HOUR, kitchen, 0), (1, NOON + 2 * HOUR, kids, 1), (3, NOON + 3 * HOUR, 0, 1)]


def test_a_tally_counts_by_the_names_that_the_parent_gave(library: Library) -> None:
    bring_in(library, "first", heard(1, device=KIDS), heard(2, person=EMMA), heard(3, person=EMMA, device=None))
    library.household.change_speaker(_speaker(library, "Kitchen"), name="Downstairs")

    tally = library.tally(Filter())

    assert (tally.items, tally.first_ms, tally.last_ms) == (3, NOON + HOUR, NOON + 3 * HOUR)
    assert tally.people == {"Emma": 2, "": 1}
    assert tally.devices == {"Kids Room": 1, "Downstairs": 1, "": 1}
    assert tally.providers == {"alexa": 3}


def test_a_tally_of_nothing_has_no_first_and_no_last_time(library: Library) -> None:
    tally = library.tally(Filter())

    assert (tally.items, tally.first_ms, tally.last_ms, tally.people) == (0, None, None, {})


def test_accounts_are_counted_within_a_filter_and_those_without_any_are_left_out(library: Library) -> None:
    bring_in(library, "first", heard(1), heard(2), heard(3, account="other"), heard(4, account="other"))
    library.asked.decide([1, 3, 4], Decision.DELETE, 5)

    assert library.accounts(Filter()) == {"home": 2, "other": 2}
    assert library.accounts(Filter(decisions=frozenset({None}))) == {"home": 1}


def test_a_look_is_returned_as_it_is_read_back(library: Library) -> None:
    source = bring_in(library, "first", heard(1), heard(2)).id
    plan = library.asked.freeze((), made_ms=1, ready_ms=1, copy_until_ms=None).id
    unordered = [(2, Layer.REQUEST), (1, Layer.RESPONSE), (1, Layer.AUDIO), (2, Layer.AUDIO)]
    conclusions = tuple(
        Conclusion(id, f"home#{id}", layer, Verdict.GONE, None, "not listed") for id, layer in unordered
    )

    recorded = library.concluded.record(Look(0, plan, source, "a.zip", "alexa", 5, False, 9, True, "", 1, conclusions))

    assert [recorded] == library.concluded.looks(plan)


def _speaker(library: Library, name: str) -> int:
    return next(speaker.id for speaker in library.household.speakers() if speaker.said_name == name)
