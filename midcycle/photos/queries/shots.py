"""A picture as pages show it: its sizes with their addresses and pixels, its description, who took it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import F, OrderBy, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from midcycle.engines.pictures import SIZES
from midcycle.meetups.models import Meetup
from midcycle.photos.models import Photo

NOBODY = gettext_noop("A participant")


@dataclass(frozen=True, slots=True)
class Picture:
    """One size of a picture: its address, and pixels, so that nothing jumps while it loads."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture. `album` is the title of its session, blank for none; the file of a size is `folder / SIZES[name].file`."""

    number: int
    state: str
    state_name: str
    caption: str
    credit: str
    session: int | None
    album: str
    thumb: Picture
    screen: Picture
    full: Picture

    @property
    def named(self) -> str:
        """Return who took it, in words."""
        return self.credit or gettext(NOBODY)


@dataclass(frozen=True, slots=True)
class Published:
    """A published picture with where its files are on disk, for the report and the archive."""

    shot: Shot
    licence: str
    licence_url: str
    published_at: datetime | None
    files: dict[str, Path]


def in_order() -> tuple[OrderBy, ...]:
    """Return the order of albums and of pictures in them: as the agenda goes, then what belongs to no session."""
    slot = "session__placement__slot"
    by_time = tuple(F(name).asc(nulls_last=True) for name in (f"{slot}__day", f"{slot}__starts", "session"))
    return (*by_time, F("position").asc(), F("pk").asc())


def of_meetup(meetup: Meetup) -> QuerySet[Photo]:
    """Return the pictures of a meetup, each with its session."""
    return Photo.objects.select_related("session").filter(gallery__meetup=meetup)


def shot_of(photo: Photo, slug: str) -> Shot:
    """Return a picture as pages of its meetup show it. No query, if its session is there."""
    sizes = {
        name: Picture(reverse("photos:file", args=[slug, photo.key, SIZES[name].file]), *pixels)
        for name, pixels in photo.pixels.items()
    }
    return Shot(
        number=photo.pk,
        state=photo.state,
        state_name=photo.state_name,
        caption=photo.caption,
        credit=photo.credit,
        session=photo.session_id,
        album=photo.session.title if photo.session else "",
        **sizes,
    )
