"""Settling where and when the meetup is."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.hosting.actions.opening import close_call
from midcycle.hosting.rules import fault_in_days, missing_for_registration, steps_to_registration
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup


@transaction.atomic
def settle_place(
    meetup: Meetup,
    person: Person,
    place: meetups.Place,
    *,
    now: datetime,
    closes_call: bool = False,
    opens_registration: bool = False,
) -> None:
    """Say where and when; on request close the call, and go on to registration.

    Raises Refusal when the days are in the wrong order or too many, or when registration needs to know more.
    """
    fault = fault_in_days(place.starts_on, place.ends_on)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    missing = missing_for_registration(place.city, place.starts_on) if opens_registration else None
    if missing is not None:
        raise Refusal(missing[1], field=missing[0])
    meetups.set_place(meetup, person, place, now=now)
    if closes_call:
        close_call(meetup, person, now=now)
    if opens_registration:
        for stage in steps_to_registration(meetup.stage):
            meetups.move_to_stage(meetup, person, stage, now=now)
