"""What the parent decided, the plan it freezes into, and what was asked of the vendor."""

from app.deletion.asking import COOLING_OFF_MS, COPY_DAYS, attest, decide, freeze
from app.deletion.dry_run import DryRun, Tally, dry_run

__all__ = ["COOLING_OFF_MS", "COPY_DAYS", "DryRun", "Tally", "attest", "decide", "dry_run", "freeze"]
