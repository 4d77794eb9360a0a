"""Photos for machines: those everybody sees, with what they show, who took them and under which licence."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema

from midcycle.meetups.access import meetup_for
from midcycle.photos import queries
from midcycle.photos.shelf import shelf

router = Router(tags=["photos"])


class PictureOut(Schema):
    """One size of a picture: its address, and its pixels."""

    url: str
    width: int
    height: int


class PhotoOut(Schema):
    """A published picture. `caption` is its alternative text; `session` the number of the session it belongs to, if any."""

    number: int
    url: str
    takedown_url: str
    caption: str
    credit: str
    session: int | None
    album: str
    published: datetime | None
    thumb: PictureOut
    screen: PictureOut
    full: PictureOut


class PhotosOut(Schema):
    """The published pictures of a meetup in the order of their albums. `licence` holds for all; `licence_url` may be blank."""

    licence: str
    licence_url: str
    items: list[PhotoOut]


@router.get("/meetups/{slug}/photos", response=PhotosOut, auth=None, summary="List published pictures")
def list_photos(request: HttpRequest, slug: str) -> PhotosOut:  # noqa: ARG001 - the library's signature
    """Return every published picture. Ask again before you show one: anybody may have had it taken down."""
    meetup = meetup_for(slug)
    told = queries.published_pictures(meetup, shelf())
    licence, licence_url = queries.licence_of(meetup)
    items = [_out(slug, one) for one in told]
    return PhotosOut(licence=licence, licence_url=licence_url, items=items)


def _out(slug: str, one: queries.Published) -> PhotoOut:
    shot, base = one.shot, settings.MIDCYCLE.public_url_used
    sizes = {
        name: PictureOut(url=base + picture.url, width=picture.width, height=picture.height)
        for name, picture in (("thumb", shot.thumb), ("screen", shot.screen), ("full", shot.full))
    }
    return PhotoOut(
        number=shot.number,
        url=base + reverse("photos:photo", args=[slug, shot.number]),
        takedown_url=base + reverse("photos:takedown", args=[slug, shot.number]),
        caption=shot.caption,
        credit=shot.named,
        session=shot.session,
        album=shot.album,
        published=one.published_at,
        **sizes,
    )
