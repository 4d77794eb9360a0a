"""What is due now in the lines of all meetups."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q

from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Seat

_OVER: Final = ("wrap_up", "archived")


def lines_due(now: datetime) -> list[Meetup]:
    """Return the meetups where offers are too old, lots are to be drawn or seats to be released. One query for all meetups.

    Each part of it looks at rows that are open still, so that it costs as much after a thousand meetups as after one.
    """
    late = Seat.objects.filter(meetup=OuterRef("meetup"), state="offered", offer_until__lte=now)
    lapses = Q(Exists(late), offered__gt=0) & ~Q(meetup__stage="archived")
    draws = Q(rule="lottery", drawn_at=None, draw_at__lte=now) & ~Q(meetup__stage__in=_OVER)
    releases = Q(release_at__lte=now, released_at=None) & ~Q(meetup__stage__in=_OVER)
    due = Capacity.objects.filter(lapses | draws | releases).select_related("meetup").order_by("pk")
    return [capacity.meetup for capacity in due]
