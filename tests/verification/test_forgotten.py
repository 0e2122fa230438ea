"""Looks at what was destroyed here: as much can be told of it as before, and never more."""

from __future__ import annotations

import hashlib

import pytest

from app import verification
from app.library import Library
from app.model import Condition, Layer, Look, Verdict
from tests.vendors import FakeVendor
from tests.verification.test_look import DAY, FRESH, START, Home, all_of

LATER = FRESH + DAY


@pytest.fixture
def home(library: Library) -> Home:
    return Home(library, FakeVendor())


def forget(home: Home, *identities: str) -> None:
    home.library.erasing.forget([home.ids[identity] for identity in identities])


def look(home: Home, name: str = "fresh.zip", made_ms: int = FRESH) -> Look:
    return home.look(home.vendor.lists(home.library, name, made_ms=made_ms))


def test_what_was_forgotten_here_and_at_the_vendor_is_gone(home: Home) -> None:
    home.vendor.forgets(home.gone)
    forget(home, *home.gone)

    assert [home.verdicts(look(home), one) for one in home.gone] == [all_of(Verdict.GONE)] * 2


def test_what_was_forgotten_only_here_is_still_held(home: Home) -> None:
    forget(home, *home.gone)

    assert home.verdicts(look(home), home.gone[0]) == all_of(Verdict.STILL_HELD)


def test_what_was_gone_before_it_was_forgotten_stays_gone(home: Home) -> None:
    home.vendor.forgets(home.gone)
    look(home)

    forget(home, *home.gone)

    assert home.verdicts(look(home, "later.zip", LATER), home.gone[0]) == all_of(Verdict.GONE)


def test_what_comes_back_after_it_was_gone_and_forgotten_has_reappeared(home: Home) -> None:
    record = home.vendor.held[home.gone[0]]
    home.vendor.forgets(home.gone)
    look(home)
    forget(home, *home.gone)
    home.vendor.held[home.gone[0]] = record

    later = look(home, "later.zip", LATER)

    assert home.verdicts(later, home.gone[0]) == all_of(Verdict.REAPPEARED)
    assert home.verdicts(later, home.gone[1]) == all_of(Verdict.GONE)
    assert home.library.card(home.ids[home.gone[0]]).turns == ()


@pytest.mark.parametrize("layer", [Layer.AUDIO, Layer.REQUEST, Layer.RESPONSE])
def test_a_vendor_that_keeps_a_layer_of_what_was_forgotten_is_found_out(home: Home, layer: Layer) -> None:
    home.vendor.forgets(home.gone, keeping=[layer])
    forget(home, *home.gone)

    held = {layer: Verdict.STILL_HELD, Layer.ACTION: Verdict.STILL_HELD}
    assert home.verdicts(look(home), home.gone[0]) == all_of(Verdict.GONE) | held


def test_a_sound_that_is_kept_without_its_forgotten_record_is_found_out(home: Home) -> None:
    home.vendor.forgets(home.gone)
    forget(home, *home.gone)
    source = home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, loose_sounds=1)
    digest = hashlib.sha256(f"RIFF sound of {home.gone[0]}".encode()).hexdigest()
    home.library.seen.sight_sounds(source.id, {"another name.wav": digest})

    verdicts = home.look(source)

    assert home.verdicts(verdicts, home.gone[0]) == all_of(Verdict.GONE) | {Layer.AUDIO: Verdict.STILL_HELD}
    assert home.verdicts(verdicts, home.gone[1]) == all_of(Verdict.GONE)


def test_a_kept_record_that_was_forgotten_still_proves_that_others_are_gone(home: Home) -> None:
    home.vendor.forgets(home.gone)
    forget(home, home.kept)

    one = look(home)

    assert (one.controls, home.verdicts(one, home.gone[0])) == (1, all_of(Verdict.GONE))


def test_a_forgotten_record_that_the_archive_lost_too_proves_nothing(home: Home) -> None:
    home.vendor.forgets([*home.gone, home.kept])
    home.vendor.hears("said only now", at_ms=FRESH - 1)
    forget(home, home.kept)

    one = look(home)

    assert (one.controls, home.verdicts(one, home.gone[0])) == (0, all_of(Condition.CONTROL))


def test_the_checklist_judges_as_much_as_before(home: Home) -> None:
    home.vendor.forgets(home.gone)
    look(home)
    before = verification.checklist(home.library, home.providers, home.plan)

    forget(home, *home.gone)

    assert verification.checklist(home.library, home.providers, home.plan) == before


class Twins(Home):
    """A household where another record, which stays, was made in the same second as one that was asked to go."""

    def __init__(self, library: Library, *, numbers_alike: bool = True) -> None:
        vendor = FakeVendor()
        vendor.numbers_alike = numbers_alike
        self.twin = vendor.hears("what is the time", at_ms=START + 500)
        super().__init__(library, vendor)
        self.item = self.gone[0]


def test_other_words_in_the_same_second_are_no_twin_while_both_are_known(library: Library) -> None:
    home = Twins(library)
    home.vendor.forgets(home.gone)

    assert home.verdicts(look(home), home.item) == all_of(Verdict.GONE)


@pytest.mark.parametrize("forgotten", ["item", "twin"])
@pytest.mark.parametrize("gone", ["item", "twin"])
def test_of_two_in_one_second_nobody_can_tell_which_is_there_once_one_is_forgotten(
    library: Library, forgotten: str, gone: str
) -> None:
    home = Twins(library)
    forget(home, getattr(home, forgotten))
    home.vendor.forgets([getattr(home, gone)])

    assert home.verdicts(look(home), home.item) == all_of(Condition.ALIKE)


def test_where_both_of_one_second_are_there_the_forgotten_one_is_held(library: Library) -> None:
    home = Twins(library)
    forget(home, home.item)

    assert home.verdicts(look(home), home.item) == all_of(Verdict.STILL_HELD)


def test_where_both_of_one_second_went_the_forgotten_one_is_gone(library: Library) -> None:
    home = Twins(library)
    forget(home, home.item)
    home.vendor.forgets([*home.gone, home.twin])

    assert home.verdicts(look(home), home.item) == all_of(Verdict.GONE)


def test_a_vendor_whose_records_have_names_of_their_own_knows_no_twins(library: Library) -> None:
    home = Twins(library, numbers_alike=False)
    forget(home, home.item)
    home.vendor.forgets(home.gone)

    assert home.verdicts(look(home), home.item) == all_of(Verdict.GONE)


def test_a_twin_does_not_hide_what_an_earlier_look_could_tell(library: Library) -> None:
    home = Twins(library)
    home.vendor.forgets(home.gone)
    look(home)
    forget(home, home.item)
    look(home, "later.zip", LATER)

    (row,) = (
        row for row in verification.checklist(home.library, home.providers, home.plan) if row.layer is Layer.REQUEST
    )

    assert row.counts == {Verdict.GONE: 2}
