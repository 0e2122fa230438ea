"""A lock whose file was damaged is refused in a sentence, and never opens with anything but its own keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.model import Problem
from app.vault import Keys
from tests.keychain import FakeKeychain
from tests.vault.making import vault_in

WORDS = "Grünes Rad im Hof"
ABSURD: list[Any] = [
    None,
    True,
    0,
    -1,
    1 << 40,
    1 << 70,
    1.5,
    float("inf"),
    float("nan"),
    "",
    "x",
    "\ud800",
    [],
    {},
    [[]],
]


class Damaged:
    """A lock that is whole, and what becomes of it with another file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keychain = FakeKeychain()
        vault = vault_in(folder, self.keychain)
        self.keys = vault.make(WORDS)
        self.code = vault.new_recovery_code()
        self.whole = (folder / "vault.json").read_bytes()

    def outcomes(self, content: bytes) -> set[str]:
        """What passphrase and recovery code do now: "opened" with the right keys, "refused" in a sentence, or
        "fooled"; anything else that is raised comes through."""
        (self.folder / "vault.json").write_bytes(content)
        (self.folder / "tries.json").unlink(missing_ok=True)
        vault = vault_in(self.folder, self.keychain)
        return {self._outcome(lambda: vault.unlock(WORDS)), self._outcome(lambda: vault.recover(self.code))}

    def _outcome(self, way: Callable[[], Keys]) -> str:
        try:
            return "opened" if way() == self.keys else "fooled"
        except Problem:
            return "refused"


@pytest.fixture
def damaged(tmp_path: Path) -> Damaged:
    return Damaged(tmp_path)


def test_the_whole_file_opens_both_ways(damaged: Damaged) -> None:
    assert damaged.outcomes(damaged.whole) == {"opened"}


def test_every_single_flipped_bit_is_refused(damaged: Damaged) -> None:
    passed = []

    for bit in range(len(damaged.whole) * 8):
        changed = bytearray(damaged.whole)
        changed[bit // 8] ^= 1 << bit % 8
        outcomes = damaged.outcomes(bytes(changed))
        if "fooled" in outcomes or outcomes == {"opened"}:
            passed.append((bit, outcomes))

    assert not passed


def test_a_file_cut_short_anywhere_is_refused(damaged: Damaged) -> None:
    passed = [length for length in range(len(damaged.whole)) if damaged.outcomes(damaged.whole[:length]) != {"refused"}]

    assert not passed


def places(told: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to everything in *told*."""
    if path:
        yield path
    for key in told if isinstance(told, dict) else range(len(told)) if isinstance(told, list) else ():
        yield from places(told[key], (*path, key))


def put(told: Any, inner: Any, key: Any) -> None:
    inner[key] = told


def with_change(whole: bytes, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> bytes:
    told = json.loads(whole)
    inner = told
    for key in path[:-1]:
        inner = inner[key]
    change(inner, path[-1])
    return json.dumps(told).encode()


def test_every_missing_field_is_refused(damaged: Damaged) -> None:
    paths = list(places(json.loads(damaged.whole)))

    passed = [
        path
        for path in paths
        if "refused" not in damaged.outcomes(with_change(damaged.whole, path, lambda inner, key: inner.pop(key)))
    ]

    assert len(paths) > 15
    assert not passed


def test_every_field_with_something_absurd_in_it_is_refused(damaged: Damaged) -> None:
    passed = []

    for path in places(json.loads(damaged.whole)):
        for absurd in ABSURD:
            changed = with_change(damaged.whole, path, partial(put, absurd))
            outcomes = damaged.outcomes(changed)
            if "fooled" in outcomes or (outcomes == {"opened"} and json.loads(changed) != json.loads(damaged.whole)):
                passed.append((path, absurd))

    assert not passed


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"7", b'"lock"', b"\xff\xfe", b"[" * 100_000, b'{"version": 1}', b"\0" * 4096],
    ids=repr,
)
def test_what_is_no_lock_at_all_is_damaged(damaged: Damaged, content: bytes) -> None:
    (damaged.folder / "vault.json").write_bytes(content)
    vault = vault_in(damaged.folder, damaged.keychain)

    with pytest.raises(Problem, match="damaged"):
        vault.unlock(WORDS)
    assert vault.exists
    assert not vault.erased


def test_an_absurd_cost_is_damage_and_takes_no_memory(damaged: Damaged) -> None:
    told = json.loads(damaged.whole)
    told["slots"][0]["cost"]["memory_kib"] = 1 << 40
    (damaged.folder / "vault.json").write_text(json.dumps(told))

    with pytest.raises(Problem, match="damaged"):
        vault_in(damaged.folder, damaged.keychain).unlock(WORDS)


def test_the_lock_of_a_newer_version_is_not_called_damaged(damaged: Damaged) -> None:
    told = json.loads(damaged.whole) | {"version": 2}
    (damaged.folder / "vault.json").write_text(json.dumps(told))

    with pytest.raises(Problem, match="newer version"):
        vault_in(damaged.folder, damaged.keychain).unlock(WORDS)


def test_a_lock_that_cannot_be_read_is_said_in_a_sentence(damaged: Damaged) -> None:
    (damaged.folder / "vault.json").unlink()
    (damaged.folder / "vault.json").mkdir()
    vault = vault_in(damaged.folder, damaged.keychain)

    for ask in (lambda: vault.unlock(WORDS), lambda: vault.exists, lambda: vault.recover(damaged.code)):
        with pytest.raises(Problem, match="cannot be read"):
            ask()


def test_a_damaged_lock_is_never_replaced_by_a_new_one(damaged: Damaged) -> None:
    (damaged.folder / "vault.json").write_bytes(b"{")

    with pytest.raises(Problem, match="already"):
        vault_in(damaged.folder, damaged.keychain).make(WORDS)

    assert (damaged.folder / "vault.json").read_bytes() == b"{"
