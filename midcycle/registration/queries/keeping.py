"""When answers are deleted, and how many are kept still."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils.translation import gettext

from midcycle.accounts.actions import NOWHERE
from midcycle.journal.queries import entries_of
from midcycle.kernel.words import day_in_words
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Needs, Seat, SeatAnswer
from midcycle.registration.queries.asking import capacity_of, questions_of
from midcycle.registration.rules.asking import KEEP_DAYS, SOMEONE, STANDARD_NAMES
from midcycle.registration.rules.keeping import COLUMNS, NEEDS, blank, days_of, deleted_on, last_day
from midcycle.registration.rules.languages import FIRST, text_in

FORGOTTEN = f"@{NOWHERE}"


@dataclass(frozen=True)
class Kept:
    """One answer: how long it is kept, when it is deleted, and of how many people there is one now."""

    title: str
    days: int
    on: date | None
    people: int

    @property
    def on_text(self) -> str:
        """Return the day as people read it, such as `9 March 2027`; blank while nobody knows."""
        return day_in_words(self.on)


@dataclass(frozen=True)
class KeepingPage:
    """What is kept, and when it is deleted, soonest first. `last` is the day all days count from, if it is known.

    Nothing is deleted where people `are_invented`.
    """

    last: date | None
    kept: tuple[Kept, ...]
    are_invented: bool = False

    @property
    def last_text(self) -> str:
        """Return that day as people read it; blank while nobody knows."""
        return day_in_words(self.last)


def last_day_of(meetup: Meetup) -> date | None:
    """Return the day retention counts from. One query, and only for an archived meetup."""
    archived_on = None
    if meetup.stage == "archived":
        reached = [entry for entry in entries_of(meetup.pk, "meetups.stage_reached") if entry.facts["stage"] == "archived"]
        archived_on = reached[-1].at.astimezone(ZoneInfo(meetup.timezone)).date() if reached else None
    return last_day(meetup.starts_on, meetup.ends_on, archived_on)


def keeping_page(meetup: Meetup) -> KeepingPage:
    """Return what is kept and when it is deleted. At most six queries, however many people there are."""
    capacity = capacity_of(meetup)
    are_invented = capacity is not None and capacity.are_invented
    last = None if are_invented else last_day_of(meetup)
    overrides = capacity.keep_days if capacity else {}
    people = _people_by_key(meetup)
    standard = [
        Kept(gettext(STANDARD_NAMES[key]), days, deleted_on(last, days), people[key])
        for key in KEEP_DAYS
        for days in [days_of(key, overrides)]
    ]
    answered = _people_by_question(meetup)
    own = [
        Kept(text_in(each.titles, FIRST)[0], each.keep_days, deleted_on(last, each.keep_days), answered.get(each.number, 0))
        for each in questions_of(meetup)
    ]
    return KeepingPage(last, tuple(sorted([*own, *standard], key=lambda kept: kept.days)), are_invented)


def is_said(columns: Iterable[str]) -> Q:
    """Return the condition that one of these columns of a seat holds an answer."""
    said = Q()
    for column in columns:
        said |= Q(**{f"{column}__isnull": False}) if blank(column) is None else ~Q(**{column: ""})
    return said


def _people_by_key(meetup: Meetup) -> dict[str, int]:
    """Return of how many people there is an answer to each standard question. Two queries."""
    counts = {key: Count("pk", filter=is_said(columns)) for key, columns in COLUMNS.items()}
    names = Count("pk", filter=~Q(name=SOMEONE))
    emails = Count("pk", filter=~Q(person__email__endswith=FORGOTTEN))
    of_seats = {f"of_{key}": count for key, count in {**counts, "name": names, "email": emails}.items()}
    of_needs = {f"of_{key}": Count("pk", filter=~Q(**{key: ""})) for key in NEEDS}
    seats = Seat.objects.filter(meetup=meetup).aggregate(**of_seats)
    needs = Needs.objects.filter(seat__meetup=meetup).aggregate(**of_needs)
    return {key.removeprefix("of_"): count for key, count in {**seats, **needs}.items()}


def _people_by_question(meetup: Meetup) -> dict[int, int]:
    """Return how many people answered each question of the organisers, by its number. One query."""
    answers = SeatAnswer.objects.filter(question__meetup=meetup)
    return dict(answers.values_list("question_id").annotate(people=Count("pk")).order_by())
