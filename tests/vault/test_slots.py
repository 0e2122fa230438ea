"""A slot gives its key to one secret; what stands of it in a file is believed only if it can be."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from app.vault import Unsealable
from app.vault.sealing import new_key
from app.vault.slots import (
    DEVICE,
    PASSPHRASE,
    RECOVERY,
    USUAL_COST,
    Cost,
    Slot,
    decoded,
    derived,
    encoded,
    new_salt,
    new_slot,
    stretched,
)
from tests.vault.making import QUICK

MASTER, SECRET = bytes(range(32)), b"a secret"


def slot() -> Slot:
    return new_slot(PASSPHRASE, "ab", MASTER, SECRET, new_salt(), QUICK)


def test_a_slot_gives_the_key_to_its_secret() -> None:
    opened = slot().open("ab", SECRET)

    assert opened == MASTER


def test_a_slot_gives_nothing_to_another_secret() -> None:
    with pytest.raises(Unsealable):
        slot().open("ab", SECRET + b"!")


def test_a_slot_of_another_lock_does_not_open_this_one() -> None:
    with pytest.raises(Unsealable):
        slot().open("cd", SECRET)


def test_a_slot_of_one_kind_does_not_pass_for_another() -> None:
    told = slot().as_json() | {"kind": DEVICE, "cost": None}

    with pytest.raises(Unsealable):
        Slot.from_json(told).open("ab", SECRET)


@pytest.mark.parametrize("cost", [QUICK, None])
def test_a_slot_comes_back_from_its_file_as_it_was(cost: Cost | None) -> None:
    before = new_slot(RECOVERY, "ab", MASTER, SECRET, new_salt(), cost)

    after = Slot.from_json(before.as_json())

    assert after == before


@pytest.mark.parametrize(
    "absurd",
    [
        {"memory_kib": 1 << 40, "passes": 3, "lanes": 4},
        {"memory_kib": 64, "passes": 1 << 31, "lanes": 4},
        {"memory_kib": 1 << 16, "passes": 3, "lanes": 1 << 20},
        {"memory_kib": 64, "passes": 3, "lanes": 16},
        {"memory_kib": 0, "passes": 3, "lanes": 4},
        {"memory_kib": -64, "passes": 3, "lanes": 4},
        {"memory_kib": 64, "passes": 0, "lanes": 4},
        {"memory_kib": 64, "passes": 3, "lanes": 0},
        {"memory_kib": 64.0, "passes": 3, "lanes": 4},
        {"memory_kib": True, "passes": True, "lanes": True},
        {"memory_kib": "64", "passes": 3, "lanes": 4},
        {"memory_kib": None, "passes": 3, "lanes": 4},
        {"memory_kib": float("inf"), "passes": 3, "lanes": 4},
        {"memory_kib": 64, "passes": 3},
        [64, 3, 4],
        64,
        "much",
    ],
    ids=str,
)
def test_an_absurd_cost_is_not_even_tried(absurd: object) -> None:
    told = slot().as_json() | {"cost": absurd}

    with pytest.raises((ValueError, KeyError, TypeError)):
        Slot.from_json(told)


def test_the_usual_cost_is_one_that_is_believed() -> None:
    told = slot().as_json() | {"cost": {"memory_kib": 65536, "passes": 3, "lanes": 4}}

    believed = Slot.from_json(told)

    assert believed.cost == USUAL_COST


@pytest.mark.parametrize(
    "told", [{"salt": ""}, {"salt": encoded(b"short")}, {"salt": encoded(bytes(64))}, {"salt": 7}, {"sealed": None}]
)
def test_a_slot_that_lacks_what_it_needs_is_not_believed(told: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Slot.from_json(slot().as_json() | told)


@pytest.mark.parametrize("told", ["AAB=", "A", "äöü=", "AA A=", "AAA=\n"])
def test_bytes_are_written_in_one_way_only(told: str) -> None:
    with pytest.raises(ValueError):
        decoded(told)


def test_a_passphrase_is_the_same_however_its_accents_are_composed() -> None:
    typed = ["Blüte im Café", "Ångström"]
    salt = new_salt()

    composed = [stretched(unicodedata.normalize("NFC", one), salt, QUICK) for one in typed]
    apart = [stretched(unicodedata.normalize("NFD", one), salt, QUICK) for one in typed]

    assert composed == apart


def test_a_passphrase_stretches_differently_with_every_salt_and_cost() -> None:
    salt = new_salt()

    stretches = {
        stretched("Apfelbaum", salt, QUICK),
        stretched("Apfelbaum", new_salt(), QUICK),
        stretched("Apfelbaum", salt, Cost(16, 1, 1)),
        stretched("Apfelbaum", salt, Cost(8, 2, 1)),
        stretched("apfelbaum", salt, QUICK),
    }

    assert len(stretches) == 5


def test_a_passphrase_may_hold_whatever_a_keyboard_gives() -> None:
    salt = new_salt()

    stretches = {stretched(one, salt, QUICK) for one in ("🦊🦊", "\udcff", " ", "x" * 10_000)}

    assert len(stretches) == 4


def test_each_purpose_has_a_key_of_its_own() -> None:
    key = new_key()

    keys = {key, derived(key, "log"), derived(key, "report"), derived(new_key(), "log")}

    assert len(keys) == 4
