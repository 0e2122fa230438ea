"""The words of a conversation find it, wherever in the drop they lie."""

from __future__ import annotations

from app.model import Kind, Layer, Role
from tests.providers.alexa.pages import (
    ACCOUNT,
    T0,
    conversation,
    dumped,
    heard,
    item,
    loaded,
    log,
    rah_page,
    turn,
    utterance,
)

TURNS = [
    turn("AGENT", None, "2023-11-14T22:13:22Z", variants=["it is ten", "ten"]),
    turn("USER", "what time is it", "2023-11-14T22:13:20Z"),
    turn("SYSTEM", "?", "2023-11-14T22:13:21.500Z"),
]
WORDS = [(Role.REQUEST, "what time is it"), (Role.NOTE, "?"), (Role.RESPONSE, "it is ten")]
LIST = dumped(rah_page([conversation("c-1"), utterance(T0 + 5)]))
DETAILS = dumped({"conversationTurns": TURNS})
DETAIL_PATH = f"/csd/customer-conversation-detail?conversationId=c-1&customerId={ACCOUNT}&timestamp={T0}&sort=ASCENDING"
LIST_PATH = "/rah/alexa-history-records-v2?startTime=0&endTime=2147483647000"


def test_a_conversation_is_one_interaction_with_the_turns_in_order() -> None:
    found = heard({"list.json": LIST, "c-1.json": DETAILS})

    talk = found.interactions[-1]
    assert (talk.identity, talk.kind, talk.account) == ("conversation:c-1", Kind.CONVERSATION, ACCOUNT)
    assert (talk.label, talk.at.ms, talk.device) == ("Date/Time Request", T0, None)
    assert [(each.role, each.text) for each in talk.turns] == WORDS
    assert found.issues == []


def test_the_details_are_joined_by_the_address_in_a_log_whichever_comes_first() -> None:
    details, listing = (
        loaded({"conversationTurns": TURNS}, DETAIL_PATH),
        loaded(rah_page([conversation("c-1")]), LIST_PATH),
    )

    before, after = heard(log(details, listing)), heard(log(listing, details))

    assert before.interactions == after.interactions
    assert [(each.role, each.text) for each in before.interactions[0].turns] == WORDS


def test_the_details_are_joined_by_an_id_inside_or_by_what_was_said() -> None:
    record = conversation("c-1", voiceHistoryRecordItems=[item("PROFILE", None, utteranceId=TURNS[0]["utteranceId"])])
    inside = {"list.json": LIST, "x.json": dumped({"conversationId": "c-1", "conversationTurns": TURNS})}
    utterances = {"list.json": dumped(rah_page([record])), "x.json": DETAILS}

    joined = [heard(inside).interactions[-1].turns, heard(utterances).interactions[-1].turns[1:]]

    assert [[(each.role, each.text) for each in turns] for turns in joined] == [WORDS, WORDS]


def test_details_seen_twice_count_once() -> None:
    details = loaded({"conversationTurns": TURNS}, DETAIL_PATH)

    found = heard(log(details, loaded(rah_page([conversation("c-1")]), LIST_PATH), details))

    assert len(found.interactions[0].turns) == 3


def test_details_of_a_conversation_that_no_list_shows_are_kept() -> None:
    found = heard(log(loaded({"conversationTurns": TURNS}, DETAIL_PATH)))

    (talk,) = found.interactions
    assert (talk.identity, talk.account, talk.at.ms) == ("conversation:c-1", ACCOUNT, T0)
    assert [(each.role, each.text) for each in talk.turns] == WORDS
    assert not found.told.coverage.complete


def test_details_that_belong_to_nothing_are_an_issue() -> None:
    found = heard({"list.json": LIST, "other.json": DETAILS})

    assert "unjoined-conversation" in found.codes
    assert not found.told.coverage.complete


def test_damaged_turns_are_issues_and_the_others_stay() -> None:
    details = {"conversationId": "c-1", "conversationTurns": [7, *TURNS, {"fragment": "?", "createTime": []}]}

    found = heard({"list.json": LIST, "x.json": dumped(details)})

    texts = [each.text for each in found.interactions[-1].turns]
    assert sorted(filter(None, texts)) == ["?", "it is ten", "what time is it"]
    assert len(texts) == 4
    assert found.codes == ["damaged-row"]


def test_a_conversation_whose_words_are_not_there_says_so() -> None:
    found = heard(LIST)

    assert [interaction.turns for interaction in found.interactions if interaction.kind is Kind.CONVERSATION] == [()]
    assert found.codes == ["conversation-without-words"]
    assert found.told.coverage.complete


def test_words_of_a_conversation_that_was_not_opened_are_left_open() -> None:
    details = {"conversationId": "c-1", "conversationTurns": TURNS}
    silent = {"conversationId": "c-1", "conversationTurns": []}

    found = [heard({"list.json": LIST} | more).interactions for more in _more(details, silent)]

    talks = [next(one for one in read if one.kind is Kind.CONVERSATION) for read in found]
    assert [talk.unshown for talk in talks] == [{Layer.REQUEST, Layer.RESPONSE}, set(), set()]


def _more(*details: object) -> list[dict[str, bytes]]:
    return [{}, *({"c-1.json": dumped(one)} for one in details)]
