"""What pads do by themselves: open when an agenda is released, follow who may write, forget whoever asked to be forgotten."""

from midcycle.journal.models import Entry
from midcycle.meetups.models import Meetup
from midcycle.pads import actions
from midcycle.pads.models import Pad


def open_pads(entry: Entry) -> None:
    """Open the pads of a meetup whose agenda was released; harmless when they are open."""
    meetup = Meetup.objects.filter(pk=entry.meetup or 0).first()
    if meetup is not None:
        actions.open_pads(meetup, by=None, now=entry.at)


def seat_erased(entry: Entry) -> None:
    """Take the name of somebody who asked to be forgotten from what they wrote. Done twice, it does nothing more."""
    actions.forget_writer(entry.meetup or 0, str(entry.actor or 0), now=entry.at)


def rights_changed(entry: Entry) -> None:
    """Ask everybody in the pads of a meetup for a new ticket, after somebody's part, the team or the stage changed."""
    actions.raise_rights(Pad.objects.filter(meetup=entry.meetup or 0))
