"""What goes by itself: pictures that never came as a whole, refusals somebody has had time to read, and names."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.photos.actions.showing import delete
from midcycle.photos.models import Contributor, Photo
from midcycle.photos.rules import REFUSED_DAYS, UNDESCRIBED_DAYS, UNFINISHED_HOURS
from midcycle.photos.shelf import Shelf


def forget_unfinished(shelf: Shelf, *, now: datetime) -> int:
    """Delete what was not sent on for a day, was refused a week ago, or nobody described for a month; return how many."""
    day, week = now - timedelta(hours=UNFINISHED_HOURS), now - timedelta(days=REFUSED_DAYS)
    month = now - timedelta(days=UNDESCRIBED_DAYS)
    begun = Photo.objects.filter(state="receiving", begun_at__lt=day).order_by("pk")[:100]
    old = [photo for photo in begun if shelf.offset(photo.key) < photo.length and shelf.last_heard(photo.key) < day]
    late = Q(state="refused", begun_at__lt=week) | Q(state="ready", begun_at__lt=month)
    old += Photo.objects.filter(late).order_by("pk")[:100]
    for photo in old:
        _gone(photo, now=now)
    return len(old)


@transaction.atomic
def forget_sender(meetup: int, person: int, *, now: datetime) -> None:
    """Take the name of somebody who asked to be forgotten from the pictures they sent, and delete those nobody has seen.

    What is published stays: others are in it. Whoever wants it gone takes it down before, or after.
    """
    sender = Contributor.objects.filter(gallery__meetup=meetup, person=person).first()
    if sender is None:
        return
    own = Photo.objects.filter(contributor=sender)
    for photo in own.exclude(state__in=("published", "hidden", "deleted")):
        delete(photo, by=None, now=now)
    own.update(credit="")
    sender.delete()
    journal.record("photos.sender_forgotten", at=now, meetup=meetup)


def _gone(photo: Photo, *, now: datetime) -> None:
    try:
        delete(photo, by=None, now=now)
    except Refusal:
        return  # it arrived, or was deleted, meanwhile
