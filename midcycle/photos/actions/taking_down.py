"""Anybody asks to take a picture down, and it is hidden at once; the team decides what becomes of it. See decision 0057."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines
from midcycle.photos.actions.common import check, held, note
from midcycle.photos.models import Photo, Takedown
from midcycle.photos.rules import LONGEST_REASON, MOST_REQUESTS, hides_at_once


@transaction.atomic
def ask_away(photo: Photo, reason: str, *, often_from_here: bool, now: datetime) -> bool:
    """Ask to take a picture down; return whether nobody sees it from now on. In any stage of the meetup.

    Nobody is refused: where it is not hidden at once, the team is asked.
    """
    found, said = held(photo), lines(reason)
    if len(said) > LONGEST_REASON:
        raise Refusal(gettext("Say it in %(most)s characters, or leave it blank.") % {"most": LONGEST_REASON}, field="reason")
    if found.state not in {"published", "hidden"}:
        raise Refusal(gettext("This picture is not shown to anybody."))
    is_hidden = found.state == "hidden"
    lately = Photo.objects.filter(gallery=found.gallery, state="hidden", hidden_at__gt=now - timedelta(hours=1)).count()
    hides = not is_hidden and hides_at_once(
        was_kept=found.kept_at is not None, often_from_here=often_from_here, hidden_lately=lately
    )
    if hides:
        check(found, "hidden")
        Photo.objects.filter(pk=found.pk).update(state="hidden", hidden_at=now)
    if Takedown.objects.filter(photo=found, settled_at=None).count() < MOST_REQUESTS:
        Takedown.objects.create(photo=found, at=now, reason=said, hid=hides)
        note("takedown_asked", found.gallery, None, now=now, photo=found.pk, hid=hides)
    return hides or is_hidden


@transaction.atomic
def show_again(photo: Photo, *, by: Person, now: datetime) -> None:
    """Show a picture again, or go on to show it, after the team has looked at who asked to take it down."""
    found = held(photo)
    if not Takedown.objects.filter(photo=found, settled_at=None).update(settled_at=now):
        raise Refusal(gettext("Nobody asks to take this picture down any more."))
    state = "published" if found.state == "hidden" else found.state
    Photo.objects.filter(pk=found.pk).update(state=state, kept_at=now, hidden_at=None)
    note("takedown_answered", found.gallery, by, now=now, photo=found.pk)
