"""Who is thanked."""

from django.db.models.functions import Lower

from midcycle.funding.models import Underwriter
from midcycle.meetups.models import Meetup


def underwriters(meetup: Meetup) -> list[Underwriter]:
    """Return the underwriters of a meetup: hosts first, then by name. One query."""
    return list(Underwriter.objects.filter(meetup=meetup).order_by("-is_host", Lower("name")))
