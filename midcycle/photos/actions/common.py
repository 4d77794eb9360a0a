"""What the deeds of photos share: rows held until the transaction ends, moves between states, and the journal."""

from datetime import datetime

from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.moves import IllegalMove, check_move
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.photos.models import Gallery, Photo
from midcycle.photos.rules import CLOSED, LONGEST_CREDIT, MOVES, SHUT, takes_pictures


def held_gallery(meetup: Meetup) -> Gallery:
    """Return the gallery, made if there is none, locked until the transaction ends."""
    Gallery.objects.get_or_create(meetup=meetup)
    return Gallery.objects.select_for_update(of=("self",)).select_related("meetup").get(meetup=meetup)


def taking_gallery(meetup: Meetup) -> Gallery:
    """Return the gallery, locked, while it takes pictures in. Raises Refusal when it does not."""
    found = held_gallery(meetup)
    meetups.check_changeable(found.meetup_id)
    if not takes_pictures(found.meetup.stage):
        raise Refusal(gettext(SHUT))
    if not found.is_open:
        raise Refusal(gettext(CLOSED))
    return found


def held(photo: Photo) -> Photo:
    """Return the picture as it is now, locked until the transaction ends. Raises Refusal once it is gone."""
    found = Photo.objects.select_for_update(of=("self",)).select_related("gallery__meetup", "session").filter(pk=photo.pk)
    now = found.exclude(state="deleted").first()
    if now is None:
        raise Refusal(gettext("This picture has just been deleted."))
    return now


def changeable(photo: Photo) -> Photo:
    """Return the picture, locked, of a meetup that can be changed. Raises Refusal."""
    found = held(photo)
    meetups.check_changeable(found.gallery.meetup_id)
    return found


def check(photo: Photo, becomes: str) -> None:
    """Raise Refusal for a move the table does not have."""
    try:
        check_move(MOVES, photo.state, becomes)
    except IllegalMove:
        faster = gettext("Somebody was faster: this picture is now in the state “%(state)s”.")
        raise Refusal(faster % {"state": photo.state_name}) from None


def credit_of(text: str) -> str:
    """Return a name as it stands under pictures; blank stays blank. Raises Refusal for one that is too long or has no ink."""
    said = one_line(text)
    if len(said) > LONGEST_CREDIT or (said and not has_ink(said)):
        long = gettext("Say in %(most)s characters how you want to be named, or leave it blank.")
        raise Refusal(long % {"most": LONGEST_CREDIT}, field="credit")
    return said


def note(kind: str, gallery: Gallery, by: Person | None, /, *, now: datetime, **facts: int | bool | str) -> None:
    """Record a deed in the journal."""
    journal.record(f"photos.{kind}", at=now, meetup=gallery.meetup_id, actor=by.pk if by else None, facts=facts)
