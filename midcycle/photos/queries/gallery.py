"""What everybody sees: the albums, one picture, a few of them on the page of the meetup, all of them for the report."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext, gettext_noop

from midcycle.engines.pictures import SIZES
from midcycle.meetups.models import Meetup
from midcycle.photos.access import gallery_of
from midcycle.photos.models import Gallery, Photo
from midcycle.photos.queries.shots import Published, Shot, in_order, of_meetup, shot_of
from midcycle.photos.rules import takes_pictures
from midcycle.photos.shelf import Shelf

ON_A_PAGE: Final = 48
TEASED: Final = 4
ELSEWHERE: Final = gettext_noop("Around the sessions")


@dataclass(frozen=True, slots=True)
class Tab:
    """An album to choose: what its address says, its title, how many pictures are in it."""

    key: str
    title: str
    count: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """A page of published pictures: of all albums, or of one with its title and, where it is of one, the session's number."""

    gallery: Gallery
    total: int
    tabs: tuple[Tab, ...]
    shots: tuple[Shot, ...]
    page: "Page[Photo]"
    chosen: str
    album: str
    session: int | None

    @property
    def names_albums(self) -> bool:
        """Say whether each picture names its album."""
        return not self.chosen and len(self.tabs) > 1


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """One published picture, with those before and after it."""

    gallery: Gallery
    shot: Shot
    before: int | None
    after: int | None
    place: int
    total: int


@dataclass(frozen=True, slots=True)
class Teaser:
    """How many pictures are published, a few of them, and whether more are taken in."""

    total: int
    shots: tuple[Shot, ...]
    takes_more: bool

    @property
    def is_shown(self) -> bool:
        """Say whether there is anything to see or to do."""
        return self.total > 0 or self.takes_more


def gallery_page(meetup: Meetup, album: str, number: str) -> GalleryPage:
    """Return a page of the gallery: of an album (the number of its session, or `none`), or of all. Three queries."""
    shown = of_meetup(meetup).filter(state="published")
    counts = list(shown.values_list("session", "session__title").annotate(Count("pk")).order_by("session__title"))
    known = {str(session or "none"): (title or gettext(ELSEWHERE), count) for session, title, count in counts}
    chosen = album if album in known else ""
    if chosen:
        shown = shown.filter(session=None if chosen == "none" else int(chosen))
    total = sum(count for _, count in known.values())
    pages = Paginator(shown.order_by(*in_order()), ON_A_PAGE)
    pages.count = known[chosen][1] if chosen else total
    page = pages.get_page(number)
    return GalleryPage(
        gallery=gallery_of(meetup),
        total=total,
        tabs=tuple(Tab(key, title, count, key == chosen) for key, (title, count) in sorted(known.items(), key=_by_title)),
        shots=tuple(shot_of(photo, meetup.slug) for photo in page.object_list),
        page=page,
        chosen=chosen,
        album=known[chosen][0] if chosen else "",
        session=int(chosen) if chosen.isdecimal() else None,
    )


def _by_title(item: tuple[str, tuple[str, int]]) -> tuple[bool, str]:
    key, (title, _) = item
    return key == "none", title.casefold()


def photo_page(photo: Photo) -> PhotoPage:
    """Return a published picture and its neighbours. Two queries, however many there are."""
    meetup = photo.gallery.meetup
    order = list(of_meetup(meetup).filter(state="published").order_by(*in_order()).values_list("pk", flat=True))
    place = order.index(photo.pk) if photo.pk in order else 0
    return PhotoPage(
        gallery=photo.gallery,
        shot=shot_of(photo, meetup.slug),
        before=order[place - 1] if place else None,
        after=order[place + 1] if place + 1 < len(order) else None,
        place=place + 1,
        total=len(order),
    )


def teaser(meetup: Meetup) -> Teaser:
    """Return a few of the newest published pictures. Two queries at most."""
    shown = of_meetup(meetup).filter(state="published").order_by("-published_at", "-pk")
    few = tuple(shot_of(photo, meetup.slug) for photo in shown[:TEASED])
    return Teaser(shown.count() if len(few) == TEASED else len(few), few, takes_pictures(meetup.stage))


def published_pictures(meetup: Meetup, shelf: Shelf) -> tuple[Published, ...]:
    """Return every published picture in the order of its album, with its files. Two queries."""
    gallery = gallery_of(meetup)
    photos = of_meetup(meetup).filter(state="published").order_by(*in_order())
    return tuple(
        Published(
            shot=shot_of(photo, meetup.slug),
            licence=gallery.licence_name,
            licence_url=gallery.licence_url,
            published_at=photo.published_at,
            files={name: shelf.folder(meetup.pk, photo.key) / size.file for name, size in SIZES.items()},
        )
        for photo in photos
    )


def licence_of(meetup: Meetup) -> tuple[str, str]:
    """Return the licence pictures of a meetup are given under, and where it can be read. One query at most."""
    gallery = gallery_of(meetup)
    return gallery.licence_name, gallery.licence_url
