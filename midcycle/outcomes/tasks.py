"""What time, and what happens elsewhere, bring about among outcomes."""

from datetime import datetime

from midcycle.journal.models import Entry
from midcycle.outcomes import actions


def collect(now: datetime) -> int:
    """Read the pads that were saved since they were read last; return how many."""
    return actions.collect(now=now)


def remind(now: datetime) -> int:
    """Find out once a day who is to be reminded; return how many people."""
    return actions.remind(now=now)


def forget(now: datetime) -> int:
    """Delete lines that left their pad some time ago; return how many."""
    return actions.forget(now=now)


def seat_erased(entry: Entry) -> None:
    """Take somebody who asked to be forgotten off their actions. Done twice, it does nothing more."""
    actions.forget_owner(entry.meetup or 0, entry.actor or 0, now=entry.at)
