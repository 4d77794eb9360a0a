"""What the team sees: what waits for them, who asked to take something down, and what is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from midcycle.meetups.models import Meetup
from midcycle.photos.access import gallery_of
from midcycle.photos.models import Gallery, Photo, Takedown
from midcycle.photos.queries.own import albums_of
from midcycle.photos.queries.shots import Shot, in_order, of_meetup, shot_of

ON_A_PAGE: Final = 48
WAITING: Final = 200  # on one page, so that all that wait are ticked in one go
GROUP_PHOTO: Final = "Group photo"


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asked to take a picture down."""

    at: datetime
    reason: str
    hid: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture somebody asked to take down, and every request about it that nobody answered."""

    shot: Shot
    requests: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The team's page: how many there are of each kind, and those that wait."""

    gallery: Gallery
    counts: dict[str, int]
    asked: tuple[Asked, ...]
    offered: tuple[Shot, ...]
    published: tuple[Shot, ...]
    page: "Page[Photo]"
    has_group_photo: bool


@dataclass(frozen=True, slots=True)
class OnePage:
    """One picture on the team's desk."""

    shot: Shot
    requests: tuple[Request, ...]
    was_kept: bool
    albums: tuple[tuple[int, str], ...]
    place: int
    of: int


def desk_page(meetup: Meetup, number: str) -> DeskPage:
    """Return the team's page. Seven queries at most, however many pictures there are."""
    photos, kinds = of_meetup(meetup), ("ready", "offered", "published", "hidden", "developing", "receiving", "refused")
    counts = photos.aggregate(**{kind: Count("pk", filter=Q(state=kind)) for kind in kinds})
    pages = Paginator(photos.filter(state="published").order_by(*in_order()), ON_A_PAGE)
    pages.count = counts["published"]
    page = pages.get_page(number)
    return DeskPage(
        gallery=gallery_of(meetup),
        counts=counts,
        asked=_asked(meetup),
        offered=tuple(shot_of(photo, meetup.slug) for photo in photos.filter(state="offered").order_by("pk")[:WAITING]),
        published=tuple(shot_of(photo, meetup.slug) for photo in page.object_list),
        page=page,
        has_group_photo=meetup.sessions.filter(title__iexact=GROUP_PHOTO).exists(),
    )


def one_page(photo: Photo) -> OnePage:
    """Return one picture for the team. Four queries."""
    meetup = photo.gallery.meetup
    album = of_meetup(meetup).filter(session=photo.session, state__in=("published", "hidden")).order_by("position", "pk")
    order = list(album.values_list("pk", flat=True))
    return OnePage(
        shot=shot_of(photo, meetup.slug),
        requests=_requests(Takedown.objects.filter(photo=photo, settled_at=None).order_by("at")),
        was_kept=photo.kept_at is not None,
        albums=albums_of(meetup),
        place=order.index(photo.pk) + 1 if photo.pk in order else 0,
        of=len(order),
    )


def _asked(meetup: Meetup) -> tuple[Asked, ...]:
    open_ones = Takedown.objects.filter(photo__gallery__meetup=meetup, settled_at=None)
    found: dict[int, list[Takedown]] = {}
    for one in open_ones.select_related("photo__session").order_by("at")[:200]:
        found.setdefault(one.photo_id, []).append(one)
    return tuple(Asked(shot_of(rows[0].photo, meetup.slug), _requests(rows)) for rows in found.values())


def _requests(rows: Iterable[Takedown]) -> tuple[Request, ...]:
    return tuple(Request(one.at, one.reason, one.hid) for one in rows)
