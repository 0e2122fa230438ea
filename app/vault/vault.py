"""The lock of a library: which secrets open it, and the keys that they open."""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.model import Problem
from app.vault import durable, recovery
from app.vault.keychain import Keychain
from app.vault.sealing import Unsealable, new_key, seal, unseal
from app.vault.slots import (
    DEVICE,
    PASSPHRASE,
    PASSPHRASE_AND_DEVICE,
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
from app.vault.tries import Tries
from app.vault.written import ERASED, Written

_WITH_PASSPHRASE = (PASSPHRASE, PASSPHRASE_AND_DEVICE)


class WrongPassphrase(Problem):
    """The passphrase is not the one of this library."""

    def __init__(self) -> None:
        super().__init__("This is not the passphrase of this library.", advice="Try again, or use the recovery code.")


@dataclass(frozen=True, slots=True)
class Keys:
    """What an open library needs: the key of its database (64 hexadecimal digits) and of its log. *generation* counts
    how often the library was written anew under another key."""

    generation: int
    library: str = field(repr=False)
    log: bytes = field(repr=False)


class Vault:
    """The lock of the library in *folder*. Without a *keychain* of the system, only a passphrase locks."""

    def __init__(
        self,
        folder: Path,
        keychain: Keychain | None,
        *,
        clock: Callable[[], float] = time.time,
        cost: Cost = USUAL_COST,
    ) -> None:
        self.folder = folder
        self.keychain = keychain
        self._file = folder / "vault.json"
        self._tries = Tries(folder / "tries.json", clock)
        self._cost = cost
        self._master: bytes | None = None

    @property
    def exists(self) -> bool:
        """Whether there is a lock; if not, `make` makes one."""
        return self._file.exists() and not self.erased

    @property
    def erased(self) -> bool:
        """Whether the lock was destroyed, and the files of its library are to be deleted before `bury`."""
        return self._file.exists() and self._content() == ERASED

    @property
    def needs_passphrase(self) -> bool:
        """Whether a passphrase is asked for. Without one the keychain alone opens the library."""
        return self._read().slot(*_WITH_PASSPHRASE) is not None

    @property
    def needs_keychain(self) -> bool:
        """Whether this computer's half of the key is needed too, so that a copy of the folder alone opens nowhere."""
        return self._read().slot(DEVICE, PASSPHRASE_AND_DEVICE) is not None

    @property
    def has_recovery_code(self) -> bool:
        return self._read().slot(RECOVERY) is not None

    @property
    def wait_s(self) -> float:
        """Seconds until the next passphrase may be tried."""
        return self._tries.wait_s()

    def make(self, passphrase: str | None) -> Keys:
        """Lock a new library with *passphrase*, or (None) by the keychain alone; a `Problem` without either."""
        if self._file.exists():
            raise Problem(
                "There is a lock (vault.json) in this folder already.", advice="Close Earshot and start it again."
            )
        if any(self.folder.glob("library*.db")):
            raise Problem(
                "The lock of this library (vault.json) is missing.", advice=f"Put it back into {self.folder}."
            )
        id, master = secrets.token_hex(8), new_key()
        library = seal(master, new_key(), _about_library(id, 1))
        return self._lock_with(Written(id, 1, library, ()), master, passphrase)

    def unlock(self, passphrase: str | None) -> Keys:
        """The keys of the library; `WrongPassphrase` if it is not the one."""
        written = self._read()
        slot = written.slot(*_WITH_PASSPHRASE) or written.slot(DEVICE)
        if slot is None:
            raise self._damaged()
        if slot.kind in _WITH_PASSPHRASE:
            self._be_patient()
            if not passphrase:
                raise Problem("This library needs its passphrase.", advice="Give the passphrase, or the recovery code.")
        try:
            master = slot.open(written.id, self._secret(written.id, slot, passphrase or ""))
        except Unsealable as error:
            if slot.kind == DEVICE:
                raise _not_this_keychain() from error
            self._tries.note_wrong()
            raise WrongPassphrase from error
        return self._open(written, master)

    def recover(self, code: str) -> Keys:
        """The keys of the library by its recovery code. (Its 120 bits need no slowing down: nobody can try them.)"""
        secret = recovery.secret_of(code)
        written = self._read()
        slot = written.slot(RECOVERY)
        if slot is None:
            raise Problem("This library has no recovery code.", advice="Use its passphrase.")
        try:
            master = slot.open(written.id, secret)
        except Unsealable as error:
            raise Problem(
                "This is not the recovery code of this library.", advice="Look whether a newer one was printed."
            ) from error
        return self._open(written, master)

    @property
    def keys(self) -> Keys:
        """The keys of the library, once the vault is open."""
        return self._keys(self._read(), self._opened())

    def keep_head(self, head: str) -> None:
        """Keep the head of the library's log in the keychain, if there is one."""
        if self.keychain is not None:
            self.keychain.put(_log_name(self._read().id), head)

    def last_head(self) -> str:
        """The head of the log as the keychain last saw it; empty if it saw none."""
        return "" if self.keychain is None else self.keychain.get(_log_name(self._read().id)) or ""

    def lock(self) -> None:
        """Forget the master key."""
        self._master = None

    def must_take(self, passphrase: str | None) -> None:
        """Raise a `Problem` where *passphrase* (None: the keychain alone) cannot lock a library here."""
        if passphrase is None and self.keychain is None:
            raise Problem(
                "This computer has no keychain, so a library without a passphrase would not be locked at all.",
                advice="Choose a passphrase.",
            )
        if passphrase is not None and not passphrase.strip():
            raise Problem("The passphrase is empty.", advice="Choose one that only you know.")

    def change_passphrase(self, passphrase: str | None) -> None:
        """Let *passphrase* open the library from now on and not the old one; None: the keychain alone."""
        self._lock_with(self._read(), self._opened(), passphrase)

    def new_recovery_code(self) -> str:
        """A fresh recovery code; an older one opens nothing any more."""
        written, code = self._read(), recovery.new_code()
        slot = new_slot(RECOVERY, written.id, self._opened(), recovery.secret_of(code), new_salt(), None)
        others = tuple(slot for slot in written.slots if slot.kind != RECOVERY)
        self._write(replace(written, slots=(*others, slot)))
        return code

    def forget_recovery_code(self) -> None:
        """Let no recovery code open the library: one that nobody holds would only seem to help."""
        written = self._read()
        self._write(replace(written, slots=tuple(slot for slot in written.slots if slot.kind != RECOVERY)))

    def next_keys(self) -> Keys:
        """Keys of the next generation, which nothing knows of until `adopt`."""
        return Keys(self._read().generation + 1, new_key().hex(), derived(self._opened(), "log"))

    def adopt(self, keys: Keys) -> None:
        """Open the library with *keys* from now on. The old key is gone with this: nothing else held it."""
        written = self._read()
        library = seal(self._opened(), bytes.fromhex(keys.library), _about_library(written.id, keys.generation))
        self._write(replace(written, generation=keys.generation, library=library))

    def destroy(self) -> None:
        """Take every way in away, the keychain's half first. `erased` stands until the files are deleted too, so that
        this can be ended when something cuts it off; then `bury` it."""
        if not self.erased:
            written = self._read()
            if self.keychain is not None:
                for name in (_log_name(written.id), *(_secret_name(written.id, slot) for slot in written.slots)):
                    self.keychain.drop(name)
            durable.write(self._file, ERASED)
        self._tries.clear()
        self.lock()

    def bury(self) -> None:
        """Take away what `destroy` left, once the files of the library are deleted: the folder is as new."""
        assert not self.exists, "a lock stands here"
        durable.remove(self._file)

    def _lock_with(self, written: Written, master: bytes, passphrase: str | None) -> Keys:
        self.must_take(passphrase)
        kind = PASSPHRASE if self.keychain is None else DEVICE if passphrase is None else PASSPHRASE_AND_DEVICE
        blank = Slot(kind, new_salt(), None if passphrase is None else self._cost, b"")
        if self.keychain is not None:
            self.keychain.put(_secret_name(written.id, blank), encoded(new_key()))
        secret = self._secret(written.id, blank, passphrase or "")
        slot = new_slot(kind, written.id, master, secret, blank.salt, blank.cost)
        others = tuple(slot for slot in written.slots if slot.kind == RECOVERY)
        locked = replace(written, slots=(slot, *others))
        self._write(locked)
        self._drop_secrets(written)
        return self._open(locked, master)

    def _drop_secrets(self, before: Written) -> None:
        """Take the keychain's half of the slots that were replaced away: with it even an old copy of the file, and the
        passphrase of that time, open nothing."""
        if self.keychain is not None:
            for slot in before.slots:
                with suppress(Problem):  # the new lock stands; the old half alone opens nothing
                    self.keychain.drop(_secret_name(before.id, slot))

    def _be_patient(self) -> None:
        if (wait_s := math.ceil(self.wait_s)) > 0:
            seconds = "a second" if wait_s == 1 else f"{wait_s} seconds"
            raise Problem("Too many wrong passphrases.", advice=f"Wait {seconds}, then try again.")

    def _secret(self, id: str, slot: Slot, passphrase: str) -> bytes:
        device = b"" if slot.kind == PASSPHRASE else self._kept_secret(id, slot)
        if device is None:
            raise _not_this_keychain()
        return device if slot.cost is None else stretched(passphrase, slot.salt, slot.cost) + device

    def _kept_secret(self, id: str, slot: Slot) -> bytes | None:
        """This computer's half of what opens *slot*, or None if the keychain does not hold it."""
        kept = None if self.keychain is None else self.keychain.get(_secret_name(id, slot))
        try:
            return decoded(kept or "") or None
        except ValueError:
            return None

    def _open(self, written: Written, master: bytes) -> Keys:
        keys = self._keys(written, master)
        self._master = master
        self._tries.clear()
        return keys

    def _keys(self, written: Written, master: bytes) -> Keys:
        try:
            library = unseal(master, written.library, _about_library(written.id, written.generation))
        except Unsealable as error:
            raise self._damaged() from error
        return Keys(written.generation, library.hex(), derived(master, "log"))

    def _opened(self) -> bytes:
        assert self._master is not None, "the vault is locked"
        return self._master

    def _content(self) -> bytes:
        try:
            return self._file.read_bytes()
        except OSError as error:
            raise Problem(
                "The lock of this library (vault.json) cannot be read.", advice=f"Look in {self.folder}."
            ) from error

    def _read(self) -> Written:
        if (content := self._content()) == ERASED:
            raise Problem("This library was destroyed.", advice="Start Earshot again: it clears away what is left.")
        try:
            return Written.from_bytes(content)
        except ValueError as error:
            raise self._damaged() from error

    def _write(self, written: Written) -> None:
        durable.write(self._file, written.as_bytes())

    def _damaged(self) -> Problem:
        return Problem(
            "The lock of this library (vault.json) is damaged.", advice=f"Put a copy of it back into {self.folder}."
        )


def _log_name(id: str) -> str:
    return f"{id} log"


def _secret_name(id: str, slot: Slot) -> str:
    """Each slot has a half of its own, so that a new lock stands before the old one's half is taken away."""
    return f"{id} {slot.salt.hex()}"


def _about_library(id: str, generation: int) -> bytes:
    return f"earshot library {id} {generation}".encode()


def _not_this_keychain() -> Problem:
    return Problem(
        "The keychain of this computer does not hold its half of the key of this library.",
        advice="Use the recovery code; then choose a passphrase again.",
    )
