"""Pads open by themselves when an agenda is released."""

from midcycle.journal.models import Entry
from midcycle.meetups.models import Meetup
from midcycle.pads import actions


def open_pads(entry: Entry) -> None:
    """Open the pads of a meetup whose agenda was released; harmless when they are open."""
    meetup = Meetup.objects.filter(pk=entry.meetup or 0).first()
    if meetup is not None:
        actions.open_pads(meetup, by=None, now=entry.at)
