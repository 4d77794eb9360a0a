"""Who may see a call and change an answer, and how often somebody may answer.

What is not there and what is not allowed look the same: 404.
"""

from typing import Final, TypeVar

from django.conf import settings
from django.db.models import Model
from django.http import Http404

from midcycle.hosting.models import Call, Interest, PastEdition, WantedTopic, Window
from midcycle.meetups.access import Visitor, organised_meetup_for
from midcycle.web.limits import Limit

Row = TypeVar("Row", bound=Model)
FROM_ONE_PLACE: Final = Limit(settings.MIDCYCLE.registrations_per_minute, 60)
FOR_ONE_ADDRESS: Final = Limit(10, 15 * 60)


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


def window_for(visitor: Visitor, slug: str, number: int) -> Window:
    """Return days a meetup's call asks about, for someone of its team. Raises Http404."""
    call = organised_call_for(visitor, slug)
    return _or_absent(Window.objects.select_related("call").filter(call=call, pk=number).first())


def line_for(visitor: Visitor, slug: str, number: int) -> WantedTopic:
    """Return a topic somebody wrote into an answer, for someone of the meetup's team. Raises Http404."""
    call = organised_call_for(visitor, slug)
    found = WantedTopic.objects.select_related("interest__call").filter(interest__call=call, pk=number)
    return _or_absent(found.exclude(interest__confirmed_at=None).first())


def past_edition_for(visitor: Visitor, slug: str, number: int) -> PastEdition:
    """Return what the team of a meetup told of an edition elsewhere, for someone of that team. Raises Http404."""
    meetup = organised_meetup_for(visitor, slug)
    return _or_absent(PastEdition.objects.filter(meetup=meetup, pk=number).first())


def wait_before_answering(origin: str, email: str) -> int:
    """Count an answer from where a request comes, and for an address; return how many seconds it has to wait, 0 for none."""
    return FROM_ONE_PLACE.wait(origin) or FOR_ONE_ADDRESS.wait(email)


def _or_absent(found: Row | None) -> Row:
    if found is None:
        raise Http404
    return found
