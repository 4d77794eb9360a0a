"""Once a day: finding out who is to be reminded. The letters follow the journal."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction

from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.planning import queries
from midcycle.planning.models import Round

AT: Final = time(6)  # UTC: morning in Europe and Africa, afternoon in Asia, night in America
_KEPT: Final = timedelta(days=60)


def remind(*, now: datetime) -> int:
    """Note who is to get a letter today, once a day, each person once whatever they have to do; return how many."""
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
    Round.objects.filter(day__lt=today - _KEPT).delete()
    since = last or today - timedelta(days=1)
    people = queries.people_to_remind(since=since, today=today)
    facts = {"day": today.isoformat(), "since": since.isoformat()}
    journal.record_all([Entry(kind="planning.reminder_due", at=now, actor=person, facts=facts) for person in people])
    return len(people)
