"""What lists do by themselves as time passes."""

from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection

from midcycle.lists import actions
from midcycle.lists.transport import fetch

_readings: dict[str, actions.Reading] = {}


def tend(now: datetime) -> int:
    """Put people on lists who confirmed, send a posting, make a comparison that is due. Few queries while there is nothing."""
    count = actions.put_on_lists(fetch, now=now) + actions.tend_comparisons(fetch, now=now, readings=_readings)
    if settings.MIDCYCLE.demo or settings.MIDCYCLE.mail_url:
        count += actions.send_due(get_connection, fetch, now=now)
    return count


def forget(now: datetime) -> int:
    """Forget those who asked to join and did not confirm, or are done."""
    return actions.forget_requests(now=now)
