"""Who may see how people heard: the team at any time, everybody once it is published."""

from django.http import Http404
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.reach.models import Channel, Reached
from midcycle.registration.rules.ways import USUAL


def desk_for(visitor: Visitor, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and whoever of its team is at its desk. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    if not isinstance(visitor, Person):
        raise Http404
    return meetup, visitor


def channel_for(visitor: Visitor, slug: str, code: str) -> Channel:
    """Return a channel for someone of the meetup's team; the usual ones are not kept. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    channel = Channel.objects.filter(meetup=meetup, code=code).first()
    if channel is None and code in ("poster", "page"):
        channel = Channel(meetup=meetup, code=code, name=gettext(USUAL[code]), leads_to="meetup")
    if channel is None:
        raise Http404
    channel.meetup = meetup
    return channel


def reached_for(slug: str) -> Reached:
    """Return how people heard of a meetup, once it is published. Raises Http404 before."""
    reached = Reached.objects.filter(meetup=meetup_for(slug), is_public=True).select_related("meetup__series").first()
    if reached is None:
        raise Http404
    return reached
