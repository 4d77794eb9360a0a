"""Door links: one for each phone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.onsite.models import Device

MOST_DEVICES = 100


@transaction.atomic
def make_device(meetup: Meetup, label: str, *, by: Person, now: datetime) -> Device:
    """Make a link that lets a phone in. Raises Refusal for an archived meetup and for the hundred-and-first."""
    meetups.check_changeable(meetup.pk)
    if Device.objects.filter(meetup=meetup, revoked_at=None).count() >= MOST_DEVICES:
        raise Refusal(gettext("There are %(count)s door links. Take one back first.") % {"count": MOST_DEVICES}, field="label")
    device = Device.objects.create(meetup=meetup, label=one_line(label), made_by=by, made_at=now.replace(microsecond=0))
    journal.record("onsite.device_made", at=now, meetup=meetup.pk, actor=by.pk, facts={"device": device.pk})
    return device


@transaction.atomic
def revoke_device(device: Device, *, by: Person, now: datetime) -> None:
    """Take a link back: its phone forgets the list as soon as it reaches us. Again is harmless."""
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now):
        journal.record("onsite.device_revoked", at=now, meetup=device.meetup_id, actor=by.pk, facts={"device": device.pk})
