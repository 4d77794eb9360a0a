"""What time does to bids."""

from datetime import datetime

from midcycle.bidding import actions


def forget(now: datetime) -> int:
    """Forget what is not kept for ever."""
    return actions.forget(now=now)
