from __future__ import annotations

from dataclasses import replace

import pytest

from app.library import Library
from app.library.adding import household_hour, packed, unpacked
from app.model import (
    Device,
    Filter,
    Interaction,
    Kind,
    Layer,
    Person,
    Role,
    Sound,
    SoundState,
    Turn,
)
from tests.library.making import ANNA, EMMA, KIDS, NOON, Item, bring_in, heard, rows_in


def _turns(library: Library, id: int = 1) -> list[tuple[Role, str | None]]:
    return [(turn.role, turn.text) for turn in library.card(id).turns]


def test_a_card_tells_everything_that_the_record_told(library: Library) -> None:
    turns = (
        Turn(Role.RESPONSE, "what is your name?", "ALEXA_RESPONSE", NOON),
        Turn(Role.REQUEST, "emma", "CUSTOMER_TRANSCRIPT", NOON + 1),
        Turn(Role.PROFILE, None, "PROFILE"),
        Turn(Role.REQUEST, "", "ASR_REPLACEMENT_TEXT", -5),
    )
    sound = Sound("1.mp3", SoundState.MISSING, None, None)

    bring_in(library, "first", heard(1, turns=turns, device=KIDS, person=EMMA, sounds=[sound], skill="Quiz"))

    card = library.card(1)
    assert card.turns == turns
    assert card.sounds == (sound,)
    assert (card.identity, card.provider, card.account) == ("home#1", "alexa", "home")
    assert (card.skill, card.label, card.kind, card.certainty) == ("Quiz", "GENERAL", Kind.SAID, "exact")
    assert card.device is not None and card.device.name == "Kids Room"
    assert card.person is not None and card.person.name == "Emma"


def test_a_source_counts_what_is_new_and_what_was_known(library: Library) -> None:
    bring_in(library, "first", heard(1), heard(2))

    second = bring_in(library, "second", heard(2), heard(3), heard(4, kind=Kind.ACTIVITY))

    assert (second.interactions, second.new, second.known) == (3, 2, 1)
    assert second.kinds == {"said": 2, "activity": 1}
    assert second.activities == {"Used Assistant": 2}
    assert second.coverage.why == "cut off"
    assert second.unread == ("odd.bin",)
    assert library.sources()[1] == second


def test_the_same_file_again_adds_no_row_at_all(library: Library) -> None:
    sound = Sound("1.mp3", SoundState.MATCHED, library.seen.keep_sound(b"sound"), 1.0)
    items = (heard(1, sounds=[sound], person=EMMA), heard(2, request=None), heard(3, "", ""))
    bring_in(library, "first", *items)
    before = rows_in(library)

    again = bring_in(library, "first", *reversed(items), at_ms=NOON + 5)

    assert rows_in(library) == before
    assert (again.interactions, again.new, again.brought_in_ms) == (3, 0, NOON)
    assert library.source(again.id).new == 3


def test_a_record_twice_in_one_batch_is_one_interaction(library: Library) -> None:
    source = bring_in(library, "first", heard(1), heard(1), heard(2))

    assert (source.interactions, source.new) == (2, 2)


def test_many_records_are_all_kept(library: Library) -> None:
    bring_in(library, "first", *(heard(number, f"request {number}") for number in range(200)))

    assert [card.turns[0].text for card in library.cards(range(1, 201))] == [f"request {n}" for n in range(200)]


def test_a_known_record_gains_who_spoke_and_where(library: Library) -> None:
    bring_in(library, "first", heard(1, device=None, account=""))
    bring_in(library, "second", heard(1, device=Device("G9"), person=EMMA, skill="Quiz"))

    bring_in(library, "third", heard(1, device=Device("G9", "Bath"), person=ANNA))

    card = library.card(1)
    assert card.device is not None and card.device.name == "Bath"
    assert card.person is not None and card.person.name == "Emma"
    assert (card.account, card.skill) == ("home", "Quiz")


def test_a_known_record_gains_the_turns_of_a_layer_it_had_none_of(library: Library) -> None:
    bring_in(library, "first", heard(1, request=None))
    bring_in(library, "second", heard(1, "alexa hello", "another answer"))

    assert _turns(library) == [(Role.REQUEST, "alexa hello"), (Role.RESPONSE, "once upon a time")]
    assert library.count(Filter(words="hello")) == 1
    assert library.count(Filter(words="once upon")) == 1


def test_an_emptied_request_gains_its_words_and_loses_nothing(library: Library) -> None:
    bring_in(library, "first", heard(1, request=""))

    bring_in(library, "second", heard(1, request="alexa hello"))
    bring_in(library, "third", heard(1, request=""))

    assert _turns(library)[0] == (Role.REQUEST, "alexa hello")
    assert (Role.REQUEST, "") in _turns(library)
    assert len(_turns(library)) == 3


def test_a_missing_sound_is_found_in_a_later_archive(library: Library) -> None:
    bring_in(library, "first", heard(1, sounds=[Sound("1.mp3", SoundState.MISSING, None, None)]))
    digest = library.seen.keep_sound(b"sound")

    bring_in(library, "second", heard(1, sounds=[Sound("1.mp3", SoundState.MATCHED, digest, 2.0)]))
    bring_in(library, "third", heard(1, sounds=[Sound("1.mp3", SoundState.MISSING, None, None)]))
    bring_in(library, "fourth", heard(1, sounds=[Sound("other.mp3", SoundState.MATCHED, digest, 2.0)]))

    assert library.card(1).sounds == (Sound("1.mp3", SoundState.MATCHED, digest, 2.0),)
    assert library.rows([1])[0].recordings == 1
    assert library.ids(Filter(with_sound=True)) == [1]


def test_another_sound_of_a_known_record_is_added(library: Library) -> None:
    first, second = (library.seen.keep_sound(data) for data in (b"one", b"two"))
    bring_in(library, "first", heard(1, sounds=[Sound("1.mp3", SoundState.MATCHED, first, None)]))

    bring_in(library, "second", heard(1, sounds=[Sound("1.mp3", SoundState.MATCHED, second, None)]))

    assert [sound.digest for sound in library.card(1).sounds] == [first, second]


def test_the_same_record_of_two_vendors_is_two(library: Library) -> None:
    bring_in(library, "first", heard(1))
    bring_in(library, "second", heard(1), provider="google")

    assert library.count(Filter()) == 2
    assert library.ids(Filter(providers=frozenset({"google"}))) == [2]


def test_raw_records_come_back_byte_for_byte_from_each_source(library: Library) -> None:
    first = bring_in(library, "first", heard(1, raw=b'{"a": 1}\r\n'), heard(2, raw=b"\x00\xff"))
    second = bring_in(library, "second", heard(2, raw=b'{"b":2}'), heard(2, raw=b'{"b":3}'), heard(2, raw=b'{"b":2}'))

    assert library.seen.raw(first.id, 1) == [b'{"a": 1}\r\n']
    assert library.seen.raw(first.id, 2) == [b"\x00\xff"]
    assert library.seen.raw(second.id, 2) == [b'{"b":2}', b'{"b":3}']
    assert library.seen.raw(second.id, 1) == []


def test_packed_records_are_the_same_when_unpacked() -> None:
    records = [(1 << 40, b"one"), (2, b""), (3, "ä".encode())]

    assert unpacked(3, packed(records)) == records


@pytest.mark.parametrize("field", ["text", "identity", "raw time", "device", "person", "label"])
def test_half_a_character_is_refused_before_anything_is_written(library: Library, field: str) -> None:
    interaction, _ = heard(2)
    broken: dict[str, Interaction] = {
        "text": replace(interaction, turns=(Turn(Role.REQUEST, "\ud800"),)),
        "identity": replace(interaction, identity="home#\ud800"),
        "raw time": replace(interaction, at=replace(interaction.at, raw="\ud800")),
        "device": replace(interaction, device=Device("\ud800")),
        "person": replace(interaction, person=Person("p", "\ud800")),
        "label": replace(interaction, label="\ud800"),
    }
    batch: list[Item] = [heard(1), (broken[field], ())]
    source = library.seen.begin_source(fingerprint="f", name="f", provider="alexa", kind="listing", at_ms=1)
    before = rows_in(library)

    with pytest.raises(UnicodeEncodeError):
        library.seen.add(source, batch)

    assert rows_in(library) == before


def test_the_hour_is_none_for_a_time_that_no_calendar_knows() -> None:
    assert household_hour(1 << 62) is None


def test_the_same_sound_twice_is_kept_once(library: Library) -> None:
    first = library.seen.keep_sound(b"sound")
    second = library.seen.keep_sound(b"sound")
    bring_in(library, "first", heard(1, sounds=[Sound("1.mp3", SoundState.MATCHED, first, None)]))

    assert first == second
    assert library.sound(first) == b"sound"


def test_a_waveform_is_kept_with_the_length_of_its_sound(library: Library) -> None:
    digest = library.seen.keep_sound(b"sound")
    bring_in(library, "first", heard(1, sounds=[Sound("1.mp3", SoundState.MATCHED, digest, None)]))
    assert library.peaks(digest) is None

    library.keep_peaks(digest, b"\x01\x02", 3.5)

    assert library.peaks(digest) == b"\x01\x02"
    assert library.card(1).sounds[0].seconds == 3.5


def test_every_layer_of_a_record_is_sighted_once_in_each_source(library: Library) -> None:
    named = Sound("1.mp3", SoundState.MISSING, None, None)
    first = bring_in(library, "first", heard(1, sounds=[named]), heard(1, sounds=[named]))
    second = bring_in(library, "second", heard(1, request=None))

    run = library._store.connection.execute
    rows = run("SELECT source, count(*) FROM sighting GROUP BY source").fetchall()

    assert rows == [(first.id, 4), (second.id, 2)]
    assert library.concluded.layers_shown(second.id) == {Layer.ACTION, Layer.RESPONSE}


def test_a_failed_drop_does_not_hold_the_sounds_against_others(library: Library) -> None:
    digest = library.seen.keep_sound(b"sound")
    bring_in(library, "first", heard(1, sounds=[Sound("1.mp3", SoundState.MATCHED, digest, None)]))
    with pytest.raises(RuntimeError), library.atomic():
        library.seen.keep_sound(b"another")
        raise RuntimeError

    with library.another() as second:
        second.keep_peaks(digest, b"\x01", 1.0)

    assert library.peaks(digest) == b"\x01"
