"""Who may see, answer for and tidy outcomes. What is not there and what is not allowed look the same: 404."""

import re
from dataclasses import dataclass

from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.outcomes.models import Action, Tag, Trace


@dataclass(frozen=True)
class Reader:
    """Somebody who has, or may have, actions at a meetup."""

    meetup: Meetup
    person: Person


def team_for(visitor: Visitor, slug: str) -> Reader:
    """Return the meetup and whoever asks, for somebody of its team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    if not isinstance(visitor, Person):
        raise Http404
    return Reader(meetup, visitor)


def action_of(meetup: Meetup, number: int) -> Action:
    """Return an action of a meetup that everybody sees. Raises Http404."""
    action = _action(meetup, number)
    if not action.is_public:
        raise Http404
    return action


def team_action_for(visitor: Visitor, slug: str, number: int) -> tuple[Action, Person]:
    """Return an action, also one that left its pad, for somebody of the team. Raises Http404 for anyone else."""
    team = team_for(visitor, slug)
    return _action(team.meetup, number), team.person


def team_tag_for(visitor: Visitor, slug: str, number: int) -> tuple[Tag, Person]:
    """Return a tag for somebody of the team. Raises Http404 for anyone else."""
    team = team_for(visitor, slug)
    return tag_of(team.meetup, number), team.person


def tag_of(meetup: Meetup, number: int) -> Tag:
    """Return a tag of a meetup, which everybody sees. Raises Http404."""
    tag = Tag.objects.select_related("into").filter(meetup=meetup, pk=number).first()
    if tag is None:
        raise Http404
    tag.meetup = meetup
    return tag


def own_action_of(reader: Reader, number: int) -> Action:
    """Return an action its reader was asked about or stands for. Raises Http404 for any other."""
    action = _action(reader.meetup, number)
    if action.owner_id != reader.person.pk:
        raise Http404
    return action


def team_trace_for(visitor: Visitor, slug: str, number: int) -> tuple[Trace, Reader]:
    """Return a note about what became of something, for somebody of the team. Raises Http404 for anyone else."""
    team = team_for(visitor, slug)
    traces = Trace.objects.select_related("action", "tag")
    trace = (
        traces.filter(pk=number, action__meetup=team.meetup).first()
        or traces.filter(pk=number, tag__meetup=team.meetup).first()
    )
    if trace is None:
        raise Http404
    return trace, team


def key_of(meetup_id: int, person_id: int) -> str:
    """Return the text that lets a person answer for their actions at a meetup and choose its letters, and nothing else."""
    digest = salted_hmac("midcycle.outcomes", f"{meetup_id}:{person_id}", algorithm="sha256").hexdigest()
    return f"{person_id}-{digest[:32]}"


def reader_for(slug: str, key: str) -> Reader:
    """Return whose key it is. Raises Http404 for any other text, whether or not there is such a person."""
    meetup = meetup_for(slug)
    number, _, _ = key.partition("-")
    if re.fullmatch(r"[0-9]{1,18}", number, re.ASCII) is None:
        raise Http404
    if not constant_time_compare(key, key_of(meetup.pk, int(number))):
        raise Http404
    person = Person.objects.filter(pk=int(number), is_active=True).first()
    if person is None:
        raise Http404
    return Reader(meetup, person)


def earlier_action_for(meetup: Meetup, number: int) -> Action:
    """Return a public action of another edition of the same series. Raises Http404."""
    found = Action.objects.select_related("meetup", "pad").filter(pk=number, meetup__series=meetup.series_id)
    action = found.exclude(meetup=meetup).first() if meetup.series_id else None
    if action is None or not action.is_public:
        raise Http404
    return action


def earlier_tag_for(meetup: Meetup, number: int) -> Tag:
    """Return a tag of another edition of the same series. Raises Http404."""
    found = Tag.objects.select_related("meetup").filter(pk=number, meetup__series=meetup.series_id)
    tag = found.exclude(meetup=meetup).first() if meetup.series_id else None
    if tag is None:
        raise Http404
    return tag


def _action(meetup: Meetup, number: int) -> Action:
    action = Action.objects.select_related("pad", "owner").filter(meetup=meetup, pk=number).first()
    if action is None:
        raise Http404
    action.meetup = meetup
    return action
