"""What time brings about in a plan."""

from datetime import datetime

from midcycle.planning import actions


def remind(now: datetime) -> int:
    """Find out once a day who is to be reminded; return how many people."""
    return actions.remind(now=now)
