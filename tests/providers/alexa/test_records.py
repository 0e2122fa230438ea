"""A record of any generation keeps all its turns, and its identity."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.model import Device, Interaction, Kind, Layer, Person, Role
from tests.providers.alexa.pages import (
    ACCOUNT,
    KIDS,
    KITCHEN,
    T0,
    activity,
    dumped,
    heard,
    item,
    key,
    page,
    rah_page,
    said,
    utterance,
)

ANN = {"personId": "amzn1.actor.person.oid.1", "personFirstName": "Ann", "personType": "ADULT"}


def one(row: dict[str, Any]) -> Interaction:
    """The interaction that a page with *row* alone holds."""
    (interaction,) = heard(dumped(page([row]))).interactions
    return interaction


def turns(interaction: Interaction) -> list[tuple[Role, str | None]]:
    return [(turn.role, turn.text) for turn in interaction.turns]


def test_a_record_is_read_with_everything_it_says() -> None:
    row = said("alexa sing", "la la", personsInfo=[ANN])

    interaction = one(row)

    assert interaction.identity == key()
    assert interaction.account == ACCOUNT
    assert interaction.at.ms == T0
    assert interaction.kind is Kind.SAID
    assert interaction.device == Device(KITCHEN, "Kitchen")
    assert interaction.person == Person(ANN["personId"], "Ann", "ADULT")
    assert (interaction.skill, interaction.label, interaction.accidental) == ("Songs", "GENERAL", False)
    assert turns(interaction) == [(Role.REQUEST, "alexa sing"), (Role.RESPONSE, "la la")]
    assert interaction.recordings == ()
    assert json.loads(interaction.raw) == row


def test_all_generations_give_the_same_identity() -> None:
    found = [
        heard(dumped(page([said()]))),
        heard(dumped(rah_page([utterance()]))),
        heard(dumped({"activities": [activity()], "startDate": T0, "endDate": T0})),
        heard(dumped([{"data": said(), "name": "Kitchen", "creationTimestamp": T0}])),
        heard(dumped([activity()])),
    ]

    assert {heard_one.interactions[0].identity for heard_one in found} == {key()}


def test_every_item_becomes_a_turn_in_the_order_of_the_file() -> None:
    items = [
        item("ALEXA_RESPONSE", "did you mean that?"),
        item("PROFILE", None, 0, personsInfo=[ANN]),
        item("CUSTOMER_TRANSCRIPT", "yes\n"),
        item("ASR_REPLACEMENT_TEXT", ""),
        item("ASR_REPLACEMENT_TEXT", "No text stored"),
        item("ASR_REPLACEMENT_TEXT", "the real words"),
        item("ASR_EXPECTED_TEXT", "yes please"),
        item("TTS_REPLACEMENT_TEXT", "good"),
        item("ALEXA_RESPONSE", None),
        item("SOMETHING_NEW", "what is this"),
    ]

    interaction = one(said(voiceHistoryRecordItems=items))

    assert turns(interaction) == [
        (Role.RESPONSE, "did you mean that?"),
        (Role.PROFILE, None),
        (Role.REQUEST, "yes\n"),
        (Role.REQUEST, ""),
        (Role.NOTE, "No text stored"),
        (Role.REQUEST, "the real words"),
        (Role.REQUEST, "yes please"),
        (Role.RESPONSE, "good"),
        (Role.RESPONSE, None),
        (Role.NOTE, "what is this"),
    ]
    assert [turn.vendor_type for turn in interaction.turns] == [given["recordItemType"] for given in items]
    assert [turn.at_ms for turn in interaction.turns][:2] == [T0, None]
    assert interaction.person == Person(ANN["personId"], "Ann", "ADULT")


@pytest.mark.parametrize(
    "text", ["No text stored", "Audio was not intended for Alexa", "tap / routine", "“Kein Text gespeichert”"]
)
def test_what_the_vendor_writes_in_place_of_words_is_no_request(text: str) -> None:
    interaction = one(said(voiceHistoryRecordItems=[item("ASR_REPLACEMENT_TEXT", text)]))

    assert turns(interaction) == [(Role.NOTE, text)]
    assert Layer.REQUEST not in interaction.layers


@pytest.mark.parametrize(
    ("label", "accidental"),
    [
        ("WAKE_WORD_ONLY", True),
        ("FALSE_WAKE_WORD_2P", True),
        ("NO_EXPRESSED_INTENT_SILENCE", True),
        ("ASR_TIMEOUT", True),
        ("DISCARDED_NON_DEVICE_DIRECTED_INTENT", True),
        ("DEVICE_ARBITRATION", False),
        ("NO_TEXT_OR_AUDIO_STORED", False),
        ("GENERAL", False),
        ("INVALID", False),
    ],
)
def test_only_what_the_vendor_calls_unmeant_is_accidental(label: str, accidental: bool) -> None:
    interaction = one(said(utteranceType=label))

    assert (interaction.label, interaction.accidental) == (label, accidental)


@pytest.mark.parametrize("info", [ANN, [ANN], [{"personId": "x"}, ANN], ["?", ANN, {"personFirstName": "Bob"}]])
def test_a_person_is_found_in_every_shape(info: object) -> None:
    interaction = one(said(personsInfo=info))

    assert interaction.person == Person(ANN["personId"], "Ann", "ADULT")


@pytest.mark.parametrize("info", [None, [], {}, "Ann", 7, [[]], {"personFirstName": 3}])
def test_nobody_is_named_where_the_file_names_nobody(info: object) -> None:
    assert one(said(personsInfo=info)).person is None


@pytest.mark.parametrize(
    ("info", "name"),
    [
        ({"deviceName": "Den", "deviceSerialNumber": "other"}, "Den"),
        ([{"deviceName": "Den"}], "Den"),
        ([], ""),
        (None, ""),
        ({"deviceName": None}, ""),
        ("Den", ""),
    ],
)
def test_a_device_is_the_serial_of_the_key_under_the_name_that_is_given(info: object, name: str) -> None:
    (interaction,) = heard(dumped(rah_page([utterance(deviceInfo=info)]))).interactions

    assert interaction.device == Device(KITCHEN, name)


def test_a_key_without_a_device_takes_the_serial_from_elsewhere() -> None:
    row = said(serial="DEVICE_UNSPECIFIED", device={"deviceName": "Den", "serialNumber": KIDS})

    assert one(row).device == Device(KIDS, "Den")


@pytest.mark.parametrize("stamp", [None, T0, str(T0), float(T0), T0 // 1000, "2023-11-14T22:13:20Z"])
def test_a_time_is_understood_in_every_shape(stamp: object) -> None:
    found = heard(dumped(page([said(timestamp=stamp)])))

    assert found.interactions[0].at.ms == T0
    assert found.issues == []


@pytest.mark.parametrize("stamp", [True, -1, 0, 10**30, float("nan"), float("inf"), "soon", [], {}, "1e999"])
def test_an_impossible_time_is_an_issue_and_the_key_tells_the_time(stamp: object) -> None:
    found = heard(dumped(page([said(timestamp=stamp)])))

    assert found.interactions[0].at.ms == T0
    assert [(issue.code, issue.row) for issue in found.issues] == [("impossible-time", 1)]
    assert not found.told.coverage.complete


def test_a_record_without_any_possible_time_is_an_issue_and_the_rest_goes_on() -> None:
    lost = said(recordKey="", timestamp=-5)

    found = heard(dumped(page([lost, said()])))

    assert found.codes == ["impossible-time"]
    assert len(found.interactions) == 1


def test_damaged_rows_are_issues_with_their_row_and_the_rest_goes_on() -> None:
    rows = [said(ms=T0), 7, None, said(ms=T0 + 1, voiceHistoryRecordItems="?"), [], said(ms=T0 + 2)]

    found = heard({"folder/page.json": dumped(page(rows))})

    assert [interaction.at.ms for interaction in found.interactions] == [T0, T0 + 1, T0 + 2]
    assert sorted((issue.row or 0, issue.code) for issue in found.issues) == [
        (row, "damaged-row") for row in (2, 3, 4, 5)
    ]
    assert {issue.path for issue in found.issues} == {"folder/page.json"}
    assert not found.told.coverage.complete


def test_a_damaged_item_is_an_issue_and_the_other_items_stay() -> None:
    items = [item("CUSTOMER_TRANSCRIPT", 5), "?", item("ALEXA_RESPONSE", "yes")]

    found = heard(dumped(page([said(voiceHistoryRecordItems=items)])))

    assert turns(found.interactions[0]) == [(Role.REQUEST, None), (Role.RESPONSE, "yes")]
    assert found.codes == ["damaged-row"]


def test_split_characters_and_nul_do_not_reach_the_library() -> None:
    row = said()
    text = (
        json.dumps(page([row])).replace("alexa sing", r"a\ud83d b\u0000c \ud83d\ude00").replace("Kitchen", r"K\udc00")
    )

    interaction = heard(text.encode()).interactions[0]

    assert interaction.turns[0].text == "a\ufffd bc \U0001f600"
    assert interaction.device == Device(KITCHEN, "K\ufffd")


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ('{"summary":"alexa sing"}', [(Role.REQUEST, "alexa sing")]),
        ('{"summary":""}', [(Role.REQUEST, "")]),
        ({"summary": "alexa sing"}, [(Role.REQUEST, "alexa sing")]),
        (r'{"summary":"a\ud83d"}', [(Role.REQUEST, "a\ufffd")]),
        ("not JSON", [(Role.NOTE, "not JSON")]),
        ('{"summary":null}', []),
        (None, []),
        ("", []),
    ],
)
def test_an_old_activity_says_what_its_description_says(description: object, expected: object) -> None:
    (interaction,) = heard(dumped({"activities": [activity(description=description)]})).interactions

    assert turns(interaction) == expected
    assert (interaction.label, interaction.device) == ("SUCCESS", Device(KITCHEN))


def test_a_record_that_a_tool_wrapped_is_kept_as_the_vendor_wrote_it() -> None:
    inner = json.dumps(said(), separators=(" ,", " :  "))
    wrapped = f'[{{"note": {{"data": {{}}}}, "data" :\n{inner}, "name": "Kitchen", "alexaResponse": "la la"}}]'

    (interaction,) = heard(wrapped.encode()).interactions

    assert interaction.raw == inner.encode()
    assert turns(interaction) == [(Role.REQUEST, "alexa sing"), (Role.RESPONSE, "la la")]


def test_a_tools_own_record_gives_the_answer_that_the_vendors_one_lacks() -> None:
    wrapped = {"data": activity(), "name": "Kitchen", "creationTimestamp": T0, "alexaResponse": "la la"}

    (interaction,) = heard(dumped([wrapped])).interactions

    assert turns(interaction) == [(Role.REQUEST, "alexa sing"), (Role.RESPONSE, "la la")]
    assert interaction.device == Device(KITCHEN, "Kitchen")


def test_a_record_that_a_tool_wrote_anew_keeps_a_stable_identity() -> None:
    row = {
        "deviceType": "A1",
        "creationTimestamp": T0,
        "deviceSerialNumber": KITCHEN,
        "utteranceType": "GENERAL",
        "description": {"summary": "sing"},
        "alexaResponse": "la la",
    }
    other = row | {"description": {"summary": "stop"}}

    first, second = heard(dumped([row, other])).interactions
    again = heard(dumped(dict(reversed(row.items())))).interactions[0]

    assert turns(first) == [(Role.REQUEST, "sing"), (Role.RESPONSE, "la la")]
    assert first.device == Device(KITCHEN)
    assert first.identity == again.identity != second.identity


def test_no_item_is_lost_or_invented() -> None:
    kinds = ("CUSTOMER_TRANSCRIPT", "ALEXA_RESPONSE", "PROFILE", "TTS_REPLACEMENT_TEXT", "NEW")
    rows = [
        said(ms=T0 + n, voiceHistoryRecordItems=[item(kinds[(n + i) % 5], f"{n} {i}") for i in range(n % 8)])
        for n in range(60)
    ]

    found = heard(dumped(page(rows)))

    texts = [[turn.text for turn in interaction.turns] for interaction in found.interactions]
    assert texts == [[given["transcriptText"] for given in row["voiceHistoryRecordItems"]] for row in rows]


WORDLESS = utterance(title="Story")
del WORDLESS["voiceHistoryRecordItems"]
BOTH = {Layer.REQUEST, Layer.RESPONSE}


@pytest.mark.parametrize(
    ("rows", "left_open"),
    [
        (rah_page([WORDLESS]), BOTH),
        (rah_page([WORDLESS | {"voiceHistoryRecordItems": None}]), BOTH),
        (rah_page([WORDLESS | {"voiceHistoryRecordItems": []}]), set()),
        (rah_page([utterance()]), set()),
        (page([said(voiceHistoryRecordItems=[item("CUSTOMER_TRANSCRIPT", None)])]), set()),
        ({"activities": [activity()]}, {Layer.RESPONSE}),
        ({"activities": [activity(None)]}, {Layer.RESPONSE}),
        ([{"data": activity(), "name": "Kitchen", "alexaResponse": "la la"}], set()),
        ([{"data": activity(), "name": "Kitchen", "alexaResponse": ""}], set()),
        ([{"data": WORDLESS, "description": {"summary": "sing"}}], {Layer.RESPONSE}),
        (
            [
                {
                    "creationTimestamp": T0,
                    "conversionDetails": {"CUSTOMER_TRANSCRIPT": [item("CUSTOMER_TRANSCRIPT", "x")]},
                }
            ],
            set(),
        ),
    ],
)
def test_a_form_of_record_that_never_says_the_words_leaves_them_open(rows: object, left_open: set[Layer]) -> None:
    (interaction,) = heard(dumped(rows)).interactions

    assert interaction.unshown == left_open
    assert len(interaction.layers) == len(set(interaction.layers))


def test_a_transcript_that_is_a_placeholder_of_the_vendors_is_no_request() -> None:
    kept = [item("CUSTOMER_TRANSCRIPT", "No text stored"), item("CUSTOMER_TRANSCRIPT", "“Text not available”")]
    words = [item("CUSTOMER_TRANSCRIPT", "no text stored"), item("CUSTOMER_TRANSCRIPT", "No text stored please")]

    interaction = one(said(voiceHistoryRecordItems=kept + words))

    assert [turn.role for turn in interaction.turns] == [Role.NOTE, Role.NOTE, Role.REQUEST, Role.REQUEST]
    assert [turn.text for turn in interaction.turns] == [given["transcriptText"] for given in kept + words]


@pytest.mark.parametrize("name", ["csrfToken", "sessionId", "Cookie", "authorization", "x-auth-token", "password"])
def test_a_secret_beside_the_fields_of_a_record_is_not_kept(name: str) -> None:
    row = said("alexa sing “über” 😀", unheard="of")

    interaction = one({name: "SECRET", **row})

    assert json.loads(interaction.raw) == row
    assert turns(interaction)[0] == (Role.REQUEST, "alexa sing “über” 😀")
