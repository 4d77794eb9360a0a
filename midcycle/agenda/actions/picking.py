"""Sessions put into somebody's own agenda, and the address of its calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import note
from midcycle.agenda.models import Feed, Pick, Session
from midcycle.meetups.models import Meetup


@transaction.atomic
def pick(session: Session, person: Person, *, wanted: bool, now: datetime) -> None:
    """Put a session into a person's own agenda, or take it out, also when they support its topic.

    The journal keeps that it happened, not who did it: nobody's interests can be read from it.
    """
    Pick.objects.update_or_create(session=session, person=person, defaults={"wanted": wanted})
    deed = "agenda.picked" if wanted else "agenda.left_out"
    note(deed, session.meetup, by=None, now=now, facts={"session": session.pk})


@transaction.atomic
def open_feed(meetup: Meetup, person: Person, *, now: datetime) -> Feed:
    """Make an address for the calendar of a person's own agenda; the one before opens nothing any more."""
    feed, _ = Feed.objects.update_or_create(meetup=meetup, person=person, defaults={"key": secrets.token_urlsafe(32)})
    note("agenda.feed_opened", meetup, by=None, now=now, facts={})
    return feed


@transaction.atomic
def close_feed(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Take the address of a person's calendar back, if there is one."""
    taken, _ = Feed.objects.filter(meetup=meetup, person=person).delete()
    if taken:
        note("agenda.feed_closed", meetup, by=None, now=now, facts={})
