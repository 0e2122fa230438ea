"""Keys: the lock of a library, the secrets that open it, and sealing."""

from app.vault.claim import AlreadyOpen, claim
from app.vault.keychain import Keychain, system_keychain
from app.vault.memory import keep_private
from app.vault.sealing import Unsealable, seal_once, unseal_once
from app.vault.slots import Cost
from app.vault.vault import Keys, Vault, WrongPassphrase

__all__ = [
    "AlreadyOpen",
    "Cost",
    "Keychain",
    "Keys",
    "Unsealable",
    "Vault",
    "WrongPassphrase",
    "claim",
    "keep_private",
    "seal_once",
    "system_keychain",
    "unseal_once",
]
