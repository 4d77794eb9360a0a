"""What time brings about among calls."""

from datetime import datetime

from midcycle.hosting import actions


def forget(now: datetime) -> int:
    """Forget answers that nobody confirmed; return how many."""
    return actions.forget_unconfirmed(now=now)
