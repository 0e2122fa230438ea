"""The forms in which Google writes times."""

from __future__ import annotations

import pytest

from app.model import Certainty
from app.providers.google import dates
from tests.providers.google.takeouts import html_takeout, said_cell

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
    ("23 May 2023, 10:00:00 IDT", "2023-05-23T07:00:00.000", NAMED),
    ("2023年1月23日 14:43:45 CST", "2023-01-23T06:43:45.000", NAMED),
    ("23 בינו׳ 2023, 14:43:45 IST", "2023-01-23T12:43:45.000", NAMED),
    ("২৩ জানু, ২০২৩ 14:43:45 BST", "2023-01-23T08:43:45.000", NAMED),
    ("23 Jan 2023, 14:43:45 CST", "2023-01-23T20:43:45.000", NAMED),
    ("23 Jan 2023, 14:43:45 IST", "2023-01-23T09:13:45.000", NAMED),
    ("2023-01-23 14:43:45 EST", "2023-01-23T19:43:45.000", NAMED),
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


# Each line the twelve months as a sentence writes them, from other sources than the file that is read.
MONTHS = """
en january february march april may june july august september october november december
de januar februar marz april mai juni juli august september oktober november dezember
fr janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
pt janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
nl januari februari maart april mei juni juli augustus september oktober november december
nb januar februar marts april maj juni juli august september oktober november desember
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
tr ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
cs ledna února března dubna května června července srpna září října listopadu prosince
fi tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta
 joulukuuta
el Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου
he בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
hi जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
th มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
"""


@pytest.mark.parametrize("line", MONTHS.replace("\n ", " ").strip().split("\n"), ids=lambda line: line[:2])
def test_the_months_of_every_language_are_known(line: str) -> None:
    moments = [dates.parse(f"3 {name} 2022, 10:00:00 UTC") for name in line.split()[1:]]

    assert [moment and moment.utc.month for moment in moments] == list(range(1, 13))


NOON = [
    "10 дек. 2026 г., 12:10:10 UTC",
    "10 декабря 2026 г. в 12:10:10 UTC",
    "10 груд. 2026 р., 12:10:10 UTC",
    "١٠\u200f/١٢\u200f/٢٠٢٦، ١٢:١٠:١٠ م UTC",
    "10\u200f/12\u200f/2026، 12:10:10 م UTC",
    "10 ديسمبر 2026، 12:10:10 م غرينتش",
    "10 كانون الأول 2026، 14:10:10 غرينتش+2",
    "10 בדצמ׳ 2026, 12:10:10 UTC",
    "10 בדצמ' 2026, 14:10:10 GMT+2\u200e",
    "10 Δεκ 2026, 12:10:10 μ.μ. UTC",
    "10 दिस॰ 2026, 12:10:10 pm UTC",
    "१० डिसें, २०२६, १२:१०:१० PM UTC",
    "10 ธ.ค. 2026 12:10:10 UTC",
    "10 ธ.ค. 2569 12:10:10 UTC",
    "๑๐ ธันวาคม พ.ศ. ๒๕๖๙ เวลา ๑๒:๑๐:๑๐ UTC",
    "12:10:10 UTC, 10 thg 12, 2026",
    "12:10:10 UTC 10 thg 12, 2026",
    "10 thg 12, 2026, 12:10:10 CH UTC",
    "10.12.2026 klo 12.10.10 UTC",
    "10. joulukuuta 2026 klo 12.10.10 UTC",
    "10. dec. 2026 kl. 12.10.10 UTC",
    "2026. 12. 10. 오후 12:10:10 UTC",
    "2026년 12월 10일 오후 12:10:10 UTC",
    "2026年12月10日下午12:10:10 UTC",
    "2026年12月10日 12时10分10秒 UTC",
    "2026/12/10 午後12:10:10 UTC",
    "2026. dec. 10. 12:10:10 UTC",
    "2026. gada 10. dec. 12:10:10 UTC",
    "2026 m. gruodžio 10 d. 12:10:10 UTC",
    "10-dek, 2026, 12:10:10 UTC",
    "10 de des. 2026, 12:10:10 UTC",
    "10 déc. 2026, 12 h 10 min 10 s UTC",
    "10 de dic de 2026 a las 12:10:10 p. m. UTC",
    "10 de dez. de 2026 às 12:10:10 UTC",
    "10 gru 2026, 12:10:10 UTC",
    "10 Ara 2026 12:10:10 UTC",
    "10/12/2026, 12:10:10 p.m. UTC",
    "12/10/2026, 12:10:10 PM UTC",
    "2026-12-10, 12:10:10 p.m. UTC",
    "2026-12-10T12:10:10Z",
    "10.12.2026, 15:10:10 МСК",
]


@pytest.mark.parametrize("text", NOON)
def test_ten_past_noon_on_10_december_is_read_in_every_language(text: str) -> None:
    moment = dates.parse(text)

    assert moment is not None
    assert moment.utc.isoformat() == "2026-12-10T12:10:10+00:00"


@pytest.mark.parametrize("text", NOON)
def test_it_is_found_within_a_sentence_too(text: str) -> None:
    moment = dates.find(f"X: {text} •")

    assert moment is not None
    assert moment.utc.isoformat() == "2026-12-10T12:10:10+00:00"


def test_rows_of_a_page_come_in_with_their_times_in_every_language() -> None:
    read = html_takeout(*(said_cell(f"word {number}", text) for number, text in enumerate(NOON)))

    assert {item.at.utc.isoformat() for item in read.interactions} == {"2026-12-10T12:10:10+00:00"}
    assert len(read.requests) == len(NOON)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 lis 2026, 10:00:00 CET", 11),
        ("3. lis 2026. 10:00:00 CET", 10),
        ("3. listopada 2026. 10:00:00 CET", 10),
        ("3 lip 2026, 10:00:00 CEST", 7),
        ("3. lip 2026. 10:00:00 CEST", 6),
    ],
)
def test_a_name_that_means_other_months_in_polish_and_croatian_is_told_apart_by_the_dots(text: str, month: int) -> None:
    moment = dates.parse(text)

    assert moment is not None
    assert moment.utc.month == month


def test_a_buddhist_year_counts_only_beside_a_thai_month() -> None:
    assert dates.parse("10 Dec 2569, 12:10:10 UTC") is None


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
        "12:10:10 of what",
        "1" * 5000,
    ],
)
def test_what_is_no_moment_or_cannot_be_is_none(text: str) -> None:
    assert dates.parse(text) is None


def test_a_moment_is_found_within_a_sentence() -> None:
    moment = dates.find("Archive créée le 15 janv. 2021 à 18:54:12 UTC, merci.")

    assert moment is not None
    assert moment.utc.isoformat() == "2021-01-15T18:54:12+00:00"
