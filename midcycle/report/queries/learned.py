"""What a report tells of others' figures: how people heard, who was on the lists, what the team takes along, and pictures."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from midcycle.feedback import queries as feedback
from midcycle.feedback.queries import LessonList
from midcycle.lists import queries as lists
from midcycle.lists.queries import Shares
from midcycle.meetups.models import Meetup
from midcycle.photos import queries as photos
from midcycle.photos.queries import Published
from midcycle.photos.shelf import shelf
from midcycle.reach import queries as reach
from midcycle.reach.models import Reached
from midcycle.reach.queries import ReachPage

SHOWN = 12  # pictures in a report; all are in the gallery


@dataclass(frozen=True)
class PictureShown:
    """A picture as a page shows it: the address of its small and its larger size, and where it can be taken down."""

    small: str
    large: str
    width: int
    height: int
    caption: str
    credit: str
    licence: str
    album: str
    takedown: str


@dataclass(frozen=True)
class Learned:
    """How people heard, once everybody can read it; comparisons with lists; public lessons; published pictures."""

    heard: ReachPage | None
    lists: tuple[Shares, ...]
    lessons: tuple[LessonList, ...]
    pictures: tuple[Published, ...]


def learned(meetup: Meetup) -> Learned:
    """Return it. Nine queries at most."""
    reached = Reached.objects.filter(meetup=meetup, is_public=True).select_related("meetup__series").first()
    return Learned(
        heard=reach.page_of(reached) if reached else None,
        lists=lists.shares_of(meetup),
        lessons=feedback.public_lessons(meetup),
        pictures=photos.published_pictures(meetup, shelf()),
    )


def picture_shown(meetup: Meetup, picture: Published) -> PictureShown:
    """Return a picture with its addresses on the site."""
    shot = picture.shot
    return PictureShown(
        small=shot.thumb.url,
        large=reverse("photos:photo", args=[meetup.slug, shot.number]),
        width=shot.thumb.width,
        height=shot.thumb.height,
        caption=shot.caption,
        credit=shot.named,
        licence=picture.licence,
        album=shot.album,
        takedown=settings.MIDCYCLE.public_url_used + reverse("photos:takedown", args=[meetup.slug, shot.number]),
    )


def picture_files(picture: Published) -> dict[str, Path]:
    """Return the files of a picture by their paths in an archive; none if one of them is gone meanwhile."""
    files = {f"photos/{picture.shot.number}-{path.name}": path for path in picture.files.values()}
    return files if all(path.is_file() for path in files.values()) else {}
