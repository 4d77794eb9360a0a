"""What time brings about at the door."""

from datetime import datetime

from midcycle.onsite import actions


def forget(now: datetime) -> int:
    """Forget what was typed at doors that are over; return how much."""
    return actions.forget_typed(now=now)
