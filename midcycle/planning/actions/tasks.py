"""Adding tasks and milestones, changing them, marking them as done."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Organiser
from midcycle.planning.models import Task
from midcycle.planning.rules import ABOUT, LONGEST, MOST_DAYS, MOST_TASKS
from midcycle.web.markdown import to_html

CHANGED: Final = gettext_noop("Somebody changed this meanwhile. What they saved is below; look at both, and save again.")


@dataclass(frozen=True)
class Wording:
    """What a task says. `owner` is the number of a person of the team; a stage makes it a milestone of that stage."""

    title: str
    stage: str = ""
    about: str = ""
    owner: int | None = None
    owner_name: str = ""
    days: int | None = None
    due_on: date | None = None
    notes: str = ""


@transaction.atomic
def add_task(
    meetup: Meetup, wording: Wording, *, by: Person | None, now: datetime, minutes: int | None = None, line: int | None = None
) -> Task:
    """Add a task, or a milestone. Raises Refusal naming the field, when there are too many, and once the meetup is archived."""
    meetups.check_changeable(meetup.pk)
    check_room(meetup, 1)
    fields = checked(meetup, wording)
    told = {"made_at": now, "made_by": by, "changed_at": now, "minutes_id": minutes, "line": line}
    task = Task.objects.create(meetup=meetup, **fields, **told, **_given(wording, by, now))
    record("task_added", task, by=by, now=now)
    return task


@transaction.atomic
def change_task(task: Task, wording: Wording, *, seen: int | None, by: Person | None, now: datetime) -> None:
    """Change what a task says. `seen` is the edition somebody changes, None to change any.

    Raises Refusal when it was changed meanwhile or is gone, and naming the field that is wrong.
    """
    locked = lock(task)
    if seen is not None and locked.edition != seen:
        raise Refusal(gettext(CHANGED))
    fields = checked(task.meetup, wording, stays=locked.owner_id)
    if locked.owner_id != wording.owner:
        fields |= _given(wording, by, now)
    Task.objects.filter(pk=locked.pk).update(**fields, edition=locked.edition + 1, changed_at=now)
    record("task_changed", task, by=by, now=now)


@transaction.atomic
def mark_done(task: Task, *, done: bool, by: Person | None, now: datetime) -> None:
    """Mark a task as done, or as to do again. Whoever did it first stays who did it."""
    locked = lock(task)
    if (locked.done_at is not None) == done:
        return
    moment, person = (now, by) if done else (None, None)
    Task.objects.filter(pk=locked.pk).update(done_at=moment, done_by=person, changed_at=now)
    record("task_done" if done else "task_reopened", task, by=by, now=now)


@transaction.atomic
def remove_task(task: Task, *, by: Person | None, now: datetime) -> None:
    """Take a task off the list; nothing of it is kept."""
    meetups.check_changeable(task.meetup_id)
    gone, _ = Task.objects.filter(pk=task.pk).delete()
    if gone:
        record("task_removed", task, by=by, now=now)


def lock(task: Task) -> Task:
    """Return the task as it is now, locked. Raises Refusal when it is gone, and once the meetup is archived."""
    meetups.check_changeable(task.meetup_id)
    locked = Task.objects.select_for_update(of=("self",)).filter(pk=task.pk).first()
    if locked is None:
        raise Refusal(gettext("Somebody took this task off the list meanwhile."))
    return locked


def check_room(meetup: Meetup, more: int) -> None:
    """Raise Refusal when so many more tasks would be too many."""
    if Task.objects.filter(meetup=meetup).count() + more > MOST_TASKS:
        said = gettext("A meetup has %(most)s tasks at most. Take old ones off the list first.")
        raise Refusal(said % {"most": MOST_TASKS})


def checked(meetup: Meetup, wording: Wording, *, stays: int | None = None) -> dict[str, Any]:
    """Return the fields of a task. Raises Refusal naming the one that is wrong. `stays` may be owner in any case."""
    clean = replace(wording, title=one_line(wording.title), owner_name=one_line(wording.owner_name), notes=lines(wording.notes))
    fault = _fault_in(clean)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    if clean.owner not in {None, stays} and not Organiser.objects.filter(meetup=meetup, person=clean.owner).exists():
        raise Refusal(gettext("Choose somebody of the team, or type a name."), field="owner")
    fields = {**vars(clean), "owner_name": "" if clean.owner else clean.owner_name}
    owner = fields.pop("owner")
    kind = "milestone" if clean.stage else "task"
    return {**fields, "owner_id": owner, "kind": kind, "notes_html": to_html(clean.notes) if clean.notes else ""}


def _given(wording: Wording, by: Person | None, now: datetime) -> dict[str, Any]:
    """Return when the owner got the task and from whom, so that they are told when it was somebody else."""
    return {"given_at": now, "given_by": by} if wording.owner else {"given_at": None, "given_by": None}


def record(deed: str, task: Task, *, by: Person | None, now: datetime) -> None:
    """Tell the journal."""
    actor = by.pk if by else None
    journal.record(f"planning.{deed}", at=now, meetup=task.meetup_id, actor=actor, facts={"task": task.pk})


def _fault_in(wording: Wording) -> tuple[str, str] | None:
    if not has_ink(wording.title):
        return "title", gettext("Say what is to be done.")
    for field in ("title", "owner_name", "notes"):
        if len(getattr(wording, field)) > LONGEST[field]:
            return field, gettext("Shorten this to %(most)s characters.") % {"most": LONGEST[field]}
    if wording.about and wording.about not in ABOUT:
        return "about", gettext("Choose one of the list.")
    if wording.days is not None and not -MOST_DAYS <= wording.days <= MOST_DAYS:
        return "days", gettext("Choose at most %(most)s days.") % {"most": MOST_DAYS}
    if wording.days is not None and wording.due_on is not None:
        return "due_on", gettext("Choose a day, or count from the meetup, not both.")
    return None
