"""What time, and a change of the team, bring about in a plan."""

from datetime import datetime

from midcycle.journal.models import Entry
from midcycle.planning import actions


def remind(now: datetime) -> int:
    """Find out once a day who is to be reminded; return how many people."""
    return actions.remind(now=now)


def organiser_removed(entry: Entry) -> None:
    """Forget what somebody wanted who is not on the team any more. Done twice, it does nothing more."""
    actions.forget_member(entry.meetup or 0, entry.facts["person"])
