"""Who may see a call and change an answer. What is not there and what is not allowed look the same: 404."""

from django.http import Http404

from midcycle.hosting.models import Call, Interest
from midcycle.meetups.access import Visitor, organised_meetup_for


def call_for(slug: str) -> Call:
    """Return the call of a meetup, open or closed. Raises Http404 when nobody was asked."""
    call = Call.objects.select_related("meetup", "meetup__series").filter(meetup__slug=slug).first()
    if call is None:
        raise Http404
    return call


def organised_call_for(visitor: Visitor, slug: str) -> Call:
    """Return the call of a meetup the visitor organises. Raises Http404."""
    organised_meetup_for(visitor, slug)
    return call_for(slug)


def interest_for(slug: str, token: str) -> Interest:
    """Return the answer to this meetup's call that the token belongs to. Raises Http404."""
    interest = (
        Interest.objects.select_related("call", "call__meetup", "person").filter(token=token, call__meetup__slug=slug).first()
    )
    if interest is None:
        raise Http404
    return interest
