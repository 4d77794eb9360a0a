"""How a meetup takes pictures in, and who begins to send some."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.photos.actions.common import credit_of, held_gallery, note, taking_gallery
from midcycle.photos.models import Contributor, Gallery
from midcycle.photos.rules import LICENCES


@transaction.atomic
def set_up(meetup: Meetup, *, is_open: bool, needs_approval: bool, licence: str, by: Person, now: datetime) -> Gallery:
    """Say whether pictures are taken in, whether the team looks at each first, and under which licence they are given.

    Raises Refusal for another licence once somebody has given pictures under the one before.
    """
    meetups.check_changeable(meetup.pk)
    gallery = held_gallery(meetup)
    if licence not in LICENCES:
        raise Refusal(gettext("Choose a licence of the list."), field="licence")
    if licence != gallery.licence and gallery.contributors.exists():
        raise Refusal(gettext("Somebody has agreed to the licence there was. It stays."), field="licence")
    Gallery.objects.filter(pk=gallery.pk).update(is_open=is_open, needs_approval=needs_approval, licence=licence)
    note("gallery_set_up", gallery, by, now=now, is_open=is_open, needs_approval=needs_approval)
    return gallery


@transaction.atomic
def make_link(meetup: Meetup, *, by: Person, now: datetime) -> Gallery:
    """Make the link of the day, by which anybody sends pictures. The one before opens nothing any more."""
    meetups.check_changeable(meetup.pk)
    gallery = held_gallery(meetup)
    gallery.link = gallery.links_made = gallery.links_made + 1
    gallery.save(update_fields=["link", "links_made"])
    note("link_made", gallery, by, now=now)
    return gallery


@transaction.atomic
def take_link_back(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Take the link of the day back. Who came by it sends nothing more, and looks after what they sent."""
    gallery = held_gallery(meetup)
    Gallery.objects.filter(pk=gallery.pk).update(link=0)
    note("link_taken_back", gallery, by, now=now)


@transaction.atomic
def join(meetup: Meetup, credit: str, *, by: Person, now: datetime) -> Contributor:
    """Let somebody send pictures, and agree to the licence. Done again, it changes how they want to be named."""
    gallery, said = taking_gallery(meetup), credit_of(credit)
    found, fresh = Contributor.objects.get_or_create(
        gallery=gallery, person=by, defaults={"credit": said, "joined_at": now, "link": 0}
    )
    if not fresh:
        Contributor.objects.filter(pk=found.pk).update(credit=said)
    note("sender_joined", gallery, by, now=now, sender=found.pk)
    return found


@transaction.atomic
def join_by_link(gallery: Gallery, credit: str, *, now: datetime) -> Contributor:
    """Let somebody send pictures who came by the day's link. Raises Refusal when it was taken back meanwhile."""
    found, said = taking_gallery(gallery.meetup), credit_of(credit)
    if not found.link or found.link != gallery.link:
        raise Refusal(gettext("This link was taken back just now. Ask the team for the one of today."))
    made = Contributor.objects.create(gallery=found, link=found.link, credit=said, joined_at=now)
    note("sender_joined", found, None, now=now, sender=made.pk)
    return made
