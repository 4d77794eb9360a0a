"""Who may see a seat: whoever holds its link, and the meetup's team."""

from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor, organised_meetup_for
from midcycle.registration.models import Seat


def seat_for(slug: str, token: str) -> Seat:
    """Return the seat a personal link opens, with its meetup. Raises Http404 for any other text."""
    seat = Seat.objects.select_related("meetup").filter(meetup__slug=slug, token=token).first()
    if seat is None:
        raise Http404
    return seat


def seat_at_desk_for(visitor: Visitor, slug: str, number: int) -> Seat:
    """Return a seat of the meetup for someone of its team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    seat = Seat.objects.select_related("meetup").filter(meetup=meetup, pk=number).first()
    if seat is None:
        raise Http404
    return seat


def person_of(visitor: Visitor) -> Person | None:
    """Return the person signed in, if anybody is."""
    return visitor if isinstance(visitor, Person) else None
