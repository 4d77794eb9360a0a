"""Who is to be reminded, and of what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup, Organiser
from midcycle.planning.models import Membership, Task
from midcycle.planning.queries.news import News, news_since
from midcycle.planning.queries.rows import TaskRow, row_of, turn, with_people
from midcycle.planning.rules import due_day, is_pressing, is_time, is_weekly_day
from midcycle.planning.rules.reminders import SOON


@dataclass(frozen=True)
class Section:
    """What a letter says of one meetup: what is new for its reader, what is due, and once a week what happened.

    `free` is what is due and has no owner in the team, once a week.
    """

    meetup: Meetup
    fresh: tuple[TaskRow, ...]
    due: tuple[TaskRow, ...]
    free: tuple[TaskRow, ...]
    news: News | None


@dataclass(frozen=True)
class Digest:
    """A letter of a day to one person, about all meetups they organise."""

    person: Person
    sections: tuple[Section, ...]

    @property
    def tasks(self) -> int:
        """How many tasks it names."""
        return sum(len(section.fresh) + len(section.due) for section in self.sections)

    @property
    def free(self) -> int:
        """How many tasks it names that nobody has taken."""
        return sum(len(section.free) for section in self.sections)


def people_to_remind(*, since: date, today: date) -> list[int]:
    """Return the numbers of those who are to get a letter today; `since` is the day of the letters before.

    One query; four on the day of the week when the team is told what it did, and what of it nobody has taken.
    """
    rows = _reminded(Task.objects.all()).values_list("owner", "days", "due_on", "meetup__starts_on", "given_at", "given_by")
    found = {
        owner
        for owner, days, due_on, starts_on, given_at, given_by in rows
        if _is_told(due_day(days, due_on, starts_on), since, today) or _is_new(owner, given_at, given_by, since)
    }
    if is_weekly_day(since=since, today=today):
        found |= set(_weekly().values_list("person", flat=True))
        found |= set(_reminded_of(_free(today)).values_list("person", flat=True))
    return sorted(found)


def digest_for(number: int, *, since: date, today: date) -> Digest | None:
    """Return the letter of a day to a person, None when there is nothing to say any more."""
    person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None:
        return None
    weekly: set[int] = set()
    free: dict[int, list[Task]] = {}
    if is_weekly_day(since=since, today=today):
        weekly = set(_weekly().filter(person=person).values_list("meetup", flat=True))
        free = _free(today)
        theirs = set(_reminded_of(free).filter(person=person).values_list("meetup", flat=True))
        free = {meetup: tasks for meetup, tasks in free.items() if meetup in theirs}
    sections = tuple(_sections(person, weekly, free, since=since, today=today))
    return Digest(person, sections) if sections else None


def membership_of(meetup: Meetup, person: Person) -> Membership:
    """Return what somebody wants to be told; as kept, or as it is when nobody chose."""
    return Membership.objects.filter(meetup=meetup, person=person).first() or Membership(meetup=meetup, person=person)


def _sections(person: Person, weekly: set[int], free: dict[int, list[Task]], *, since: date, today: date) -> Iterator[Section]:
    mine: dict[int, list[Task]] = {}
    for task in with_people(_reminded(Task.objects.filter(owner=person))).select_related("meetup"):
        mine.setdefault(task.meetup_id, []).append(task)
    teams = Meetup.objects.filter(organisers__person=person).exclude(stage="archived").order_by("starts_on", "pk")
    for meetup in teams.filter(pk__in={*mine, *weekly, *free}):
        told = _section(meetup, person, mine.get(meetup.pk, []), is_weekly=meetup.pk in weekly, span=(since, today))
        rows = sorted((row_of(task, meetup, today) for task in free.get(meetup.pk, [])), key=turn)
        section = replace(told, free=tuple(rows))
        if section.fresh or section.due or section.free or section.news:
            yield section


def _section(meetup: Meetup, person: Person, tasks: list[Task], *, is_weekly: bool, span: tuple[date, date]) -> Section:
    since, today = span
    fresh = [task for task in tasks if _is_new(person.pk, task.given_at, task.given_by_id, since)]
    rows = [row_of(task, meetup, today) for task in tasks if task not in fresh]
    news = None
    if is_weekly:
        now = datetime.combine(today + timedelta(days=1), time(), UTC)
        news = news_since(meetup, now - timedelta(days=8), now=now - timedelta(seconds=1))
    return Section(
        meetup=meetup,
        fresh=tuple(sorted((row_of(task, meetup, today) for task in fresh), key=turn)),
        due=tuple(sorted((row for row in rows if row.left is not None and row.left <= SOON), key=turn)),
        free=(),
        news=None if news is None or news.is_quiet else news,
    )


def _reminded(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Return what is to do by people of the team who want to be reminded."""
    there = Organiser.objects.filter(meetup=OuterRef("meetup"), person=OuterRef("owner"))
    silent = Membership.objects.filter(meetup=OuterRef("meetup"), person=OuterRef("owner"), reminders=False)
    owned = tasks.filter(done_at=None, owner__is_active=True).exclude(meetup__stage="archived")
    return owned.filter(Exists(there), ~Exists(silent)).order_by("pk")


def _free(today: date) -> dict[int, list[Task]]:
    """Return what is due and nobody of the team has taken, by the number of its meetup. One query."""
    there = Organiser.objects.filter(meetup=OuterRef("meetup"), person=OuterRef("owner"))
    tasks = Task.objects.filter(~Exists(there), done_at=None).exclude(meetup__stage="archived").select_related("meetup")
    found: dict[int, list[Task]] = {}
    for task in with_people(tasks).order_by("pk"):
        due = due_day(task.days, task.due_on, task.meetup.starts_on)
        if due is not None and is_pressing(due, today):
            found.setdefault(task.meetup_id, []).append(task)
    return found


def _reminded_of(free: dict[int, list[Task]]) -> QuerySet[Organiser]:
    """Return who of the teams of these meetups wants to be reminded."""
    silent = Membership.objects.filter(meetup=OuterRef("meetup"), person=OuterRef("person"), reminders=False)
    return Organiser.objects.filter(~Exists(silent), meetup__in=list(free), person__is_active=True)


def _weekly() -> QuerySet[Membership]:
    there = Organiser.objects.filter(meetup=OuterRef("meetup"), person=OuterRef("person"))
    return Membership.objects.filter(Exists(there), weekly=True, person__is_active=True).exclude(meetup__stage="archived")


def _is_told(due: date | None, since: date, today: date) -> bool:
    return due is not None and is_time(due, since=since, today=today)


def _is_new(owner: int, given_at: datetime | None, given_by: int | None, since: date) -> bool:
    """Say whether somebody else gave it to its owner since the letters of that day."""
    return given_at is not None and given_by != owner and given_at.date() >= since
