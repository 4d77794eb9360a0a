"""A task as pages, letters and files show it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.words import day_in_words
from midcycle.meetups.models import Meetup, Organiser
from midcycle.meetups.rules import STAGE_NAMES
from midcycle.planning.models import Task
from midcycle.planning.rules import ABOUT, days_in_words, due_day, notes_in_words, title_in_words, within
from midcycle.planning.rules.reminders import SOON
from midcycle.web.markdown import to_html


@dataclass(frozen=True)
class TaskRow:
    """A task. `left` is how many days are left, negative once it is overdue, None without a day."""

    number: int
    title: str
    stage: str
    stage_name: str
    about: str
    about_name: str
    owner: str
    owner_number: int | None
    has_left: bool
    due: date | None
    due_words: str
    left: int | None
    is_done: bool
    done_at: datetime | None
    done_by: str
    made_at: datetime
    minutes: int | None
    line: int | None
    has_notes: bool

    @property
    def stage_within(self) -> str:
        """Return the stage as it stands within a sentence."""
        return within(self.stage_name)

    @property
    def is_milestone(self) -> bool:
        """Say whether it is a milestone."""
        return bool(self.stage)

    @property
    def is_late(self) -> bool:
        """Say whether it should have been done by now."""
        return not self.is_done and self.left is not None and self.left < 0

    @property
    def in_words(self) -> str:
        """Return when and whose, such as `late, 3 Mar, Ada`."""
        day = day_in_words(self.due, "short_month_day") if self.due else self.due_words
        said = (gettext("late") if self.is_late else "", day, self.owner)
        return ", ".join(one for one in said if one)

    @property
    def days_late(self) -> int:
        """Return for how many days it should have been done."""
        return -(self.left or 0)

    @property
    def is_soon(self) -> bool:
        """Say whether it is due within a week."""
        return self.left is not None and 0 <= self.left <= SOON


def today_at(meetup: Meetup, now: datetime) -> date:
    """Return the day it is where a meetup is held."""
    return now.astimezone(ZoneInfo(meetup.timezone)).date()


def tasks_of(meetup: Meetup, today: date) -> list[TaskRow]:
    """Return the tasks of a meetup: what is due first comes first, what has no day last. One query."""
    return sorted((row_of(task, meetup, today) for task in with_people(Task.objects.filter(meetup=meetup))), key=turn)


def tasks_of_person(person: Person, *, now: datetime) -> list[tuple[TaskRow, Meetup]]:
    """Return what somebody has to do for meetups they organise, with its meetup, what is due first comes first. One query."""
    mine = Task.objects.filter(owner=person, done_at=None, meetup__organisers__person=person).exclude(meetup__stage="archived")
    tasks = with_people(mine).select_related("meetup")
    rows = [(row_of(task, task.meetup, today_at(task.meetup, now)), task.meetup) for task in tasks]
    return sorted(rows, key=lambda pair: turn(pair[0]))


def with_people(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Return tasks with their people, and whether the owner is of the team."""
    there = Organiser.objects.filter(meetup=OuterRef("meetup"), person=OuterRef("owner"))
    return tasks.select_related("owner", "done_by").defer("notes_html").annotate(owner_is_there=Exists(there)).order_by("pk")


def row_of(task: Task, meetup: Meetup, today: date) -> TaskRow:
    """Return one task as it is shown; `meetup` is its own. It comes from `with_people`, or its owner counts as there."""
    due = due_day(task.days, task.due_on, meetup.starts_on)
    return TaskRow(
        number=task.pk,
        title=title_in_words(task.title),
        stage=task.stage,
        stage_name=gettext(STAGE_NAMES[task.stage]) if task.stage else "",
        about=task.about,
        about_name=gettext(ABOUT[task.about]) if task.about else "",
        owner=name_of(task.owner) if task.owner else task.owner_name,
        owner_number=task.owner_id,
        has_left=bool(task.owner_id and not vars(task).get("owner_is_there", True)),
        due=due,
        due_words=days_in_words(task.days) if task.days is not None else "",
        left=(due - today).days if due else None,
        is_done=task.done_at is not None,
        done_at=task.done_at,
        done_by=name_of(task.done_by) if task.done_by else "",
        made_at=task.made_at,
        minutes=task.minutes_id,
        line=task.line,
        has_notes=bool(task.notes),
    )


def turn(row: TaskRow) -> tuple[bool, date, int]:
    """Return what tasks are sorted by."""
    return row.due is None, row.due or date.max, row.number


def name_of(person: Person) -> str:
    """Return what the team calls a person: the name, else the address, which the team sees on its page anyway."""
    return person.name or person.email


def names_of_team(meetup: Meetup) -> dict[str, int]:
    """Return the names of a team in lower case, in full and by the first word where that is clear, with their numbers."""
    team = Organiser.objects.filter(meetup=meetup).exclude(person__name="").values_list("person__name", "person")
    full = {name.lower(): number for name, number in team}
    first = [(name.split()[0], number) for name, number in full.items() if name.split()]
    counts = Counter(name for name, _ in first)
    return {name: number for name, number in first if counts[name] == 1} | full


def notes_of(task: Task) -> str:
    """Return the notes of a task as HTML; those of a usual milestone in the language that is active."""
    told = notes_in_words(task.notes)
    return task.notes_html if told is None else to_html(told)
