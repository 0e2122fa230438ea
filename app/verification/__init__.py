"""A later look held against a plan: verdicts, what stands now, and when the next look is due."""

from app.verification.checklist import LAYER_TITLES, checklist, next_look_ms
from app.verification.look import look

__all__ = ["LAYER_TITLES", "checklist", "look", "next_look_ms"]
