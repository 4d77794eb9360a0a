"""From the file that came to a picture in three sizes; the file is deleted once they are there."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from midcycle.engines.pictures import Counter, Developed, Job, Outcome
from midcycle.engines.pictures import develop as into_sizes
from midcycle.photos.actions.common import note
from midcycle.photos.actions.sending import complete
from midcycle.photos.actions.showing import show_offered
from midcycle.photos.models import Photo
from midcycle.photos.rules import TWICE
from midcycle.photos.shelf import Shelf

AT_ONCE: Final = 8


def develop(counter: Counter, shelf: Shelf, *, now: datetime, clock: float) -> int:
    """Fetch what the darkroom has ready and hand in what waits; return how many were fetched. `clock` is in seconds.

    Nobody waits here: it is called again a second later. While the disk is full nothing is handed in: it would be refused.
    """
    outcomes = counter.fetch(now=clock)
    for outcome in outcomes:
        _settle(outcome, shelf, now=now)
    if len(counter.under_way) < AT_ONCE // 2 and shelf.has_room(0):
        waiting = Photo.objects.filter(state="developing").exclude(key__in=counter.under_way).select_related("gallery")
        counter.hand_in([_job(photo, shelf) for photo in waiting.order_by("pk")[:AT_ONCE]], now=clock)
    return len(outcomes)


def develop_here(photo: Photo, shelf: Shelf, *, now: datetime) -> None:
    """Develop one picture in this process: one that we made ourselves. Raises Refusal for what is none."""
    job = _job(photo, shelf)
    _settle(Outcome(photo.key, into_sizes(job.source, job.folder)), shelf, now=now)


def tidy(shelf: Shelf, *, busy: Collection[str], now: datetime) -> int:
    """Delete the files of pictures that are deleted, then their rows; return how many. Those that are `busy` come later.

    And files that came of pictures which are developed, should that have broken off. One that is here as a whole, and whose
    row does not know, goes on.
    """
    gone = list(Photo.objects.filter(state="deleted").exclude(key__in=busy).select_related("gallery")[:100])
    for photo in gone:
        if shelf.delete(photo.gallery.meetup_id, photo.key):
            Photo.objects.filter(pk=photo.pk, state="deleted").delete()
    arrived = shelf.arrived()
    if not arrived:
        return len(gone)
    wanted = {photo.key: photo for photo in Photo.objects.filter(key__in=arrived, state__in=("receiving", "developing"))}
    for key in set(arrived) - set(wanted) - set(busy):
        shelf.forget_arrived(key)
    for photo in wanted.values():
        if photo.state == "receiving" and shelf.offset(photo.key) >= photo.length:
            complete(photo, now=now)
    return len(gone)


def _job(photo: Photo, shelf: Shelf) -> Job:
    return Job(photo.key, shelf.incoming(photo.key), shelf.folder(photo.gallery.meetup_id, photo.key))


def _settle(outcome: Outcome, shelf: Shelf, *, now: datetime) -> None:
    """Note what became of a picture. Its file is deleted after that: should it break off between, `tidy` does it."""
    if outcome.developed is None:
        _refuse(outcome.name, outcome.refused, now=now)
    else:
        try:
            _keep(outcome.name, outcome.developed, now=now)
        except IntegrityError:
            _refuse(outcome.name, TWICE, now=now)
    photo = Photo.objects.filter(key=outcome.name).select_related("gallery").first()
    if photo is not None and photo.state == "refused":
        shelf.delete(photo.gallery.meetup_id, photo.key)
    shelf.forget_arrived(outcome.name)


@transaction.atomic
def _keep(key: str, developed: Developed, *, now: datetime) -> None:
    photo = _developing(key)
    if photo is None:
        return
    photo.width, photo.height, photo.size, photo.digest = developed.width, developed.height, developed.size, developed.digest
    photo.state = "ready"
    photo.save(update_fields=["width", "height", "size", "digest", "state"])
    note("developed", photo.gallery, None, now=now, photo=photo.pk)
    if photo.caption:
        show_offered(photo, by=None, now=now)


@transaction.atomic
def _refuse(key: str, why: str, *, now: datetime) -> None:
    photo = _developing(key)
    if photo is None:
        return
    Photo.objects.filter(pk=photo.pk).update(state="refused", why=why)
    note("refused", photo.gallery, None, now=now, photo=photo.pk)


def _developing(key: str) -> Photo | None:
    """Return a picture that is being developed, locked; None when it was deleted meanwhile."""
    found = Photo.objects.select_for_update(of=("self",)).select_related("gallery__meetup")
    return found.filter(key=key, state="developing").first()
