"""A picture on its way: announced, received piece by piece, here as a whole.

How much of it is here says its file alone. So whatever breaks off between the file and the row, the row follows later.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.crypto import get_random_string
from django.utils.translation import gettext

from midcycle.agenda.models import Session
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.photos.actions.common import check, held, note, taking_gallery
from midcycle.photos.models import Contributor, Gallery, Photo
from midcycle.photos.rules import CLOSED, why_not_begin
from midcycle.photos.shelf import DiskFull, Shelf

_KEY_LENGTH = 22  # letters and digits: 130 bits


@transaction.atomic
def begin(
    contributor: Contributor, length: int, *, shelf: Shelf, now: datetime, session: Session | None = None, known_by: str = ""
) -> Photo:
    """Announce a picture of so many bytes. Raises Refusal, and DiskFull when it would not fit.

    One the same sender announced before, of the same length and known by the same text, and which is not here yet, is that one.
    """
    gallery = taking_gallery(contributor.gallery.meetup)
    if contributor.person_id is None and contributor.link != gallery.link:
        raise Refusal(gettext(CLOSED))
    own = Photo.objects.filter(contributor=contributor).exclude(state="deleted")
    unfinished = own.filter(state="receiving")
    again = unfinished.filter(length=length, print=known_by).first() if known_by else None
    if again is not None:
        return again
    why = why_not_begin(length, own=own.count(), unfinished=unfinished.count(), **_of_meetup(gallery))
    if why:
        raise Refusal(why, field="file")
    if not shelf.has_room(length):
        raise DiskFull
    photo = Photo.objects.create(
        gallery=gallery,
        contributor=contributor,
        session=session,
        key=get_random_string(_KEY_LENGTH),
        length=length,
        print=known_by,
        credit=contributor.credit,
        begun_at=now,
    )
    note("begun", gallery, contributor.person, now=now, photo=photo.pk)
    return photo


def _of_meetup(gallery: Gallery) -> dict[str, int]:
    """Return how many pictures a meetup has, and how many bytes of them are announced or not developed yet."""
    coming = Sum("length", filter=Q(state__in=("receiving", "developing")))
    found = gallery.photos.exclude(state="deleted").aggregate(of_meetup=Count("pk"), under_way=coming)
    return {name: count or 0 for name, count in found.items()}


def append(photo: Photo, offset: int, content: bytes, *, shelf: Shelf, now: datetime) -> int:
    """Write on where a picture stopped; return how many bytes are here. Raises WrongOffset, DiskFull and Refusal.

    With its last byte it goes on to be developed.
    """
    if offset + len(content) > photo.length:
        raise Refusal(gettext("This is more than was announced."))
    reached = shelf.append(photo.key, offset, content)
    if reached >= photo.length:
        complete(photo, now=now)
    return reached


def send_whole(
    contributor: Contributor, content: bytes, *, caption: str, session: Session | None, shelf: Shelf, now: datetime
) -> Photo:
    """Take a picture that came with a form, described already. Raises Refusal and DiskFull."""
    photo = begin(contributor, len(content), shelf=shelf, now=now, session=session)
    Photo.objects.filter(pk=photo.pk).update(caption=one_line(caption))
    append(photo, 0, content, shelf=shelf, now=now)
    photo.refresh_from_db()
    return photo


@transaction.atomic
def complete(photo: Photo, *, now: datetime) -> None:
    """Note that a picture is here as a whole. Done twice, it does nothing more."""
    found = held(photo)
    if found.state != "receiving":
        return
    check(found, "developing")
    Photo.objects.filter(pk=found.pk).update(state="developing", print="")
    photo.state = "developing"
    note("arrived", found.gallery, None, now=now, photo=found.pk)
