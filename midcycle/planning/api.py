"""Plans for machines: tasks to read, add and mark as done, and minutes a bot can bring."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Router, Schema, Status
from pydantic import Field

from midcycle.kernel.refusal import Refusal
from midcycle.meetups.api import Token, TokenRequest
from midcycle.meetups.models import Meetup
from midcycle.planning import actions, queries
from midcycle.planning.access import task_of
from midcycle.planning.models import Minutes, Task
from midcycle.planning.rules import LONGEST, MOST_DAYS, read_log
from midcycle.web.api import Refused
from midcycle.web.reading import Body

router = Router(tags=["planning"])
Day = Annotated[date, Field(strict=False, ge=date(2000, 1, 1), le=date(2099, 12, 31))]


class TaskOut(Schema):
    """A task or milestone. `due` is the day, as counted now; `days` how many days from the meetup's first day, if counted."""

    id: int
    kind: Literal["milestone", "task"]
    stage: str
    title: str
    about: str
    owner: str
    due: date | None
    days: int | None
    done: bool
    done_at: datetime | None
    notes: str
    minutes: int | None
    line: int | None
    url: str


class TasksOut(Schema):
    """The tasks of a meetup, what is due first comes first."""

    items: list[TaskOut]


class TaskIn(Body):
    """A task. `owner` is a name; one of the team, in full or by the first word, is that person, any other is kept as a name.

    `due` is a day, or `days` counts from the meetup's first day, negative before it; not both. `stage` makes it a milestone.
    """

    title: Annotated[str, Field(max_length=LONGEST["title"])]
    owner: Annotated[str, Field(max_length=LONGEST["owner_name"])] = ""
    due: Day | None = None
    days: Annotated[int, Field(ge=-MOST_DAYS, le=MOST_DAYS)] | None = None
    about: str = ""
    stage: Literal["", "idea", "hosting", "registration", "agenda", "on_site", "wrap_up", "archived"] = ""
    notes: Annotated[str, Field(max_length=LONGEST["notes"])] = ""


class DoneIn(Body):
    """Whether a task is done."""

    done: bool


class MinutesIn(Body):
    """Minutes in Markdown, or the log or text minutes of a MeetBot, from which day and people are read where they are left out.

    The same text of the same day again is answered with the minutes that are there.
    """

    text: Annotated[str, Field(max_length=LONGEST["log"])]
    title: Annotated[str, Field(max_length=LONGEST["minutes_title"])] = ""
    held_on: Day | None = None
    present: list[Annotated[str, Field(max_length=LONGEST["owner_name"])]] = []


class MinutesOut(Schema):
    """Minutes as they are kept, and the numbers of the tasks that came of them."""

    id: int
    title: str
    held_on: date
    present: str
    text: str
    tasks: list[int]
    url: str

    @staticmethod
    def resolve_tasks(minutes: Minutes) -> list[int]:
        """Return the numbers of its tasks."""
        return sorted(minutes.tasks.values_list("pk", flat=True))

    @staticmethod
    def resolve_url(minutes: Minutes) -> str:
        """Return the address of the page."""
        return settings.MIDCYCLE.public_url_used + reverse("planning:minutes", args=[minutes.meetup.slug, minutes.pk])


@router.get("/meetups/{slug}/tasks", response=TasksOut, auth=Token("planning:read"), summary="List tasks")
def list_tasks(request: TokenRequest, slug: str, done: bool | None = None) -> dict[str, object]:  # noqa: ARG001, FBT001
    """Return the tasks of a meetup, or those that are done, or to do."""
    meetup = request.auth
    today = queries.today_at(meetup, timezone.now())
    tasks = queries.with_people(Task.objects.filter(meetup=meetup))
    if done is not None:
        tasks = tasks.filter(done_at__isnull=not done)
    told = sorted((_told(task, meetup, today) for task in tasks), key=lambda row: (row["due"] or date.max, row["id"]))
    return {"items": told}


@router.post(
    "/meetups/{slug}/tasks",
    response={201: TaskOut, 409: Refused},
    auth=Token("planning:write"),
    summary="Add a task",
)
def add_task(request: TokenRequest, slug: str, task: TaskIn) -> Status[object]:  # noqa: ARG001 - the token names the meetup
    """Put a task on the list."""
    meetup = request.auth
    team = queries.names_of_team(meetup)
    known = team.get(task.owner.strip().lower())
    wording = actions.Wording(
        title=task.title,
        stage=task.stage,
        about=task.about,
        owner=known,
        owner_name="" if known else task.owner,
        days=task.days,
        due_on=task.due,
        notes=task.notes,
    )
    made = actions.add_task(meetup, wording, by=None, now=timezone.now())
    return Status(201, _shown(meetup, made.pk))


@router.patch(
    "/meetups/{slug}/tasks/{number}",
    response={200: TaskOut, 409: Refused},
    auth=Token("planning:write"),
    summary="Mark a task as done",
)
def mark_task(request: TokenRequest, slug: str, number: int, said: DoneIn) -> dict[str, object]:  # noqa: ARG001 - as above
    """Mark a task as done, or as to do again."""
    actions.mark_done(task_of(request.auth, number), done=said.done, by=None, now=timezone.now())
    return _shown(request.auth, number)


@router.post(
    "/meetups/{slug}/minutes",
    response={200: MinutesOut, 409: Refused},
    auth=Token("planning:write"),
    summary="Bring minutes",
)
def bring_minutes(request: TokenRequest, slug: str, minutes: MinutesIn) -> Minutes:  # noqa: ARG001 - as above
    """Keep minutes; each `#action` becomes a task."""
    return actions.write_minutes(request.auth, _written(minutes), by=None, now=timezone.now())


def _written(minutes: MinutesIn) -> actions.Written:
    log = read_log(minutes.text)
    held_on = minutes.held_on or (log.held_on if log else None)
    if held_on is None:
        raise Refusal(gettext("Say on which day this meeting was held."), field="held_on")
    title = minutes.title or (log.title if log else "") or "Meeting"
    present = minutes.present or list(log.present if log else ())
    return actions.Written(title, held_on, ", ".join(present)[: LONGEST["present"]], log.text if log else minutes.text)


def _shown(meetup: Meetup, number: int) -> dict[str, object]:
    return _told(task_of(meetup, number), meetup, queries.today_at(meetup, timezone.now()))


def _told(task: Task, meetup: Meetup, today: date) -> dict[str, object]:
    row = queries.row_of(task, meetup, today)
    names = ("stage", "title", "about", "owner", "due", "done_at", "minutes", "line")
    return {
        **{name: getattr(row, name) for name in names},
        "id": task.pk,
        "kind": task.kind,
        "days": task.days,
        "done": row.is_done,
        "notes": task.notes,
        "url": settings.MIDCYCLE.public_url_used + reverse("planning:task", args=[meetup.slug, task.pk]),
    }
