"""A vendor that forgets is believed only after a look that could have found it out; one that lies is found out."""

from __future__ import annotations

import pytest

from app import deletion, verification
from app.library import Library
from app.model import Condition, Coverage, Decision, Filter, Issue, Layer, Look, Problem, Source, Verdict
from app.providers.provider import Provider
from tests.vendors import FakeVendor

DAY = 86_400_000
START = 1_772_400_000_000  # a day in March 2026
FIRST_ARCHIVE = START + 10 * DAY
ASKED = START + 12 * DAY
FRESH = ASKED + DAY
NOW = ASKED + 2 * DAY


class Home:
    """A household whose vendor was asked to delete two of three records."""

    def __init__(self, library: Library, vendor: FakeVendor) -> None:
        self.library = library
        self.vendor = vendor
        self.gone = [vendor.hears("what is my name", at_ms=START), vendor.hears("a story", at_ms=START + DAY)]
        self.kept = vendor.hears("good night", at_ms=START + 2 * DAY)
        vendor.lists(library, "first.zip", made_ms=FIRST_ARCHIVE)
        self.ids = {library.card(id).identity: id for id in library.ids(Filter())}
        deletion.decide(library, [self.ids[one] for one in self.gone], Decision.DELETE, FIRST_ARCHIVE)
        plan = deletion.freeze(library, self.providers, Filter(), now_ms=ASKED, wait=False)
        self.plan = plan.id
        deletion.attest(library, self.plan, None, ASKED)

    @property
    def providers(self) -> dict[str, Provider]:
        return {self.vendor.key: self.vendor}

    def look(self, source: Source, made_ms: int | None = None) -> Look:
        return verification.look(self.library, self.providers, self.plan, source.id, now_ms=NOW, made_ms=made_ms)

    def verdicts(self, look: Look, identity: str) -> dict[Layer, Verdict | Condition]:
        """The verdict of each layer, or the condition that is missing."""
        return {one.layer: one.missing or one.verdict for one in look.conclusions if one.identity == identity}


@pytest.fixture
def home(library: Library) -> Home:
    return Home(library, FakeVendor())


EVERYTHING = {Layer.AUDIO, Layer.REQUEST, Layer.RESPONSE, Layer.ACTION}


def all_of(value: Verdict | Condition) -> dict[Layer, Verdict | Condition]:
    return dict.fromkeys(EVERYTHING, value)


def test_a_vendor_that_forgets_is_believed_in_every_layer(home: Home) -> None:
    home.vendor.forgets(home.gone)

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH))

    assert [home.verdicts(look, one) for one in home.gone] == [all_of(Verdict.GONE)] * 2
    assert home.verdicts(look, home.kept) == {}
    assert (look.complete, look.controls, look.made_ms, look.made_by_parent) == (True, 1, FRESH, False)


def test_a_vendor_that_forgets_nothing_is_found_out(home: Home) -> None:
    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH))

    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.STILL_HELD)


@pytest.mark.parametrize("layer", [Layer.AUDIO, Layer.REQUEST, Layer.RESPONSE])
def test_a_vendor_that_keeps_one_layer_is_found_out(home: Home, layer: Layer) -> None:
    home.vendor.forgets(home.gone, keeping=[layer])

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH))

    held = {layer: Verdict.STILL_HELD, Layer.ACTION: Verdict.STILL_HELD}
    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.GONE) | held


def test_a_vendor_that_keeps_the_shell_of_the_record_is_found_out(home: Home) -> None:
    home.vendor.forgets(home.gone, keeping=[Layer.ACTION])

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH))

    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.GONE) | {Layer.ACTION: Verdict.STILL_HELD}


def test_a_record_that_comes_back_after_it_was_gone_has_reappeared(home: Home) -> None:
    record = home.vendor.held[home.gone[0]]
    home.vendor.forgets(home.gone)
    home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH))
    home.vendor.held[home.gone[0]] = record

    look = home.look(home.vendor.lists(home.library, "later.zip", made_ms=FRESH + DAY))

    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.REAPPEARED)
    assert home.verdicts(look, home.gone[1]) == all_of(Verdict.GONE)


def test_an_older_archive_looked_at_after_a_newer_one_is_no_reappearance(home: Home) -> None:
    older = home.vendor.lists(home.library, "older.zip", made_ms=FRESH)
    home.vendor.forgets(home.gone)
    newer = home.vendor.lists(home.library, "newer.zip", made_ms=FRESH + DAY)
    assert home.verdicts(home.look(newer), home.gone[0]) == all_of(Verdict.GONE)

    look = home.look(older)

    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.STILL_HELD)


def test_a_truncated_listing_cannot_tell(home: Home) -> None:
    home.vendor.forgets(home.gone)
    truncated = Coverage(complete=False, why="Its last page is missing.")

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, coverage=truncated))

    assert home.verdicts(look, home.gone[0]) == all_of(Condition.COMPLETE)
    assert (look.complete, look.why) == (False, "Its last page is missing.")


def test_a_damaged_row_may_be_the_record_in_question(home: Home) -> None:
    home.vendor.forgets(home.gone)
    damaged = Issue("history.json", 4, "damaged-row", "Row 4 cannot be read.")

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, issues=[damaged]))

    assert home.verdicts(look, home.gone[0]) == all_of(Condition.COMPLETE)
    assert not look.complete


def test_a_damaged_sound_hides_only_itself(home: Home) -> None:
    home.vendor.forgets(home.gone)
    damaged = Issue("1.wav", None, "damaged-sound", "This recording is no sound.")

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, issues=[damaged]))

    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.GONE)


def test_a_vendor_that_keeps_the_sound_without_its_record_is_not_believed(home: Home) -> None:
    home.vendor.forgets(home.gone)

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, loose_sounds=1))

    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.GONE) | {Layer.AUDIO: Condition.COMPLETE}


def test_a_listing_of_another_account_cannot_tell(home: Home) -> None:
    home.vendor.forgets(home.gone)

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, accounts=("grandma",)))

    assert home.verdicts(look, home.gone[0]) == all_of(Condition.ACCOUNT)


def test_a_listing_of_other_dates_cannot_tell(home: Home) -> None:
    home.vendor.forgets(home.gone)
    later_only = Coverage(from_ms=START + DAY)

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, coverage=later_only))

    assert home.verdicts(look, home.gone[0]) == all_of(Condition.COVERAGE)
    assert home.verdicts(look, home.gone[1]) == all_of(Verdict.GONE)


def test_an_empty_listing_cannot_tell(home: Home) -> None:
    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, only=()))

    assert home.verdicts(look, home.gone[0]) == all_of(Condition.LAYER)


def test_a_listing_that_lost_the_kept_record_too_cannot_tell(home: Home) -> None:
    home.vendor.forgets([*home.gone, home.kept])
    home.vendor.hears("said only now", at_ms=ASKED + 1)

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH))

    assert home.verdicts(look, home.gone[0]) == all_of(Condition.CONTROL)
    assert look.controls == 0


def test_an_archive_made_before_the_deletion_cannot_tell_even_by_what_it_shows(home: Home) -> None:
    look = home.look(home.vendor.lists(home.library, "again.zip", made_ms=ASKED))

    assert home.verdicts(look, home.gone[0]) == all_of(Condition.MADE_AFTER)


def test_a_page_of_unknown_time_cannot_tell_until_the_parent_says_when(home: Home) -> None:
    home.vendor.forgets(home.gone)
    page = home.vendor.lists(home.library, "page.json", made_ms=None)

    before, after = home.look(page), home.look(page, made_ms=FRESH)

    assert home.verdicts(before, home.gone[0]) == all_of(Condition.MADE_KNOWN)
    assert (before.made_ms, before.made_by_parent) == (None, False)
    assert home.verdicts(after, home.gone[0]) == all_of(Verdict.GONE)
    assert (after.made_ms, after.made_by_parent) == (FRESH, True)


def test_the_parents_word_does_not_override_the_file(home: Home) -> None:
    look = home.look(home.vendor.lists(home.library, "again.zip", made_ms=ASKED - 1), made_ms=FRESH)

    assert (look.made_ms, look.made_by_parent) == (ASKED - 1, False)


def test_a_time_that_is_still_to_come_is_refused(home: Home) -> None:
    page = home.vendor.lists(home.library, "page.json", made_ms=None)

    with pytest.raises(Problem, match="still to come"):
        home.look(page, made_ms=NOW + 1)

    assert home.library.concluded.looks(home.plan) == []


def test_a_listing_without_sound_cannot_tell_of_the_sound(home: Home) -> None:
    home.vendor.forgets(home.gone)

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, sounds=False))

    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.GONE) | {Layer.AUDIO: Condition.LAYER}


def test_a_sound_that_is_named_but_not_there_is_not_gone(home: Home) -> None:
    home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, only=[home.gone[0]], sounds=False)

    look = home.look(home.vendor.lists(home.library, "fresh.zip", made_ms=FRESH, only=[home.gone[1], home.kept]))

    assert home.verdicts(look, home.gone[0])[Layer.AUDIO] is Condition.SOUND
    assert home.verdicts(look, home.gone[1])[Layer.AUDIO] is Verdict.STILL_HELD


def test_what_the_vendor_never_lists_is_judged_and_cannot_be_told(library: Library) -> None:
    home = Home(library, FakeVendor(unlisted=frozenset({Layer.THIRD_PARTY})))
    home.vendor.forgets(home.gone)

    look = home.look(home.vendor.lists(library, "fresh.zip", made_ms=FRESH))

    assert home.verdicts(look, home.gone[0])[Layer.THIRD_PARTY] is Condition.LAYER


def test_accounts_that_nobody_names_are_the_same(library: Library) -> None:
    home = Home(library, FakeVendor(account=""))
    home.vendor.forgets(home.gone)

    look = home.look(home.vendor.lists(library, "fresh.zip", made_ms=FRESH))

    assert home.verdicts(look, home.gone[0]) == all_of(Verdict.GONE)


def test_a_source_of_another_vendor_judges_nothing(home: Home) -> None:
    other = FakeVendor("other")
    other.hears("hello", at_ms=START)

    look = home.look(other.lists(home.library, "other.zip", made_ms=FRESH))

    assert look.conclusions == ()


def test_only_what_was_asked_is_judged(library: Library) -> None:
    home = Home(library, FakeVendor())
    deletion.decide(library, [home.ids[home.kept]], Decision.DELETE, NOW)
    plan = deletion.freeze(library, home.providers, Filter(), now_ms=NOW, wait=False)
    source = home.vendor.lists(library, "fresh.zip", made_ms=NOW + DAY)

    look = verification.look(library, home.providers, plan.id, source.id, now_ms=NOW + DAY)

    assert look.conclusions == ()
