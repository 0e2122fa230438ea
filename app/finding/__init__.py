"""Which interactions, and which of them are the children's, with reasons."""

from app.finding.children import suggest, why_childs
from app.finding.wanted import wanted

__all__ = ["suggest", "wanted", "why_childs"]
