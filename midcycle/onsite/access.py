"""Who may act at the door: whoever holds a link that was not taken back, and the meetup's team."""

import re
from typing import Final
from uuid import UUID

from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext

from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import Visitor, organised_meetup_for
from midcycle.onsite.models import Device, DoorEvent
from midcycle.onsite.rules import REVOKED

_KEY: Final = re.compile(r"Bearer (([1-9][0-9]{0,17})-[0-9a-f]{40})")


class TakenBack(Refusal):
    """The link was good once. Its phone has to forget the list."""


def key_of(device: Device) -> str:
    """Return the text that opens the door on a phone. Only its sum is known without the instance's secret."""
    made = f"{device.pk} {device.meetup_id} {device.made_at.timestamp():.0f}"
    return f"{device.pk}-{salted_hmac('midcycle.door', made, algorithm='sha256').hexdigest()[:40]}"


def device_for(slug: str, authorization: str) -> Device:
    """Return the phone that asks with `Bearer KEY`. Raises Http404 for anybody else, TakenBack once its link was."""
    found = _KEY.fullmatch(authorization)
    devices = Device.objects.select_related("meetup", "made_by").filter(meetup__slug=slug)
    device = devices.filter(pk=found[2]).first() if found else None
    if found is None or device is None or not constant_time_compare(found[1], key_of(device)):
        raise Http404
    if device.revoked_at is not None:
        raise TakenBack(gettext(REVOKED))
    return device


def device_at_desk_for(visitor: Visitor, slug: str, number: int) -> Device:
    """Return a phone of the meetup for someone of its team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    device = Device.objects.select_related("meetup").filter(meetup=meetup, pk=number).first()
    if device is None:
        raise Http404
    return device


def event_at_desk_for(visitor: Visitor, slug: str, number: UUID) -> DoorEvent:
    """Return a deed at the door for someone of the meetup's team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    event = DoorEvent.objects.select_related("device").filter(device__meetup=meetup, pk=number).first()
    if event is None:
        raise Http404
    return event
