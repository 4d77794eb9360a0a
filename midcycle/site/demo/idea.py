"""An idea gathering interest for three weeks."""

from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.accounts.rules import IDEA
from midcycle.hosting import actions as hosting
from midcycle.hosting.rules import Edition
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.site.demo import deeds, money
from midcycle.site.demo.folk import crowd, known_as
from midcycle.site.demo.stories import Story, read_story

ANSWERS: Final = 26
OPEN_FOR: Final = timedelta(weeks=3)
# Some who would come also offer more; one can only host.
_HOSTS: Final = frozenset({8, 19})
_MODERATORS: Final = frozenset({2, 5, 8, 13, 14, 21})
_UNDERWRITERS: Final = frozenset({8, 12})
_ONLY_HOSTS: Final = 19
_BROUGHT_BY: Final = {5: 0, 7: 1, 8: 5, 10: 3, 11: 8, 13: 5, 14: 4, 17: 7, 20: 11, 23: 13, 25: 2}
_SAW_A_POSTER: Final = frozenset({9, 12, 16, 18, 24})
_FITS: Final = ("yes", "yes", "if_need_be", "no", "yes", "no", "if_need_be")
_REGIONS: Final = ("europe", "europe", "north-america", "europe", "asia")


def load(*, ada: Person, now: datetime) -> Meetup:
    """Open the idea and let people answer: many at first, then fewer, then more again after a reminder."""
    story, opened = read_story("idea"), now - OPEN_FOR
    saga = known_as("Saga Northbridge", now=opened)
    meetup = deeds.open_idea(story, IDEA, by=saga, region="europe", now=opened)
    meetups.add_organiser(meetup, ada, by=saga, now=opened)
    windows = _ask_about_autumn(meetup, by=saga, now=opened)
    for edition in story.editions:
        told = Edition(edition.label, edition.early, edition.declared, edition.came)
        hosting.tell_edition(meetup, told, by=saga, now=opened)
    codes: list[str] = []
    for number, guest in enumerate(crowd(430, ANSWERS)):
        at = opened + timedelta(hours=2) + OPEN_FOR * _course(number / ANSWERS)
        via = codes[_BROUGHT_BY[number]] if number in _BROUGHT_BY else "poster" if number in _SAW_A_POSTER else ""
        said = _said(number, story, windows)
        answered = hosting.answer(meetup, email=guest.email, name=guest.name, **said, via=via, now=at)
        hosting.confirm_answer(answered.interest, now=at)
        codes.append(answered.interest.code)
    money.guess(meetup, saga=saga, now=opened + timedelta(days=16))
    return meetup


def _ask_about_autumn(meetup: Meetup, *, by: Person, now: datetime) -> list[int]:
    """Ask about three windows of two days, a Tuesday and a Wednesday each, half a year ahead; return their numbers."""
    tuesday = (now + timedelta(days=180)).date()
    tuesday += timedelta(days=(1 - tuesday.weekday()) % 7)
    found = []
    for weeks in (0, 3, 5):
        first = tuesday + timedelta(weeks=weeks)
        found.append(hosting.ask_about_days(meetup.call, first, first + timedelta(days=1), by=by, now=now).pk)
    return found


def _said(number: int, story: Story, windows: list[int]) -> hosting.Said:
    region = _REGIONS[number % len(_REGIONS)]
    fits = {window: _FITS[(number + 2 * place) % len(_FITS)] for place, window in enumerate(windows)}
    return hosting.Said(
        would_come=number != _ONLY_HOSTS,
        could_host=number in _HOSTS,
        could_moderate=number in _MODERATORS,
        could_underwrite=number in _UNDERWRITERS,
        region=region,
        place=story.places[number % len(story.places)] if region == "europe" else "",
        topics=story.lines[number % len(story.lines)] if number % 2 == 0 else "",
        dates=fits if number % 6 != 5 else {},
    )


def _course(share: float) -> float:
    """Return when this share has answered, from 0 to 1: half in the first week, the others after a reminder on day 14."""
    return share**2 * 4 / 3 if share < 0.5 else 0.62 + (share - 0.5) * 0.74
