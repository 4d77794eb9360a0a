"""What a team decided, did and has to do since somebody was last there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.planning.models import Membership, Minutes, Task
from midcycle.planning.queries.rows import TaskRow, row_of, tasks_of, today_at, with_people
from midcycle.planning.rules import Point
from midcycle.planning.rules.reminders import SOON

FIRST_LOOK: Final = timedelta(days=14)  # for somebody who has not looked yet
MOST_MEETINGS: Final = 50


@dataclass(frozen=True)
class Meeting:
    """A meeting of the team: what was agreed on, what else was noted, and how many tasks came of it."""

    number: int
    title: str
    held_on: date
    present: str
    agreed: tuple[Point, ...]
    noted: tuple[Point, ...]
    actions: int


@dataclass(frozen=True)
class News:
    """What happened since a moment: meetings, what is done, what is new, what fell due and is not done, what is due soon."""

    since: datetime
    until: datetime
    meetings: tuple[Meeting, ...]
    done: tuple[TaskRow, ...]
    fresh: tuple[TaskRow, ...]
    fell_due: tuple[TaskRow, ...]
    soon: tuple[TaskRow, ...]

    @property
    def is_quiet(self) -> bool:
        """Say whether nothing happened; what is due soon is no news."""
        return not (self.meetings or self.done or self.fresh or self.fell_due)


def news_for(meetup: Meetup, person: Person, since: date | None, *, now: datetime) -> News:
    """Return what happened since a day, or since somebody said they had read everything. Three queries."""
    read = Membership.objects.filter(meetup=meetup, person=person).values_list("read_at", flat=True).first()
    begin = read or now - FIRST_LOOK
    if since is not None:
        begin = datetime(since.year, since.month, since.day, tzinfo=ZoneInfo(meetup.timezone))
    return news_since(meetup, begin, now=now)


def news_since(meetup: Meetup, since: datetime, *, now: datetime) -> News:
    """Return what happened in a meetup since a moment. Two queries."""
    today = today_at(meetup, now)
    rows = tasks_of(meetup, today)
    began = today_at(meetup, since)
    return News(
        since=since,
        until=now,
        meetings=tuple(_meetings(meetup, since)),
        done=tuple(row for row in rows if row.done_at and row.done_at > since),
        fresh=tuple(row for row in rows if row.made_at > since and not row.is_done and not row.is_late),
        fell_due=tuple(row for row in rows if row.is_late and row.due and began <= row.due),
        soon=tuple(row for row in rows if not row.is_done and row.left is not None and 0 <= row.left <= SOON),
    )


def minutes_of(meetup: Meetup) -> list[Minutes]:
    """Return the minutes of a meetup, the newest meeting first, with `made` and `open_tasks`: how many tasks, and not done."""
    rows = Minutes.objects.filter(meetup=meetup).defer("text", "html")
    left = Count("tasks", filter=Q(tasks__done_at=None))
    return list(rows.annotate(made=Count("tasks"), open_tasks=left).order_by("-held_on", "-pk"))


def tasks_of_minutes(minutes: Minutes, *, now: datetime) -> list[TaskRow]:
    """Return the tasks that came of a meeting, in the order of its lines; those whose line is gone come last."""
    today = today_at(minutes.meetup, now)
    rows = [row_of(task, minutes.meetup, today) for task in with_people(Task.objects.filter(minutes=minutes))]
    return sorted(rows, key=lambda row: (row.line is None, row.line or 0, row.number))


def _meetings(meetup: Meetup, since: datetime) -> Iterable[Meeting]:
    """Return the meetings whose minutes were written or changed since, the newest last."""
    rows = Minutes.objects.filter(meetup=meetup, changed_at__gt=since).defer("text", "html")
    for row in reversed(rows.order_by("-held_on", "-pk")[:MOST_MEETINGS]):
        points = [Point(**point) for point in row.points]
        yield Meeting(
            number=row.pk,
            title=row.title,
            held_on=row.held_on,
            present=row.present,
            agreed=tuple(point for point in points if point.kind == "agreed"),
            noted=tuple(point for point in points if point.kind == "info"),
            actions=sum(1 for point in points if point.kind == "action"),
        )
