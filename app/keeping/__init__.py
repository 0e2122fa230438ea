"""What stays here and what is forgotten: opening the library, keepsakes, and erasing that is final."""

from app.keeping.erasing import destroy_due, erase, erase_everything, finish_erasing
from app.keeping.keepsakes import Saved, save_keepsakes
from app.keeping.opening import close_library, open_library

__all__ = [
    "Saved",
    "close_library",
    "destroy_due",
    "erase",
    "erase_everything",
    "finish_erasing",
    "open_library",
    "save_keepsakes",
]
