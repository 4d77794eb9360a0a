"""What somebody of a team wants to be told, how far they have read, and the address of their calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.meetups.models import Meetup, Organiser
from midcycle.planning.models import Membership


@transaction.atomic
def set_wishes(meetup: Meetup, person: Person, *, reminders: bool, weekly: bool, now: datetime) -> None:
    """Say which letters about the plan of a meetup somebody wants."""
    wishes = {"reminders": reminders, "weekly": weekly}
    Membership.objects.update_or_create(meetup=meetup, person=person, defaults=wishes)
    journal.record("planning.letters_chosen", at=now, meetup=meetup.pk, actor=person.pk, facts=wishes)


@transaction.atomic
def mark_read(meetup: Meetup, person: Person, *, until: datetime, now: datetime) -> None:
    """Note that somebody has read what happened until that moment, which is the one their page was made in."""
    Membership.objects.update_or_create(meetup=meetup, person=person, defaults={"read_at": min(until, now)})
    journal.record("planning.news_read", at=now, meetup=meetup.pk, actor=person.pk)


@transaction.atomic
def open_calendar(meetup: Meetup, person: Person, *, now: datetime) -> Membership:
    """Give somebody a new address for their calendar; the old one opens nothing any more."""
    key = {"calendar_key": secrets.token_urlsafe(32)}
    membership, _ = Membership.objects.update_or_create(meetup=meetup, person=person, defaults=key)
    journal.record("planning.calendar_opened", at=now, meetup=meetup.pk, actor=person.pk)
    return membership


@transaction.atomic
def close_calendar(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Let the address of somebody's calendar open nothing any more."""
    open_ones = Membership.objects.filter(meetup=meetup, person=person, calendar_key__isnull=False)
    if open_ones.update(calendar_key=None):
        journal.record("planning.calendar_closed", at=now, meetup=meetup.pk, actor=person.pk)


def forget_member(meetup: int, person: int) -> int:
    """Forget what somebody wanted, and the address of their calendar, unless they are of the team again; return how much.

    It follows the journal, which tells that they left.
    """
    if Organiser.objects.filter(meetup=meetup, person=person).exists():
        return 0
    count, _ = Membership.objects.filter(meetup=meetup, person=person).delete()
    return count
