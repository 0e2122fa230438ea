"""Files into the library, safely, as one job; hostile archives stop here."""

from app.intake.bringing import BroughtIn, bring_in

__all__ = ["BroughtIn", "bring_in"]
