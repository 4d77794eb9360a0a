"""What registration does by itself as time passes."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from midcycle.accounts.models import Person
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries
from midcycle.registration.actions.imports import forget_previews

_AT_ONCE: Final = 10  # batches, so that letters need not wait


def forget(now: datetime) -> None:
    """Delete answers whose time is over."""
    for _ in range(_AT_ONCE):
        if not actions.forget_next(now=now):
            return


def place_set(entry: Entry) -> None:
    """Let the line follow the region the meetup is in now."""
    meetup = Meetup.objects.filter(pk=entry.meetup or 0).first()
    by = Person.objects.filter(pk=entry.actor or 0).first()
    if meetup is not None:
        actions.follow_region(meetup, by=by, now=entry.at)


def keep_lines(now: datetime) -> int:
    """Lapse offers, draw lots and release seats where it is time; return at how many meetups. Done twice, it does nothing more.

    One query while nothing is due.
    """
    due = queries.lines_due(now)
    for meetup in due:
        while actions.lapse_offers(meetup, now=now):
            pass
        _if_due(partial(actions.draw_lots, meetup, now=now))
        actions.release_at_its_time(meetup, now=now)
    return len(due)


def forget_files(now: datetime) -> int:
    """Forget files of registrations that were looked at a day ago and not taken over."""
    return forget_previews(now)


def forget_keys(now: datetime) -> int:
    """Forget what requests with an Idempotency-Key were answered seven days ago."""
    return actions.forget_keys(now=now)


def _if_due(deed: Callable[[], object]) -> None:
    """Do it, unless it is not its time, or another process did it just now."""
    try:
        deed()
    except Refusal:
        return
