"""What the agenda does after others have done something."""

from midcycle.agenda import actions
from midcycle.journal.models import Entry


def seat_erased(entry: Entry) -> None:
    """Delete what the agenda keeps about somebody who asked to be forgotten. Done twice, it does nothing more."""
    actions.forget_in_agenda(entry.meetup or 0, entry.actor or 0)
