"""What somebody sees who sends pictures: whether they may, which they sent, and who does not want to be in one."""

from dataclasses import dataclass

from django.utils.translation import gettext

from midcycle.agenda.models import Session
from midcycle.meetups.models import Meetup
from midcycle.photos.access import COMING, gallery_of
from midcycle.photos.models import Contributor, Gallery, Photo
from midcycle.photos.queries.shots import Shot, of_meetup, shot_of
from midcycle.photos.rules import CLOSED, SHUT, takes_pictures, why_in_words
from midcycle.registration.models import Seat


@dataclass(frozen=True, slots=True)
class Own:
    """A picture of one's own: how far it is, why it was refused, and its facts."""

    photo: Photo
    shot: Shot
    why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A picture that is not here as a whole: where to go on, its bytes, and what the browser knows it by."""

    url: str
    length: int
    known_by: str


@dataclass(frozen=True, slots=True)
class SendingPage:
    """What somebody sent, and whether more is taken (`why_not` is blank). So many who are `marked` want to be in no picture."""

    gallery: Gallery
    sender: Contributor | None
    why_not: str
    marked: int
    own: tuple[Own, ...]
    unfinished: tuple[Waiting, ...]
    albums: tuple[tuple[int, str], ...]


def sending_page(meetup: Meetup, sender: Contributor | None, *, upload_url: str) -> SendingPage:
    """Return the page of somebody who sends pictures. Five queries at most."""
    gallery = sender.gallery if sender else gallery_of(meetup)
    own = list(of_meetup(meetup).filter(contributor=sender).exclude(state="deleted").order_by("-pk")) if sender else []
    unfinished = tuple(
        Waiting(f"{upload_url}{photo.key}/", photo.length, photo.print)
        for photo in own
        if photo.state == "receiving" and photo.print
    )
    return SendingPage(
        gallery=gallery,
        sender=sender,
        why_not=_why_not(meetup, gallery, sender),
        marked=Seat.objects.filter(meetup=meetup, state__in=COMING, photos=False).count(),
        own=tuple(_own(photo, meetup.slug) for photo in own),
        unfinished=unfinished,
        albums=albums_of(meetup),
    )


def own_shot(photo: Photo) -> Own:
    """Return one picture of one's own. No query."""
    return _own(photo, photo.gallery.meetup.slug)


def albums_of(meetup: Meetup) -> tuple[tuple[int, str], ...]:
    """Return number and title of each session that has a place, as the agenda goes. One query."""
    placed = Session.objects.filter(meetup=meetup, placement__isnull=False)
    order = ("placement__slot__day", "placement__slot__starts", "title")
    return tuple(placed.order_by(*order).values_list("pk", "title"))


def _own(photo: Photo, slug: str) -> Own:
    return Own(photo, shot_of(photo, slug), why_in_words(photo.why))


def _why_not(meetup: Meetup, gallery: Gallery, sender: Contributor | None) -> str:
    if not takes_pictures(meetup.stage):
        return gettext(SHUT)
    by_old_link = sender is not None and sender.person_id is None and sender.link != gallery.link
    return gettext(CLOSED) if not gallery.is_open or by_old_link else ""
