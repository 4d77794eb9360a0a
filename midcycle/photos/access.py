"""Who sends pictures, and who sees one: everybody what is published, its sender and the team the rest."""

import re
from typing import Any, Final, Protocol

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from midcycle.accounts.models import Person
from midcycle.agenda.models import SessionPart
from midcycle.meetups.access import Visitor, may_organise, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.photos.models import Contributor, Gallery, Photo
from midcycle.registration.models import Seat

COMING: Final = ("held", "checked_in")
_KEY: Final = re.compile(r"[\w-]{22}", re.ASCII)


class Keeps(Protocol):
    """What a browser keeps, or its session for it."""

    def get(self, key: str, /) -> Any:  # noqa: ANN401 - whatever it is
        """Return what is kept under a name."""


def kept_as(slug: str) -> str:
    """Return the name under which a browser keeps the number of who came by the day's link."""
    return f"photos_sender_{slug}"


def gallery_of(meetup: Meetup) -> Gallery:
    """Return the gallery of a meetup; one that is not kept yet where nobody has used it."""
    try:
        found = meetup.gallery
    except ObjectDoesNotExist:
        return Gallery(meetup=meetup)
    return found


def link_key(gallery: Gallery) -> str:
    """Return the text that lets whoever has it send pictures. Only its sum is known without the instance's secret."""
    return salted_hmac("midcycle.photos", f"{gallery.pk} {gallery.link}", algorithm="sha256").hexdigest()[:32]


def linked_gallery_for(slug: str, key: str) -> Gallery:
    """Return the gallery the day's link opens. Raises Http404 for any other text, and for a link that was taken back."""
    gallery = gallery_of(meetup_for(slug))
    if not gallery.link or not constant_time_compare(link_key(gallery), key):
        raise Http404
    return gallery


def may_send(visitor: Visitor, meetup: Meetup) -> bool:
    """Say whether somebody signed in sends pictures: whoever comes, has a part in a session, or is of the team."""
    if not isinstance(visitor, Person):
        return False
    if Seat.objects.filter(meetup=meetup, person=visitor, state__in=COMING).exists():
        return True
    return SessionPart.objects.filter(session__meetup=meetup, person=visitor).exists() or may_organise(visitor, meetup)


def sending_to(visitor: Visitor, slug: str, kept: Keeps) -> tuple[Meetup, Contributor | None]:
    """Return the meetup somebody may send pictures to, and as whom if they did before. Raises Http404.

    `kept` is what the browser of somebody keeps who came by the day's link.
    """
    meetup = meetup_for(slug)
    known = _contributor(visitor, meetup, kept)
    if known is None and not may_send(visitor, meetup):
        raise Http404
    return meetup, known


def contributor_for(visitor: Visitor, slug: str, kept: Keeps) -> Contributor:
    """Return as whom somebody sends pictures. Raises Http404 for anyone who does not."""
    _, known = sending_to(visitor, slug, kept)
    if known is None:
        raise Http404
    return known


def _contributor(visitor: Visitor, meetup: Meetup, kept: Keeps) -> Contributor | None:
    known = Contributor.objects.select_related("gallery__meetup").filter(gallery__meetup=meetup)
    number = kept.get(kept_as(meetup.slug)) or 0
    if isinstance(visitor, Person):
        return known.filter(Q(person=visitor) | Q(pk=number, person=None)).order_by(F("person").asc(nulls_last=True)).first()
    return known.filter(pk=number, person=None).first() if number else None


def own_photo_for(visitor: Visitor, slug: str, number: int, kept: Keeps) -> Photo:
    """Return a picture for who sent it. Raises Http404 for anyone else."""
    contributor = contributor_for(visitor, slug, kept)
    return _found(_photos(slug).filter(pk=number, contributor=contributor))


def upload_for(visitor: Visitor, slug: str, key: str, kept: Keeps) -> Photo:
    """Return a picture for who sends it. Raises Http404 for anyone else.

    Also one that is here for long: whoever did not get the last answer asks, and would send all of it again.
    """
    contributor = contributor_for(visitor, slug, kept)
    if _KEY.fullmatch(key) is None:
        raise Http404
    return _found(_photos(slug).filter(key=key, contributor=contributor).exclude(state="deleted"))


def published_photo_for(slug: str, number: int) -> Photo:
    """Return a picture everybody sees. Raises Http404."""
    return _found(_photos(slug).filter(pk=number, state="published"))


def public_photo_for(slug: str, number: int) -> Photo:
    """Return a picture everybody sees, or knows to be hidden. Raises Http404."""
    return _found(_photos(slug).filter(pk=number, state__in=("published", "hidden")))


def file_for(visitor: Visitor, slug: str, key: str, kept: Keeps) -> Photo:
    """Return a picture whose file somebody may look at. Raises Http404.

    What is published is for everybody. Before, for its sender and the team; once it is hidden, for the team alone.
    """
    photo = _found(_photos(slug).filter(key=key) if _KEY.fullmatch(key) else Photo.objects.none())
    if photo.state == "published":
        return photo
    known = _contributor(visitor, photo.gallery.meetup, kept) if photo.state in {"ready", "offered"} else None
    if (known is None or known.pk != photo.contributor_id) and not may_organise(visitor, photo.gallery.meetup):
        raise Http404
    return photo


def organised_photo_for(visitor: Visitor, slug: str, number: int) -> Photo:
    """Return a picture that is here as a whole for the team of its meetup. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    return _found(_photos(meetup.slug).filter(pk=number, state__in=("ready", "offered", "published", "hidden")))


def _photos(slug: str) -> QuerySet[Photo]:
    return Photo.objects.select_related("gallery__meetup", "session").filter(gallery__meetup__slug=slug)


def _found(photos: QuerySet[Photo]) -> Photo:
    found = photos.first()
    if found is None:
        raise Http404
    return found
