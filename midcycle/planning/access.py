"""Who may see and change the plan of a meetup: its team. What is not there and what is not allowed look the same: 404."""

import re
from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor, may_organise, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup, Organiser
from midcycle.planning.models import Membership, Minutes, Task

_KEY: Final = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True)
class Team:
    """A meetup, and somebody of its team."""

    meetup: Meetup
    person: Person


def team_for(visitor: Visitor, slug: str) -> Team:
    """Return the meetup and whoever asks, for somebody of its team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    if not isinstance(visitor, Person):
        raise Http404
    return Team(meetup, visitor)


def task_for(visitor: Visitor, slug: str, number: int) -> tuple[Task, Person]:
    """Return a task of a meetup the visitor organises. Raises Http404."""
    team = team_for(visitor, slug)
    return task_of(team.meetup, number), team.person


def task_of(meetup: Meetup, number: int) -> Task:
    """Return a task of a meetup, with its people and minutes. Raises Http404."""
    tasks = Task.objects.select_related("owner", "done_by", "made_by", "minutes")
    task = tasks.filter(meetup=meetup, pk=number).first()
    if task is None:
        raise Http404
    task.meetup = meetup
    return task


def minutes_for(visitor: Visitor, slug: str, number: int) -> tuple[Minutes, Person]:
    """Return minutes of a meetup the visitor organises. Raises Http404."""
    team = team_for(visitor, slug)
    minutes = Minutes.objects.select_related("written_by").filter(meetup=team.meetup, pk=number).first()
    if minutes is None:
        raise Http404
    minutes.meetup = team.meetup
    return minutes, team.person


def earlier_for(team: Team, number: int) -> Meetup:
    """Return another edition of the same series that the visitor organises as well. Raises Http404."""
    found = Meetup.objects.filter(pk=number, series__isnull=False, series=team.meetup.series_id).exclude(pk=team.meetup.pk)
    earlier = found.first()
    if earlier is None or not may_organise(team.person, earlier):
        raise Http404
    return earlier


def calendar_for(slug: str, key: str) -> Membership:
    """Return whose calendar a key opens, while they are of the team. Raises Http404."""
    known = _KEY.fullmatch(key)
    rows = Membership.objects.select_related("meetup", "person")
    found = rows.filter(calendar_key=key, meetup__slug=slug, person__is_active=True).first() if known else None
    if found is None or not may_organise(found.person, found.meetup):
        raise Http404
    return found


def stop_key(meetup_id: int, person_id: int) -> str:
    """Return the text that lets a person get no more letters about the plan of a meetup, and nothing else."""
    digest = salted_hmac("midcycle.planning.letters", f"{meetup_id}:{person_id}", algorithm="sha256").hexdigest()
    return f"{person_id}-{digest[:32]}"


def reader_for(slug: str, key: str) -> Team:
    """Return whose key it is. Raises Http404 for any other text, and once they are not of the team any more."""
    meetup = meetup_for(slug)
    number, _, _ = key.partition("-")
    if re.fullmatch(r"[0-9]{1,18}", number, re.ASCII) is None:
        raise Http404
    if not constant_time_compare(key, stop_key(meetup.pk, int(number))):
        raise Http404
    member = Organiser.objects.select_related("person").filter(meetup=meetup, person=int(number)).first()
    if member is None:
        raise Http404
    return Team(meetup, member.person)
