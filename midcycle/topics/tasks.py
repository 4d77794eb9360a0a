"""What time brings about among topics."""

from datetime import datetime

from midcycle.topics import actions


def forget(now: datetime) -> int:
    """Forget invited addresses and planning pads whose time is over; return at how many meetups."""
    return actions.forget_planning(now=now)
