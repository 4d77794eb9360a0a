"""Once a day: finding out who is to be reminded, and who wants no letters. The letters follow the journal."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.meetups.models import Meetup
from midcycle.outcomes import queries
from midcycle.outcomes.actions.common import record
from midcycle.outcomes.models import Round, Silence

AT: Final = time(6)  # UTC: morning in Europe and Africa, afternoon in Asia, night in America


def remind(*, now: datetime) -> int:
    """Note who is to get a letter today, each person once, once a day; return how many."""
    today = now.date()
    if now.time() < AT or Round.objects.filter(day=today).exists():
        return 0
    return _remind_on(today, now=now)


@transaction.atomic
def _remind_on(today: date, *, now: datetime) -> int:
    last = Round.objects.order_by("-day").values_list("day", flat=True).first()
    _, fresh = Round.objects.get_or_create(day=today)
    if not fresh:
        return 0
    since = last or today - timedelta(days=1)
    facts = {"day": today.isoformat(), "since": since.isoformat()}
    people = queries.people_to_remind(since=since, today=today)
    journal.record_all([Entry(kind="outcomes.reminder_due", at=now, actor=person, facts=facts) for person in people])
    return len(people)


@transaction.atomic
def want_letters(meetup: Meetup, person: Person, *, wanted: bool, now: datetime) -> None:
    """Say whether somebody wants letters about the outcomes of a meetup."""
    if wanted:
        changed = Silence.objects.filter(meetup=meetup, person=person).delete()[0] > 0
    else:
        changed = Silence.objects.get_or_create(meetup=meetup, person=person)[1]
    if changed:
        record("letters_chosen", meetup.pk, by=person, now=now, wanted=wanted)
