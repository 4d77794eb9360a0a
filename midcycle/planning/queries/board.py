"""The list of tasks, and what is shown of it elsewhere."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count
from django.utils.translation import gettext, ngettext, pgettext

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup, Organiser
from midcycle.planning.models import Task
from midcycle.planning.queries.rows import TaskRow, name_of, row_of, tasks_of, today_at, turn, with_people
from midcycle.planning.rules import ABOUT, SHOWN, within

BESIDE: Final = 6  # tasks shown beside the thing they are about
_WANTED: Final[Mapping[str, Callable[[TaskRow, int], bool]]] = {
    "open": lambda row, _: not row.is_done,
    "mine": lambda row, person: not row.is_done and row.owner_number == person,
    "overdue": lambda row, _: row.is_late,
    "done": lambda row, _: row.is_done,
    "all": lambda _, __: True,
}


@dataclass(frozen=True)
class View:
    """One way to look at the list, and how many tasks it shows."""

    key: str
    name: str
    count: int
    here: bool


@dataclass(frozen=True)
class Board:
    """The tasks somebody asked for, milestones first, and the other ways to look at them. `about` is a thing, blank for all."""

    views: tuple[View, ...]
    shown: str
    about: str
    about_name: str
    milestones: tuple[TaskRow, ...]
    tasks: tuple[TaskRow, ...]
    is_blank: bool
    has_day: bool

    @property
    def about_within(self) -> str:
        """Return the thing as it stands within a sentence."""
        return within(self.about_name)


@dataclass(frozen=True)
class Beside:
    """What is to do about one thing of the desk: the first few tasks, and how many more."""

    key: str
    name: str
    tasks: tuple[TaskRow, ...]
    more: int
    late: int

    @property
    def count(self) -> int:
        """How many tasks there are."""
        return len(self.tasks) + self.more


@dataclass(frozen=True)
class Edition:
    """An edition of the series somebody organises too, and how many tasks it has."""

    meetup: Meetup
    tasks: int

    @property
    def in_words(self) -> str:
        """Title and number of tasks."""
        said = ngettext("%(edition)s, %(count)s task", "%(edition)s, %(count)s tasks", self.tasks)
        return said % {"edition": self.meetup.title, "count": self.tasks}


def board(meetup: Meetup, person: Person, shown: str, about: str, *, now: datetime) -> Board:
    """Return the list of tasks. One query."""
    every = tasks_of(meetup, today_at(meetup, now))
    rows = [row for row in every if not about or row.about == about]
    found = [row for row in rows if _WANTED[shown](row, person.pk)]
    views = tuple(
        View(key, pgettext("tasks", name), sum(1 for row in rows if _WANTED[key](row, person.pk)), key == shown)
        for key, name in SHOWN.items()
    )
    return Board(
        views=views,
        shown=shown,
        about=about,
        about_name=gettext(ABOUT[about]) if about else "",
        milestones=tuple(row for row in found if row.is_milestone),
        tasks=tuple(row for row in found if not row.is_milestone),
        is_blank=not every,
        has_day=meetup.starts_on is not None,
    )


def beside(meetup: Meetup, about: str, *, today: date) -> Beside:
    """Return what is to do about a thing. One query."""
    tasks = with_people(Task.objects.filter(meetup=meetup, about=about, done_at=None))
    rows = sorted((row_of(task, meetup, today) for task in tasks), key=turn)
    return Beside(
        about, gettext(ABOUT[about]), tuple(rows[:BESIDE]), max(0, len(rows) - BESIDE), sum(1 for row in rows if row.is_late)
    )


def to_do_by_thing(meetup: Meetup) -> dict[str, int]:
    """Return how many tasks are to do about each thing, and under `all` how many there are. One query."""
    rows = Task.objects.filter(meetup=meetup, done_at=None).order_by().values_list("about")
    counts = Counter(dict(rows.annotate(Count("pk"))))
    return {**counts, "": 0, "all": counts.total()}


def milestones_left(meetup: Meetup) -> int:
    """Return how many milestones of the stage a meetup is in are not done. One query."""
    return Task.objects.filter(meetup=meetup, kind="milestone", stage=meetup.stage, done_at=None).count()


def people_of_team(meetup: Meetup) -> tuple[tuple[int, str], ...]:
    """Return the people of a team by number, with what they are called."""
    team = Organiser.objects.filter(meetup=meetup).select_related("person").order_by("person__name", "pk")
    return tuple((member.person_id, name_of(member.person)) for member in team)


def editions_before(meetup: Meetup, person: Person) -> tuple[Edition, ...]:
    """Return the other editions of a meetup's series that a person organises too and that have tasks, the newest first."""
    if meetup.series_id is None:
        return ()
    mine = Meetup.objects.filter(series=meetup.series_id, organisers__person=person).exclude(pk=meetup.pk)
    counts = dict(Task.objects.filter(meetup__in=mine).order_by().values_list("meetup").annotate(Count("pk")))
    return tuple(Edition(row, counts[row.pk]) for row in mine.order_by("-opened_at", "-pk") if row.pk in counts)
