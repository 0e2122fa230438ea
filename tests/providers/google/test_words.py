"""What was said, and what was not, in every language."""

from __future__ import annotations

import pytest

from app.model import Kind, Role
from tests.providers.google.takeouts import (
    GEMINI,
    as_json,
    cell,
    done,
    html_takeout,
    page,
    parcel,
    prompted,
    result,
    said,
    said_cell,
    takeout,
    words,
)


def without_link(verb: str, spoken: str, time: str = "2024-03-14T15:10:00Z") -> dict[str, object]:
    return {"header": "Assistant", "title": f"{verb}{spoken}", "time": time, "products": ["Assistant"]}


@pytest.mark.parametrize("spoken", ["what is pepperoni", "2 + 2 = ?", "50 % off & more", "äpfel über alles", "said so"])
@pytest.mark.parametrize("verb", ["Said ", "Vous avez dit ", "Kimondott: "])
def test_the_link_tells_which_words_were_said_in_any_language(verb: str, spoken: str) -> None:
    (item,) = takeout(said(spoken, verb=verb)).interactions

    assert item.kind is Kind.SAID
    assert words(item, Role.REQUEST) == [spoken]
    assert item.label == verb.strip(" :")


@pytest.mark.parametrize(
    "verb",
    [
        "Said ",
        "Vous avez dit ",
        "Gesagt: ",
        "Has dicho ",
        "Hai detto ",
        "Você disse ",
        "Gezegd: ",
        "Vous avez dit\u00a0: ",
    ],
)
def test_known_verbs_need_no_link(verb: str) -> None:
    (item,) = takeout(without_link(verb, "play a song")).interactions

    assert words(item, Role.REQUEST) == ["play a song"]


def test_a_verb_that_a_link_gave_away_explains_the_rows_without_one() -> None:
    rows = [without_link("Kimondott: ", "turn it off"), said("what is rain", verb="Kimondott: ")]

    read = takeout(*rows)

    assert sorted(map(str, read.requests)) == ["turn it off", "what is rain"]


def test_a_verb_behind_the_words_is_learnt_too() -> None:
    behind = [
        {**said("hava nasil", verb=""), "title": "hava nasil dediniz"},
        {**said("saat kac", verb=""), "title": "saat kac dediniz"},
        without_link("isigi kapat", " dediniz"),
    ]

    read = takeout(*behind)

    assert sorted(map(str, read.requests)) == ["hava nasil", "isigi kapat", "saat kac"]


def test_the_commonest_beginning_is_taken_for_the_verb_where_nothing_else_helps() -> None:
    spoken = ["play jazz", "stop", "what time is it", "tell me a story"]
    rows = [without_link("Ön azt mondta ", text) for text in spoken]
    used = [without_link("Assistant", " használata", f"2024-03-14T16:1{n}:00Z") for n in range(9)]

    read = takeout(*rows, *used)

    assert read.requests == spoken
    assert read.told.activities == {"Assistant használata": 9}


def test_the_commonest_ending_is_taken_for_the_verb_where_no_beginning_is() -> None:
    spoken = ["müzik çal", "dur", "saat kaç", "bir masal anlat"]
    rows = [without_link("", f"{text} dedi") for text in spoken]

    read = takeout(*rows, without_link("Asistan", " kullanıldı"))

    assert read.requests == spoken


@pytest.mark.parametrize(
    "title",
    [
        "「{}」と言いました",
        "「 {}」と言いました",
        "{} と言いました",
        "'{}'라고 말함",
        "{}라고 말함",
        "您说了“{}”",
        "说了{}",
        "說了「{}」",
        "{} dediniz",
    ],
)
def test_known_verbs_behind_and_around_the_words_need_no_link(title: str) -> None:
    (item,) = takeout(without_link("", title.format("今何時 5"))).interactions

    assert words(item, Role.REQUEST) == ["今何時 5"]


def test_a_verb_of_the_assistant_within_a_prompt_to_gemini_is_the_familys_own_word() -> None:
    (item,) = takeout(prompted("母は「はい」と言いました", "<p>x</p>"), folder=GEMINI).interactions

    assert words(item, Role.REQUEST) == ["母は「はい」と言いました"]


def test_what_nobody_said_is_activity_counted_by_its_name() -> None:
    times = [f"2024-03-14T16:{n}0:00Z" for n in range(4)]
    rows = [
        *(done("Application utilisée : Assistant", time) for time in times),
        done('"Maps" sélectionné'),
        said("quel temps fait-il", verb="Vous avez dit "),
    ]

    read = takeout(*rows)

    assert read.told.activities == {"Application utilisée : Assistant": 4, '"Maps" sélectionné': 1}
    assert [item.kind for item in read.interactions].count(Kind.ACTIVITY) == 5
    assert read.requests == ["quel temps fait-il"]


@pytest.mark.parametrize(
    "title",
    ["Unknown voice command", "Commande vocale inconnue", "Unbekannter Sprachbefehl", "Comando vocale sconosciuto"],
)
def test_an_unknown_voice_command_is_something_said_without_words(title: str) -> None:
    (item,) = takeout(done(title)).interactions

    assert item.kind is Kind.SAID
    assert words(item, Role.REQUEST) == []
    assert words(item, Role.NOTE) == [title]


def test_a_row_with_a_sound_was_said_even_if_its_language_is_unknown() -> None:
    row = {**done("Ismeretlen hangutasítás"), "audioFiles": ["2024-03-14_15_10_00_250_UTC.mp3"]}

    (item,) = takeout(row).interactions

    assert item.kind is Kind.SAID


def test_a_link_that_is_no_search_holds_no_words() -> None:
    row = {**done("Opened a page"), "titleUrl": "https://www.google.com/url?q=https://example.com/&usg=x"}

    (item,) = takeout(row).interactions

    assert item.kind is Kind.ACTIVITY


def test_answers_follow_the_request_and_results_with_a_link_are_none() -> None:
    subtitles = [{"name": "It is a sausage."}, {}, {"name": "A page", "url": "https://example.com"}, "odd", {"name": 3}]

    (item,) = takeout(said("what is pepperoni", subtitles=subtitles)).interactions

    assert [(turn.role, turn.text) for turn in item.turns] == [
        (Role.REQUEST, "what is pepperoni"),
        (Role.RESPONSE, "It is a sausage."),
    ]


def test_an_unrecognised_speaker_is_no_person() -> None:
    row = said("hello", details=[{"name": "Started by hotword"}, {"name": "From unrecognized speaker"}])

    (item,) = takeout(row).interactions

    assert item.person is None


def test_half_a_surrogate_pair_does_not_stop_the_reading() -> None:
    row = {**done("Said hello \ud800"), "subtitles": [{"name": "\udfff"}]}

    (item,) = takeout(row).interactions

    assert words(item, Role.REQUEST) == ["hello \ufffd"]
    assert words(item, Role.RESPONSE) == ["\ufffd"]


def test_gemini_prompts_are_said_and_the_rest_is_activity_named_by_its_verb() -> None:
    rows = [
        prompted(
            "Prompted tell me a joke", "<p>Why did the <b>hen</b>&hellip;</p><ul><li>a</li><li>b</li></ul>", "<p>2</p>"
        ),
        prompted("Asked what is rain", time="2026-01-05T08:00:02Z"),
        prompted("Branched the story of our dog", time="2026-01-05T08:00:03Z"),
        prompted("Created a canvas about mum", "<p>x</p>", time="2026-01-05T08:00:04Z"),
        prompted("Gave feedback: Good response", time="2026-01-05T08:00:05Z"),
    ]

    read = takeout(*rows, folder=GEMINI)

    assert read.requests == ["tell me a joke", "what is rain"]
    assert words(read.interactions[0], Role.RESPONSE) == ["Why did the hen…\na\nb", "2"]
    assert read.told.activities == {"Branched": 1, "Created": 1, "Gave": 1}


def test_a_gemini_prompt_in_an_unknown_language_is_known_by_its_answer() -> None:
    (item,) = takeout(prompted("Kérdés volt", "<p>Felelet</p>"), folder=GEMINI).interactions

    assert item.kind is Kind.SAID
    assert words(item, Role.REQUEST) == ["Kérdés volt"]


def test_the_conversation_of_a_prompt_is_kept_with_the_record() -> None:
    row = prompted("Prompted hi", details=[{"name": "x", "url": "https://gemini.google.com/app/0123abc"}])

    (item,) = takeout(row, folder=GEMINI).interactions

    assert b"https://gemini.google.com/app/0123abc" in item.raw


def test_a_row_of_another_product_among_the_assistants_is_activity() -> None:
    search = {**said("cheap flights", verb="Searched for "), "header": "Search", "products": ["Search"]}

    read = takeout(said("hello"), search)

    assert read.requests == ["hello"]
    assert read.told.activities == {"Search": 1}


HTML_DATE = "Mar 14, 2024, 3:10:00\u202fPM UTC"


def around_the_words() -> tuple[str, str, list[dict[str, object]], list[str]]:
    return (
        "around the words, learnt from a link",
        "Assistant",
        [
            {**said("mikor", verb=""), "title": "Azt (mikor) mondta"},
            {**said("hol", "2024-03-14T15:10:00Z", verb=""), "title": "Azt (hol) mondta"},
            without_link("", "Azt (miért) mondta"),
        ],
        [
            cell(f'Azt (&nbsp;<a href="https://www.google.com/search?q=mikor">mikor</a>) mondta<br>{HTML_DATE}'),
            cell(f'Azt (&nbsp;<a href="https://www.google.com/search?q=hol">hol</a>) mondta<br>{HTML_DATE}'),
            cell(f"Azt (miért) mondta<br>{HTML_DATE}"),
        ],
    )


def pairs() -> list[tuple[str, str, list[dict[str, object]], list[str]]]:
    gemini_date = "Jan 5, 2026, 8:00:01 AM UTC"
    picture = '- <a href="x.png">x.png</a>'
    return [
        ("said", "Assistant", [said("what is pepperoni & co")], [said_cell("what is pepperoni & co", HTML_DATE)]),
        (
            "answered",
            "Assistant",
            [said("äh", subtitles=[{"name": "Sorry?"}])],
            [said_cell("äh", "14.03.2024, 16:10:00 MEZ", answer="Sorry?")],
        ),
        (
            "in French",
            "Assistant",
            [said("bonjour", verb="Vous avez dit ")],
            [said_cell("bonjour", HTML_DATE, "Vous avez dit")],
        ),
        around_the_words(),
        ("activity", "Assistant", [done("Used Assistant")], [cell(f"Used Assistant<br>{HTML_DATE}")]),
        (
            "alike within a second",
            "Assistant",
            [said("stop", "2024-03-14T15:10:00.900Z"), said("stop", "2024-03-14T15:10:00.100Z")],
            [said_cell("stop", HTML_DATE), said_cell("stop", HTML_DATE)],
        ),
        (
            "prompt of two lines with a picture",
            "Gemini Apps",
            [prompted("Prompted one\ntwo", "<p>ok</p>", subtitles=[{"name": "Attached 1 file."}])],
            [
                cell(
                    f"Prompted&nbsp;one<br>two<br>Attached 1 file.<br>{picture}<br>{gemini_date}<br><p>ok</p>",
                    "Gemini Apps",
                )
            ],
        ),
    ]


@pytest.mark.parametrize(
    ("name", "product", "rows", "cells"), pairs(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_html_and_json_of_the_same_activity_have_the_same_identities(
    name: str, product: str, rows: list[dict[str, object]], cells: list[str]
) -> None:
    folder = f"Takeout/My Activity/{product}"

    from_json, from_html = takeout(*rows, folder=folder), html_takeout(*cells, folder=folder)

    assert from_json.identities == from_html.identities
    assert len(set(from_json.identities)) == len(rows)
    assert [words(item, Role.RESPONSE) for item in from_json.interactions] == [
        words(item, Role.RESPONSE) for item in from_html.interactions
    ]


def test_case_and_spaces_do_not_change_an_identity_but_product_and_words_do() -> None:
    def identity(title: str, product: str = "Assistant") -> str:
        row = {**done(title), "header": product, "products": [product]}
        return takeout(row, folder=f"Takeout/My Activity/{product}").identities[0]

    first = identity("Said what is  RAIN")

    assert identity("Vous avez dit what is rain") == first
    assert identity("Said what is snow") != first
    assert identity("Said what is rain", "Voice and Audio") != first


def test_an_answer_that_looks_like_a_time_is_not_taken_for_the_time_of_a_prompt() -> None:
    date = "Jan 5, 2026, 8:00:01 AM UTC"
    body = f"Prompted&nbsp;when was it<br>{date}<br><p>3 May 2020, 10:00:00 UTC</p>"

    (item,) = html_takeout(cell(body, "Gemini Apps"), folder=GEMINI).interactions

    assert item.at.raw == date
    assert words(item, Role.RESPONSE) == ["3 May 2020, 10:00:00 UTC"]


def test_json_and_html_of_one_product_merge_and_are_counted_once() -> None:
    files = {
        "Takeout/My Activity/Assistant/MyActivity.json": b"\xef\xbb\xbf" + as_json(done("Used Assistant")),
        "Takeout/My Activity/Assistant/MyActivity.html": page(cell(f"Used Assistant<br>{HTML_DATE}")),
    }

    read = result(parcel("takeout.zip", files))

    assert len(read.identities) == 2
    assert len(set(read.identities)) == 1
    assert read.told.activities == {"Used Assistant": 1}
