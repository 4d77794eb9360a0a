"""Who may change the underwriters and the balance. What is not there and what is not allowed look the same: 404."""

from django.http import Http404

from midcycle.funding.models import Underwriter
from midcycle.meetups.access import Visitor, organised_meetup_for


def underwriter_for(visitor: Visitor, slug: str, number: int) -> Underwriter:
    """Return an underwriter of a meetup the visitor organises. Raises Http404."""
    meetup = organised_meetup_for(visitor, slug)
    found = Underwriter.objects.select_related("meetup", "owner").prefetch_related("recognitions")
    underwriter = found.filter(pk=number, meetup=meetup).first()
    if underwriter is None:
        raise Http404
    return underwriter
