"""A listing says for which time it speaks, and never calls itself whole when it may not be."""

from __future__ import annotations

import pytest

from app.model import Coverage, Export
from app.providers.alexa import Alexa
from app.providers.alexa.chains import (
    APART,
    DAMAGED,
    FAILED,
    GAP,
    LOOSE,
    NARROWED,
    NOT_BEGUN,
    NOT_ENDED,
    NOTHING,
    REPEATED,
    STOPPED,
    UNANSWERED,
    merged,
)
from tests.providers.alexa.pages import (
    T0,
    Json,
    activity,
    dumped,
    heard,
    key,
    loaded,
    log,
    page,
    rah_page,
    said,
    utterance,
)
from tests.providers.memory import Locked, read

MADE = 1_735_787_045_000
RVH = "/rvh/customer-history-records-v2"
RAH = "/rah/alexa-history-records-v2"
ALL = "?startTime=0&endTime=2147483647000"


def rows(first: int, number: int = 3) -> list[object]:
    return [said(ms=T0 + n) for n in range(first, first + number)]


def coverage(*entries: object) -> Coverage:
    return heard(log(*entries)).told.coverage


def test_a_chain_of_loose_pages_that_ended_is_whole_for_what_it_shows() -> None:
    files = {"1.json": dumped(page(rows(3), "t1")), "2.json": dumped(page(rows(0)))}

    found = heard(files)

    assert found.told.coverage == Coverage(T0, T0 + 5, True, "")
    assert found.told.made is None


@pytest.mark.parametrize("token", ["", None])
def test_an_empty_token_ends_the_list(token: object) -> None:
    assert heard(dumped(page(rows(0), token))).told.coverage.complete


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ([page(rows(0), "t1")], NOT_ENDED),
        ([{"customerHistoryRecords": rows(0), "nextRequestToken": "t1"}], NOT_ENDED),
        ([page(rows(0), "t1"), page(rows(3), "t1"), page(rows(6))], REPEATED),
        ([page(rows(0), "t1", noDataFoundWithinTimeLimit=True), page(rows(3))], STOPPED),
        ([page(rows(0)), page([7])], DAMAGED),
        ([page([])], NOTHING),
        ([said()], LOOSE),
        ([rows(0)], LOOSE),
        ([{"activities": [activity()]}], LOOSE),
    ],
)
def test_a_list_that_may_not_be_whole_says_why(pages: list[object], why: str) -> None:
    found = heard({f"{number}.json": dumped(one) for number, one in enumerate(pages)})

    assert not found.told.coverage.complete
    assert found.told.coverage.why == why


def test_a_page_that_breaks_off_keeps_its_records_and_is_not_whole() -> None:
    found = heard(dumped(page(rows(0, 40)))[:-500])

    assert 30 < len(found.interactions) < 40
    assert found.codes == ["damaged-page"]
    assert found.told.coverage.why == DAMAGED


@pytest.mark.parametrize("tail", [b"[" * 100_000, b"1" * 10_000, b"\xff\xfe"])
def test_hostile_text_is_damage_and_no_crash(tail: bytes) -> None:
    data = dumped(page(rows(0), "t"))[:-1] + b',"x":' + tail + b"}"

    found = heard(data)

    assert found.codes == ["damaged-page"]


def test_a_page_that_is_gone_by_the_time_it_is_read_is_an_issue() -> None:
    export = Export("alexa", "listing", "x", (Locked("a.json", dumped(page(rows(0)))),))

    found = read(Alexa(), export)

    assert [(issue.path, issue.row, issue.code) for issue in found.issues] == [("a.json", None, "damaged-file")]
    assert not found.told.coverage.complete


def test_a_log_that_asked_for_everything_covers_all_until_it_was_made() -> None:
    found = heard(log(loaded(page(rows(3), "t1"), RVH + ALL), loaded(page(rows(0)), RVH + ALL, after="t1")))

    assert found.told.coverage == Coverage(None, MADE, True, "")
    assert found.told.made is not None
    assert found.told.made.ms == MADE


def test_a_log_covers_the_window_that_was_asked_for() -> None:
    found = coverage(loaded(page(rows(0)), f"{RVH}?startTime={T0 - 9}&endTime={T0 + 9}"))

    assert found == Coverage(T0 - 9, T0 + 9, True, "")


def test_an_empty_list_of_a_window_covers_it() -> None:
    found = coverage(loaded(page([]), f"{RVH}?startTime={T0 - 9}&endTime={T0 + 9}"))

    assert found == Coverage(T0 - 9, T0 + 9, True, "")


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([loaded(page(rows(0), "t1"), RVH + ALL)], NOT_ENDED),
        ([loaded(page(rows(0)), RVH + ALL), loaded("<html>sorry</html>", RVH + ALL)], FAILED),
        ([loaded(page(rows(0)), RVH + ALL), loaded("", RVH + ALL)], FAILED),
        ([loaded(page(rows(0)), RVH + ALL), loaded(rah_page([utterance()], "t"), RAH + ALL)], NOT_ENDED),
        ([loaded(page(rows(0)), RVH + ALL + "&deviceSerialNumber=G1")], NARROWED),
        ([loaded(page(rows(0)), RVH + ALL), loaded(page(rows(0), "t1"), RVH + ALL)], ""),
    ],
)
def test_a_log_is_whole_only_if_every_list_in_it_came_to_its_end(entries: list[object], why: str) -> None:
    found = coverage(*entries)

    assert found.why == why
    assert found.complete is not bool(why)


def test_a_shorter_list_that_was_left_early_does_not_harm_the_whole_one() -> None:
    week = loaded(page(rows(0), "t1"), f"{RVH}?startTime={T0}&endTime={T0 + 9}")

    assert coverage(week, loaded(page(rows(0)), RVH + ALL)).complete


def test_two_lists_speak_only_for_the_time_that_both_show() -> None:
    old = loaded(page(rows(0)), f"{RVH}?startTime={T0}&endTime={T0 + 100}")
    new = loaded(rah_page([utterance()]), f"{RAH}?startTime={T0 + 50}&endTime={T0 + 200}")
    later = loaded(rah_page([utterance()]), f"{RAH}?startTime={T0 + 150}&endTime={T0 + 200}")

    assert coverage(old, new) == Coverage(T0 + 50, T0 + 100, True, "")
    assert coverage(old, later) == Coverage(T0, T0 + 200, False, APART)


def test_windows_that_do_not_touch_leave_a_gap() -> None:
    first = loaded(page(rows(0)), f"{RVH}?startTime={T0}&endTime={T0 + 10}")
    second = loaded(page(rows(0)), f"{RVH}?startTime={T0 + 20}&endTime={T0 + 30}")

    assert coverage(first, second) == Coverage(T0, T0 + 30, False, GAP)


def test_old_activities_cover_the_dates_that_their_page_names() -> None:
    found = heard(dumped({"activities": [activity(ms=T0 + 5)], "startDate": T0, "endDate": T0 + 9}))

    assert found.told.coverage == Coverage(T0, T0 + 9, True, "")


def test_old_activities_do_not_cover_what_their_address_asked_for() -> None:
    asked = loaded({"activities": [activity()]}, "https://alexa.amazon.com/api/activities?startTime=0&size=50")

    assert coverage(asked) == Coverage(T0, T0, False, LOOSE)


def test_times_that_touch_are_one() -> None:
    assert merged([(5, 9), (1, 4), (20, 30), (6, 7)]) == [(1, 9), (20, 30)]


OTHER = "A9OTHER"
BEFORE = "2025-01-01T00:00:00.000Z"
AFTER = "2025-01-03T00:00:00.000Z"
OLD = "/rvh/customer-history-records"


def of_other(ms: int = T0) -> object:
    return said(ms=ms, recordKey=key(ms, account=OTHER), customerId=OTHER)


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([loaded(page(rows(0)), after="t9")], NOT_BEGUN),
        ([loaded(page(rows(3), "t1")), loaded(page(rows(0)), after="t2")], NOT_ENDED),
        ([loaded(page(rows(0)), after=""), loaded("{}", "/elsewhere")], ""),
        ([loaded(page(rows(3), "t1")), loaded(page(rows(0)), after="t1")], ""),
        ([loaded(page(rows(0)), after="t1", at=AFTER), loaded(page(rows(3), "t1"))], ""),
        (
            [loaded(page(rows(3), "t1")), loaded(page(rows(1), "t1"), after="t1"), loaded(page([]), after="t1")],
            REPEATED,
        ),
        (
            [loaded(page(rows(3), "t1")), *[loaded(page(rows(1), "t2"), after="t1")] * 2, loaded(page([]), after="t2")],
            "",
        ),
        ([loaded(page(rows(0), nextRequestToken="t1"))], NOT_ENDED),
        ([loaded(page(rows(3), "t1")), loaded(page([], "t2"), after="t1"), loaded(page([]), after="t1")], NOT_ENDED),
        ([loaded(page(rows(0), csrfToken="x"))], ""),
        ([loaded(page(None))], UNANSWERED),
        ([loaded(page(rows(3), "t1")), loaded(page(None), after="t1")], ""),
        ([loaded(page(None, "t1")), loaded(page(rows(0)), after="t1")], UNANSWERED),
        ([loaded(page(rows(0), "t1")), loaded(page([of_other()]))], NOT_ENDED),
        ([loaded(page(rows(0))), loaded(page([of_other()]))], ""),
    ],
)
def test_a_list_is_whole_if_every_page_was_asked_for_with_a_token_of_another(entries: list[object], why: str) -> None:
    found = coverage(*entries)

    assert found.why == why
    assert found.complete is not bool(why)


@pytest.mark.parametrize(
    ("query", "why"), [("", ""), ("&previousRequestToken=", ""), ("&previousRequestToken=a%2Bb", NOT_BEGUN)]
)
def test_the_old_list_says_in_its_address_which_page_it_is(query: str, why: str) -> None:
    asked = loaded(page(rows(0)), OLD + ALL + query)
    sent = asked | {"request": asked["request"] | {"method": "GET", "postData": None}}

    assert [coverage(asked).why, coverage(sent).why] == [why, why]


def test_a_list_whose_requests_were_not_saved_speaks_only_for_what_it_shows() -> None:
    entries = [loaded(page(rows(3), "t1")), loaded(page(rows(0)), at=AFTER)]
    for entry in entries:
        del entry["request"]["postData"]

    found = heard(log(*entries))

    assert found.told.coverage == Coverage(T0, T0 + 5, True, "")
    assert len(found.interactions) == 6


def test_loose_pages_of_two_accounts_do_not_end_each_others_list() -> None:
    files = {"1.json": dumped(page(rows(0), "t1")), "2.json": dumped(page([of_other()])), "3.wav": b"RIFF"}

    assert heard(files).told.coverage.why == NOT_ENDED


def test_a_log_was_made_when_its_first_page_was_loaded() -> None:
    entries = [loaded(page(rows(3), "t1"), at=BEFORE), loaded(page(rows(0)), after="t1", at=AFTER)]

    found = heard(log(*entries))

    assert found.told.made is not None
    assert found.told.made.raw == BEFORE
    assert found.told.coverage.to_ms == found.told.made.ms


def test_a_log_with_a_page_of_an_unknown_time_does_not_say_when_it_was_made() -> None:
    found = heard(log(loaded(page(rows(3), "t1")), loaded(page(rows(0)), after="t1", at="?")))

    assert found.told.made is None
    assert len(found.interactions) == 6


def test_of_a_list_that_was_loaded_again_only_the_last_whole_one_is_read() -> None:
    first = [loaded(page(rows(3), "t1"), at=BEFORE), loaded(page(rows(0)), after="t1", at=BEFORE)]

    found = heard(log(*first, loaded(page(rows(4, 2)), at=AFTER)))

    assert [one.at.ms for one in found.interactions] == [T0 + 4, T0 + 5]
    assert [(issue.code, issue.row) for issue in found.issues] == [("superseded-page", None)]
    assert "left out: 2." in found.issues[0].message
    assert found.told.made is not None
    assert found.told.made.raw == AFTER
    assert found.told.coverage.complete


@pytest.mark.parametrize(
    "later",
    [
        loaded(page(rows(4, 2), "t2"), at=AFTER),
        loaded(page(rows(4, 2)), after="t8", at=AFTER),
        loaded(page([]), at=AFTER),
        loaded(page(None), at=AFTER),
        loaded(page([of_other()]), at=AFTER),
        loaded(page(rows(4, 2)), at=BEFORE),
        loaded(page(rows(4, 2)), f"{RVH}?startTime={T0}&endTime={T0 + 9}", at=AFTER),
        loaded(page(rows(4, 2)), RVH + ALL + "&deviceSerialNumber=G1", at=AFTER),
        loaded(rah_page([utterance()]), RAH + ALL, at=AFTER),
        loaded('{"customerHistoryRecords":[', at=AFTER),
    ],
)
def test_nothing_is_left_out_for_a_later_page_that_is_not_the_whole_list_of_the_same_account(later: object) -> None:
    found = heard(log(loaded(page(rows(0, 6)), at=BEFORE), later))

    assert {one.at.ms for one in found.interactions} >= {T0 + n for n in range(6)}
    assert "superseded-page" not in found.codes
    assert found.told.made is not None
    assert found.told.made.raw == BEFORE


FAILURES = [
    loaded("<html>sorry</html>", status=503),
    loaded("<html>sign in</html>"),
    loaded("", status=0),
    loaded(page(rows(0)), status=500),
]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_page_that_failed_and_was_there_the_next_time_does_no_harm(failure: Json) -> None:
    anew = loaded(page(rows(0)), RVH + ALL + "&ref=again", at=AFTER)

    middle = failure | {"request": loaded("", after="t7")["request"]}
    for failed, later in ((failure, loaded(page(rows(0)))), (failure, anew), (middle, anew)):
        found = heard(log(failed, later))

        assert found.codes == []
        assert found.told.coverage.complete


@pytest.mark.parametrize("failure", FAILURES)
def test_a_page_that_failed_for_good_is_missed(failure: object) -> None:
    for entries in ([loaded(page(rows(3))), failure], [failure, loaded(page(rows(3), "t1"), after="t0", at=AFTER)]):
        found = heard(log(*entries))

        assert found.codes == ["failed-page"]
        assert len(found.interactions) == 3
        assert not found.told.coverage.complete


def test_the_question_whether_a_page_may_be_asked_for_is_no_page() -> None:
    question = loaded("", status=204)
    question["request"]["method"] = "OPTIONS"

    found = heard(log(loaded(page(rows(0))), question))

    assert found.codes == []
    assert found.told.coverage.complete
