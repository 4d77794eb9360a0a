"""Pictures of the demo's meetups: drawn by ourselves, sent and looked at through the real actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.agenda.models import Session
from midcycle.engines.pictures.drawn import scene
from midcycle.meetups.models import Meetup
from midcycle.photos import actions
from midcycle.photos.models import Contributor, Photo
from midcycle.photos.shelf import shelf
from midcycle.site.demo.folk import known_as

# Which scene, of which session as the agenda goes (None: of none), and what it shows.
_TODAY: Final = (
    ("hall", 0, "The opening: a full hall looks at the plan of the first day"),
    ("circle", 1, "A working group in a circle, with the windows open"),
    ("wall", 2, "Three people sort notes on the wall of topics"),
    ("coffee", None, "Coffee is ready, and the hallway track begins"),
    ("circle", 3, "Somebody explains an upgrade with both hands"),
)
_WAITING: Final = (
    ("coffee", None, "Cups before the break, all of them full"),
    ("hall", 4, "Every chair is taken, and somebody talks at the front"),
)
_ASKED: Final = ("wall", None, "A wall of notes, and somebody who reads them")
_REASON: Final = "I am the one in front, and I asked not to be in pictures."
_KRAKOW: Final = (
    ("group", None, "Everybody who stayed until the end, in front of the house"),
    ("hall", 0, "The first plenary, with more people than chairs"),
    ("wall", 1, "Topics on the wall before they have a place"),
    ("circle", 2, "Twelve people around one table talk about storage"),
)


def load_today(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Send some of the meetup that goes on: most are published, two wait, and somebody asked to take one down."""
    iris = actions.join(meetup, "Iris Uptime", by=known_as("Iris Uptime", now=now), now=now - timedelta(hours=20))
    moss = actions.join(meetup, "Moss Dockery", by=known_as("Moss Dockery", now=now), now=now - timedelta(hours=19))
    _published(meetup, iris, _TODAY, by=by, now=now - timedelta(hours=18))
    asked = _published(meetup, moss, (_ASKED,), by=by, now=now - timedelta(hours=3))
    actions.ask_away(asked[0], _REASON, often_from_here=False, now=now - timedelta(hours=1))
    for number, (kind, place, words) in enumerate(_WAITING):
        _sent(meetup, moss, (kind, place, words), seed=100 + number, now=now - timedelta(minutes=40))
    actions.make_link(meetup, by=by, now=now - timedelta(hours=20))


def load_past(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Send those of the edition before, on its evening."""
    sender = actions.join(meetup, "Ada Lockstep", by=by, now=now)
    _published(meetup, sender, _KRAKOW, by=by, now=now)


def _published(
    meetup: Meetup, sender: Contributor, told: Sequence[tuple[str, int | None, str]], *, by: Person, now: datetime
) -> list[Photo]:
    photos = [_sent(meetup, sender, one, seed=number, now=now) for number, one in enumerate(told)]
    for photo in photos:
        actions.publish(photo, by=by, now=now)
    return photos


def _sent(meetup: Meetup, sender: Contributor, told: tuple[str, int | None, str], *, seed: int, now: datetime) -> Photo:
    kind, place, words = told
    content, where = scene(kind, seed), shelf()
    photo = actions.send_whole(sender, content, caption=words, session=_session(meetup, place), shelf=where, now=now)
    actions.develop_here(photo, where, now=now)
    return photo


def _session(meetup: Meetup, place: int | None) -> Session | None:
    if place is None:
        return None
    order = ("placement__slot__day", "placement__slot__starts", "pk")
    return Session.objects.filter(meetup=meetup, placement__isnull=False).order_by(*order)[place : place + 1].first()
