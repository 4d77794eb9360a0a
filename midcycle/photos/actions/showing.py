"""What a picture shows in words, the team's yes, its place in its album, and its end."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Session
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.photos import rules
from midcycle.photos.actions.common import changeable, check, credit_of, held, note
from midcycle.photos.models import Photo, Takedown


@transaction.atomic
def offer(photo: Photo, caption: str, credit: str, session: Session | None, *, by: Person | None, now: datetime) -> Photo:
    """Say what one's own picture shows, who took it and in which session, and offer it.

    The team looks at it first, or it is published at once, as they chose. What is published already waits for the team again.
    """
    found = changeable(photo)
    _described(found, caption, credit, session)
    if found.state == "published" and found.gallery.needs_approval:
        Photo.objects.filter(pk=found.pk).update(state="offered", published_at=None)
        note("changed", found.gallery, by, now=now, photo=found.pk)
    elif found.state == "ready":
        show_offered(found, by=by, now=now)
    else:
        note("changed", found.gallery, by, now=now, photo=found.pk)
    found.refresh_from_db()
    return found


@transaction.atomic
def describe(photo: Photo, caption: str, credit: str, session: Session | None, *, by: Person, now: datetime) -> Photo:
    """Change, as the team, what a picture is said to show; it stays as visible as it was."""
    found = changeable(photo)
    _described(found, caption, credit, session)
    note("changed", found.gallery, by, now=now, photo=found.pk)
    return found


@transaction.atomic
def publish(photo: Photo, *, by: Person, now: datetime) -> None:
    """Show an offered picture to everybody. Raises Refusal for one that nobody described."""
    found = changeable(photo)
    if found.state == "ready" and not found.caption:
        raise Refusal(rules.why_no_caption(found.caption), field="caption")
    if found.state == "hidden":
        raise Refusal(gettext("Somebody asked to take this picture down. Answer that first."))
    check(found, "published")
    _show(found, by=by, now=now)


@transaction.atomic
def publish_many(meetup: Meetup, numbers: Collection[int], *, by: Person, now: datetime) -> int:
    """Show those of these pictures that wait for the team, each as the last of its album; return how many."""
    meetups.check_changeable(meetup.pk)
    waiting = Photo.objects.select_for_update(of=("self",)).filter(gallery__meetup=meetup, pk__in=numbers, state="offered")
    photos = list(waiting.order_by("pk"))
    albums = Photo.objects.filter(gallery__meetup=meetup).values_list("session").annotate(Max("position")).order_by()
    last: Counter[int | None] = Counter(dict(albums))
    for photo in photos:
        last[photo.session_id] += 1
        photo.state, photo.published_at, photo.position = "published", now, last[photo.session_id]
    Photo.objects.bulk_update(photos, ["state", "published_at", "position"])
    facts = [{"photo": photo.pk} for photo in photos]
    journal.record_all([Entry(kind="photos.published", at=now, meetup=meetup.pk, actor=by.pk, facts=each) for each in facts])
    return len(photos)


@transaction.atomic
def take_off(photo: Photo, *, by: Person, now: datetime) -> None:
    """Take a published picture off the public pages; it waits for the team again."""
    found = changeable(photo)
    check(found, "offered")
    Photo.objects.filter(pk=found.pk).update(state="offered", published_at=None)
    note("taken_off", found.gallery, by, now=now, photo=found.pk)


@transaction.atomic
def move(photo: Photo, by_places: int, *, by: Person, now: datetime) -> None:
    """Move a picture within its album."""
    found = changeable(photo)
    album = Photo.objects.select_for_update(of=("self",)).filter(
        gallery=found.gallery, session=found.session, state__in=("published", "hidden")
    )
    order = list(album.order_by("position", "pk").values_list("pk", flat=True))
    if found.pk not in order:
        raise Refusal(gettext("This picture is not in an album yet. Publish it first."))
    for place, number in enumerate(rules.moved(order, found.pk, by_places), start=1):
        Photo.objects.filter(pk=number).exclude(position=place).update(position=place)
    note("moved", found.gallery, by, now=now, photo=found.pk)


@transaction.atomic
def delete(photo: Photo, *, by: Person | None, now: datetime) -> None:
    """Delete a picture for good, whatever it was, in any stage of the meetup: no page shows it any more.

    Its files go within a second, its row after them.
    """
    found = held(photo)
    check(found, "deleted")
    blank = {"caption": "", "credit": "", "why": "", "digest": "", "print": ""}
    Photo.objects.filter(pk=found.pk).update(state="deleted", contributor=None, **blank)
    Takedown.objects.filter(photo=found).delete()
    note("deleted", found.gallery, by, now=now, photo=found.pk)


def show_offered(photo: Photo, *, by: Person | None, now: datetime) -> None:
    """Offer a described picture to the team, or show it at once where they chose so. Part of a deed."""
    if photo.gallery.needs_approval:
        check(photo, "offered")
        Photo.objects.filter(pk=photo.pk).update(state="offered")
        note("offered", photo.gallery, by, now=now, photo=photo.pk)
        return
    check(photo, "published")
    _show(photo, by=by, now=now)


def _show(photo: Photo, *, by: Person | None, now: datetime) -> None:
    album = Photo.objects.filter(gallery=photo.gallery, session=photo.session)
    last = album.aggregate(last=Max("position"))["last"] or 0
    Photo.objects.filter(pk=photo.pk).update(state="published", published_at=now, position=last + 1)
    note("published", photo.gallery, by, now=now, photo=photo.pk)


def _described(photo: Photo, caption: str, credit: str, session: Session | None) -> None:
    why = rules.why_no_caption(caption)
    if why:
        raise Refusal(why, field="caption")
    if photo.state not in rules.KEPT:
        raise Refusal(gettext("This picture is not here yet. Wait a moment."))
    photo.caption, photo.credit, photo.session = one_line(caption), credit_of(credit), session
    photo.save(update_fields=["caption", "credit", "session"])
