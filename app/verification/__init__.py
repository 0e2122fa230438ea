"""A later look held against a plan: verdicts, what stands now, and when the next look is due."""

from app.verification.checklist import checklist
from app.verification.look import look

__all__ = ["checklist", "look"]
