"""Tasks to take away: a calendar of the days they are due, and a table."""

from datetime import date
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse

from midcycle.engines.schedules.dues import Due, dues_to_ics
from midcycle.engines.tables import Table
from midcycle.meetups.models import Meetup
from midcycle.planning.models import Task
from midcycle.planning.queries.rows import TaskRow, row_of, tasks_of, with_people

COLUMNS: Final = ("number", "kind", "stage", "title", "about", "owner", "due", "counted", "done", "done by", "notes")
_SPACE: Final = UUID("6f0a9a53-6a2b-4d8e-9a55-0f7a6c1f7d34")


def calendar(meetup: Meetup, owner: int | None, *, today: date) -> bytes:
    """Return a calendar file of what is to do and has a day, of one owner or of everybody. One query."""
    base = settings.MIDCYCLE.public_url_used
    tasks = Task.objects.filter(meetup=meetup, done_at=None)
    found = [(task, row_of(task, meetup, today)) for task in with_people(tasks if owner is None else tasks.filter(owner=owner))]
    dues = [
        Due(
            uid=uuid5(_SPACE, f"{base}/{task.pk}"),
            title=row.title,
            day=row.due,
            url=base + reverse("planning:task", args=[meetup.slug, task.pk]),
            words=_words(row),
            changed=task.changed_at,
            edition=task.edition,
        )
        for task, row in found
        if row.due is not None
    ]
    return dues_to_ics(f"To do: {meetup.title}", f"{base}{meetup.path}desk/tasks/", dues)


def tasks_table(meetup: Meetup, *, today: date) -> Table:
    """Return every task of a meetup as a table. Two queries."""
    notes = dict(Task.objects.filter(meetup=meetup).values_list("pk", "notes"))
    return Table.of(COLUMNS, [_cells(row, notes.get(row.number, "")) for row in tasks_of(meetup, today)])


def _words(row: TaskRow) -> str:
    facts = (row.stage_name and f"Milestone: {row.stage_name}", row.about_name, row.owner and f"Owner: {row.owner}")
    return "\n".join(fact for fact in facts if fact)


def _cells(row: TaskRow, notes: str) -> tuple[str, ...]:
    kind = "milestone" if row.is_milestone else "task"
    due, done = row.due.isoformat() if row.due else "", row.done_at.date().isoformat() if row.done_at else ""
    who = row.owner, due, row.due_words, done, row.done_by
    return (str(row.number), kind, row.stage_name, row.title, row.about_name, *who, notes)
