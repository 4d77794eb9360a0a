"""Letters, written as the worker writes them."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.site.followers import FOLLOWERS
from tests.world import NOW


def follow() -> int:
    """Let the letters of all new entries be written; return how many entries there were.

    The world's clock stands still, and nobody is written to about what happened long ago: so it all happens today.
    """
    now = timezone.now()
    told = Entry.objects.filter(position=None).exclude(at__range=(now - timedelta(hours=1), now))
    told.update(at=F("at") + timedelta(days=(now - NOW).days))
    journal.number_entries()
    return journal.read_on("letters", FOLLOWERS["letters"])
