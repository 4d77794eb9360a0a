"""An idea gathering interest for three weeks."""

from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.accounts.rules import IDEA
from midcycle.hosting import actions as hosting
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.site.demo import deeds
from midcycle.site.demo.folk import crowd, known_as
from midcycle.site.demo.stories import read_story

ANSWERS: Final = 26
OPEN_FOR: Final = timedelta(weeks=3)
# Some who would come also offer more; one can only host.
_HOSTS: Final = frozenset({8, 19})
_MODERATORS: Final = frozenset({2, 5, 8, 13, 14, 21})
_ONLY_HOSTS: Final = 19
_REGIONS: Final = ("europe", "europe", "north-america", "europe", "asia")


def load(*, ada: Person, now: datetime) -> Meetup:
    """Open the idea and let people answer: many at first, then fewer, then more again after a reminder."""
    story, opened = read_story("idea"), now - OPEN_FOR
    saga = known_as("Saga Northbridge", now=opened)
    meetup = deeds.open_idea(story, IDEA, by=saga, region="europe", now=opened)
    meetups.add_organiser(meetup, ada, by=saga, now=opened)
    for number, guest in enumerate(crowd(430, ANSWERS)):
        hosting.answer(
            meetup,
            email=guest.email,
            name=guest.name,
            would_come=number != _ONLY_HOSTS,
            could_host=number in _HOSTS,
            could_moderate=number in _MODERATORS,
            region=_REGIONS[number % len(_REGIONS)],
            place=story.places[number % len(story.places)] if _REGIONS[number % len(_REGIONS)] == "europe" else "",
            now=opened + timedelta(hours=2) + OPEN_FOR * _course(number / ANSWERS),
        )
    return meetup


def _course(share: float) -> float:
    """Return when this share has answered, from 0 to 1: half in the first week, the others after a reminder on day 14."""
    return share**2 * 4 / 3 if share < 0.5 else 0.62 + (share - 0.5) * 0.74
