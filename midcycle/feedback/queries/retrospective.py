"""What the team learned, and what editions before it left to see to."""

from dataclasses import dataclass

from django.db.models import QuerySet

from midcycle.accounts.models import Person
from midcycle.feedback.access import handed_on_to
from midcycle.feedback.models import Lesson
from midcycle.feedback.rules.retrospective import KINDS, WRAP_UP_TITLE
from midcycle.meetups.models import Meetup, Organiser
from midcycle.pads.models import Pad


@dataclass(frozen=True)
class LessonList:
    """The entries of one kind."""

    kind: str
    name: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Retrospective:
    """Everything the team noted, what waits from earlier editions, what came of those, and the pad of the wrap-up."""

    meetup: Meetup
    lists: tuple[LessonList, ...]
    waiting: tuple[Lesson, ...]
    taken_up: tuple[Lesson, ...]
    team: tuple[Person, ...]
    pad: Pad | None


def retrospective(meetup: Meetup) -> Retrospective:
    """Return the retrospective of a meetup. Five queries."""
    members = Organiser.objects.filter(meetup=meetup).select_related("person").order_by("pk")
    return Retrospective(
        meetup=meetup,
        lists=_lists(Lesson.objects.filter(meetup=meetup).select_related("owner", "taken_up_in").order_by("pk")),
        waiting=tuple(handed_on_to(meetup)),
        taken_up=tuple(Lesson.objects.filter(taken_up_in=meetup).select_related("meetup", "owner").order_by("pk")),
        team=tuple(member.person for member in members),
        pad=Pad.objects.filter(meetup=meetup, session=None, title=WRAP_UP_TITLE).first(),
    )


def public_lessons(meetup: Meetup) -> tuple[LessonList, ...]:
    """Return what the team lets everybody read. One query."""
    return _lists(Lesson.objects.filter(meetup=meetup, is_public=True).select_related("owner", "taken_up_in").order_by("pk"))


def _lists(rows: QuerySet[Lesson]) -> tuple[LessonList, ...]:
    found = list(rows)
    by_kind = ((kind, name, tuple(each for each in found if each.kind == kind)) for kind, name in KINDS.items())
    return tuple(LessonList(kind, name, lessons) for kind, name, lessons in by_kind if lessons)
