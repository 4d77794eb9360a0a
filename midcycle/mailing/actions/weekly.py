"""The letter of a week: wanting it, and writing it on Mondays."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import translation

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.mailing import queries
from midcycle.mailing.actions.letters import write_to
from midcycle.mailing.models import WeeklyWish
from midcycle.mailing.rules.weekly import last_turn
from midcycle.meetups.models import Meetup

BATCH = 50


@transaction.atomic
def want_weekly(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Note that somebody wants a letter on Mondays in which something happened; again is harmless."""
    _, fresh = WeeklyWish.objects.get_or_create(meetup=meetup, person=person, defaults={"since": now, "told_at": now})
    if fresh:
        journal.record("mailing.weekly_wanted", at=now, meetup=meetup.pk, actor=person.pk)


@transaction.atomic
def want_no_weekly(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Take that back."""
    count, _ = WeeklyWish.objects.filter(meetup=meetup, person=person).delete()
    if count:
        journal.record("mailing.weekly_declined", at=now, meetup=meetup.pk, actor=person.pk)


def write_weekly(*, now: datetime) -> int:
    """Write the letters of a week that are due, a batch at a time; return how many. One query while there are none.

    Each in a transaction of its own, so that others can write meanwhile; the key lets nobody get it twice.
    """
    turn = last_turn(now)
    return sum(_write(wish, turn, now=now) for wish in queries.weekly_due(turn, BATCH))


@transaction.atomic
def _write(wish: WeeklyWish, turn: datetime, *, now: datetime) -> bool:
    claimed = WeeklyWish.objects.filter(pk=wish.pk, told_at=wish.told_at)
    language = queries.language_of(wish.person, wish.meetup)
    with translation.override(language):
        news = queries.news_for(wish, now=now)
    if not claimed.update(told_at=now) or not news:
        return False
    key, say = f"weekly:{wish.meetup_id}:{wish.person_id}:{turn:%Y-%m-%d}", partial(queries.weekly_draft, wish, news)
    write_to(wish.person, wish.meetup, say, key=key, now=now, language=language)
    return True
