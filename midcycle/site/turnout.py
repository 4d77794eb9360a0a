"""How many came, told to the forecasts of later editions: registration counts it, and hosting must not know registration."""

from typing import Final

from midcycle.hosting import actions as hosting
from midcycle.journal.models import Entry
from midcycle.registration.models import Seat

_OVER: Final = frozenset({"wrap_up", "archived"})


def note(entry: Entry) -> None:
    """Note how many came to a meetup once it is over."""
    if entry.meetup is not None and entry.facts.get("stage") in _OVER:
        came = Seat.objects.filter(meetup=entry.meetup, state="checked_in").count()
        hosting.note_turnout(entry.meetup, came, now=entry.at)
