"""Who may read a report: everybody once it is published."""

from django.http import Http404

from midcycle.meetups.access import meetup_for
from midcycle.meetups.models import Meetup
from midcycle.report.models import Report


def reported_meetup_for(slug: str) -> Meetup:
    """Return the meetup whose report is published. Raises Http404 for any other."""
    meetup = meetup_for(slug)
    if not Report.objects.filter(meetup=meetup, published_at__isnull=False).exists():
        raise Http404
    return meetup
