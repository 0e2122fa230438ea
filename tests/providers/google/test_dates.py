"""The forms in which Google writes times."""

from __future__ import annotations

import pytest

from app.model import Certainty
from app.providers.google import dates

EXACT, NAMED, ASSUMED = Certainty.EXACT, Certainty.ZONE_NAME, Certainty.ASSUMED

FORMS = [
    ("2018-02-02T02:05:07.765Z", "2018-02-02T02:05:07.765", EXACT),
    ("2018-02-02T02:05:07Z", "2018-02-02T02:05:07.000", EXACT),
    ("2018-02-02T02:05:07.765", "2018-02-02T02:05:07.765", ASSUMED),
    ("2018-02-02T02:05:07+01:00", "2018-02-02T01:05:07.000", EXACT),
    ("Jan 15, 2021, 6:54:12 PM BST", "2021-01-15T17:54:12.000", NAMED),
    ("Jan 15, 2021, 6:54:12 PM UTC", "2021-01-15T18:54:12.000", EXACT),
    ("Jan 15, 2017, 6:54:12 PM", "2017-01-15T18:54:12.000", ASSUMED),
    ("Jun 23, 2023, 2:43:45\u202fPM", "2023-06-23T14:43:45.000", ASSUMED),
    ("Jun 23, 2023, 2:43:45\u202fPM EDT", "2023-06-23T18:43:45.000", NAMED),
    ("Dec\xa01, 2021, 12:00:00\xa0AM\xa0PST", "2021-12-01T08:00:00.000", NAMED),
    ("Dec 1, 2021, 12:30:00 PM PST", "2021-12-01T20:30:00.000", NAMED),
    ("23 Jun 2023, 14:43:45", "2023-06-23T14:43:45.000", ASSUMED),
    ("23 Jun 2023, 14:43:45 GMT+02:00", "2023-06-23T12:43:45.000", EXACT),
    ("23 Jun 2023, 14:43:45 UTC−3", "2023-06-23T17:43:45.000", EXACT),
    ("23 Jun 2023, 14:43:45 CEST", "2023-06-23T12:43:45.000", NAMED),
    ("23 Jan 2023, 14:43:45 CET", "2023-01-23T13:43:45.000", NAMED),
    ("23 Jan 2023, 14:43:45 EST", "2023-01-23T19:43:45.000", NAMED),
    ("23 Jan 2023, 14:43:45 XYZT", "2023-01-23T14:43:45.000", ASSUMED),
    ("23.06.2023, 14:43:45 MESZ", "2023-06-23T12:43:45.000", NAMED),
    ("5. März 2023, 14:43:45 MEZ", "2023-03-05T13:43:45.000", NAMED),
    ("12 août 2023, 00:00:01 UTC", "2023-08-12T00:00:01.000", EXACT),
    ("23 juil. 2023 à 14:43:45 UTC+2", "2023-07-23T12:43:45.000", EXACT),
    ("23 févr. 2023, 14:43:45 HNEC", "2023-02-23T13:43:45.000", NAMED),
    ("23 ago 2023, 2:43:45 p. m. CEST", "2023-08-23T12:43:45.000", NAMED),
    ("23 set 2023, 14:43:45 CEST", "2023-09-23T12:43:45.000", NAMED),
    ("23 giu 2023, 14:43:45 CEST", "2023-06-23T12:43:45.000", NAMED),
    ("23 de out. de 2023, 14:43:45 BRT", "2023-10-23T17:43:45.000", NAMED),
    ("2 mrt 2023 om 10:00:00 CET", "2023-03-02T09:00:00.000", NAMED),
    ("13 mei 2023 10:00:00 CEST", "2023-05-13T08:00:00.000", NAMED),
    ("6/23/2023, 2:43:45 PM EDT", "2023-06-23T18:43:45.000", NAMED),
    ("23/06/2023, 14:43:45 CEST", "2023-06-23T12:43:45.000", NAMED),
    ("2021/01/15 18:54:12 JST", "2021-01-15T09:54:12.000", NAMED),
    ("2021年1月15日 18:54:12 JST", "2021-01-15T09:54:12.000", NAMED),
]


@pytest.mark.parametrize(("text", "utc", "certainty"), FORMS)
def test_every_form_of_a_time_is_understood(text: str, utc: str, certainty: Certainty) -> None:
    moment = dates.parse(text)

    assert moment is not None
    assert moment.utc.isoformat(timespec="milliseconds") == f"{utc}+00:00"
    assert (moment.raw, moment.certainty) == (text, certainty)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("names", [line for line in dates._MONTHS.split("\n") if line])
def test_the_months_of_every_language_are_known(names: str, month: int) -> None:
    moment = dates.parse(f"3 {names.split()[month - 1]} 2022, 10:00:00 UTC")

    assert moment is not None
    assert moment.utc.month == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "2009-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "2023-02-30T10:00:00Z",
        "99 Jun 2023, 14:43:45",
        "23 Jun 2023, 25:43:45",
        "it is 12:30",
        "On Jun 3, 2021 at 12:30 it rained",
        "see you 3 Jun 2021",
        "1" * 5000,
    ],
)
def test_what_is_no_moment_or_cannot_be_is_none(text: str) -> None:
    assert dates.parse(text) is None


def test_a_moment_is_found_within_a_sentence() -> None:
    moment = dates.find("Archive créée le 15 janv. 2021 à 18:54:12 UTC, merci.")

    assert moment is not None
    assert moment.utc.isoformat() == "2021-01-15T18:54:12+00:00"
