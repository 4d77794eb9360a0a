"""Beginning with a plan: the usual milestones, or what an earlier edition did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Organiser
from midcycle.planning.actions.tasks import check_room
from midcycle.planning.models import Task
from midcycle.planning.rules import MOST_DAYS, USUAL, offset_of
from midcycle.web.markdown import to_html


@dataclass(frozen=True)
class Carried:
    """What is taken over from an earlier edition beside its milestones and tasks."""

    from_minutes: bool = False
    owners: bool = True


@transaction.atomic
def set_usual(meetup: Meetup, *, by: Person, now: datetime) -> int:
    """Add the usual milestones, those that are there already left out; return how many. Raises Refusal once archived."""
    meetups.check_changeable(meetup.pk)
    usual = [Task(kind="milestone", **vars(one), notes_html=to_html(one.notes) if one.notes else "") for one in USUAL]
    count = _add(meetup, usual, by=by, now=now)
    if count:
        journal.record("planning.usual_set", at=now, meetup=meetup.pk, actor=by.pk, facts={"count": count})
    return count


@transaction.atomic
def carry_over(earlier: Meetup, meetup: Meetup, wanted: Carried, *, by: Person, now: datetime) -> int:
    """Add what an earlier edition had to do, as not done yet, with its days counted anew; return how many.

    What is on a day there is as many days from the first day here; what is there under the same title is left out. Owners who
    are of this team stay owners. Raises Refusal once the meetup is archived.
    """
    meetups.check_changeable(meetup.pk)
    rows = Task.objects.filter(meetup=earlier).order_by("pk")
    if not wanted.from_minutes:
        rows = rows.filter(line=None)
    team = set(Organiser.objects.filter(meetup=meetup).values_list("person", flat=True)) if wanted.owners else set()
    count = _add(meetup, [_anew(row, earlier, team) for row in rows], by=by, now=now)
    facts = {"from": earlier.pk, "count": count}
    if count:
        journal.record("planning.carried_over", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return count


def _anew(row: Task, earlier: Meetup, team: set[int]) -> Task:
    days = row.days
    if row.due_on is not None and earlier.starts_on is not None:
        days = max(-MOST_DAYS, min(MOST_DAYS, offset_of(row.due_on, earlier.starts_on)))
    owner = row.owner_id if row.owner_id in team else None
    said = {name: getattr(row, name) for name in ("kind", "stage", "title", "about", "notes", "notes_html")}
    return Task(**said, days=days, owner_id=owner)


def _add(meetup: Meetup, tasks: Iterable[Task], *, by: Person, now: datetime) -> int:
    there = {title.casefold() for title in Task.objects.filter(meetup=meetup).values_list("title", flat=True)}
    fresh = [task for task in tasks if task.title.casefold() not in there]
    check_room(meetup, len(fresh))
    for task in fresh:
        task.meetup, task.made_by, task.made_at, task.changed_at = meetup, by, now, now
        if task.owner_id:
            task.given_at, task.given_by = now, by
    Task.objects.bulk_create(fresh, batch_size=200)
    return len(fresh)
