"""The list of the community: named for its series, compared with Kraków, and written to about the meetup that is coming."""

from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.engines.maillist import About, hashes_of
from midcycle.lists import actions as lists
from midcycle.lists.access import matching_key
from midcycle.lists.pretend import ADDRESS, NAME
from midcycle.mailing import actions as mailing
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

ON_LIST: Final = 29  # of those who came to Kraków
JOINED: Final = 6  # of the others, within 30 days
_ABOUT: Final = "Questions and answers of people who run clouds; five letters a day, more in a bad week."


def compare(meetup: Meetup, *, ada: Person, day: datetime) -> None:
    """Name the list for the series of a meetup that is over, and tell how many of those who came are on it."""
    naming = lists.Naming(NAME, "Operators", _ABOUT, for_series=True)
    found = lists.name_list(meetup, naming, About("Operators", ADDRESS), by=ada, now=day - timedelta(weeks=10))
    after = day + timedelta(days=2)
    comparison = lists.ask_for_comparison(found, meetup, by=ada, now=after)
    came = Seat.objects.filter(meetup=meetup, state="checked_in").order_by("arrival")
    emails = list(came.values_list("person__email", flat=True))
    key = matching_key(comparison)
    lists.compare(comparison, hashes_of(emails[:ON_LIST], key), now=after)
    lists.compare_after(comparison, hashes_of(emails[: ON_LIST + JOINED], key), now=day + timedelta(days=32))


def write(meetup: Meetup, *, ada: Person, now: datetime) -> None:
    """Let the coming meetup be told to the list, and two of its people ask for one letter a week."""
    found = meetup.series.lists.first() if meetup.series else None
    if found is not None:
        said = {"subject": f"{meetup.title}: come and talk", "text": _TEXT}
        lists.draft_posting(found, meetup, by=ada, now=now, **said)
    for seat in Seat.objects.filter(meetup=meetup, state="held").select_related("person").order_by("arrival")[:2]:
        mailing.want_weekly(meetup, seat.person, now=now)


_TEXT: Final = """Hello everybody,

our next meetup is in Ljubljana: two days of discussion, few talks, and free time that stays free. Seats come back every week.

Most of you know of it. If somebody near you runs the same things and is not on this list, pass it on.
"""
