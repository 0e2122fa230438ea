"""A made-up household whose archives everything can be tried on."""

from app.practice.household import Said
from app.practice.vendors import Asked, Lies, Practice, practice

__all__ = ["Asked", "Lies", "Practice", "Said", "practice"]
