"""What moving a meetup on means for every app."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.feedback import actions as feedback
from midcycle.hosting import actions as hosting
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import actions as registration
from midcycle.registration.models import Capacity


@transaction.atomic
def move_on(meetup: Meetup, stage: str, *, by: Person, now: datetime) -> None:
    """Move a meetup on, or one step back. Raises Refusal for any other move.

    Archiving closes what is open first, and so does going back to before registration. The meetup is locked before its
    seats, as everywhere.
    """
    meetups.check_changeable(meetup.pk)
    ends_registration = stage in {"idea", "hosting", "archived"}
    if ends_registration and Capacity.objects.filter(meetup=meetup, is_open=True).exists():
        registration.close_registration(meetup, by=by, now=now)
    if stage == "archived":
        hosting.close_call(meetup, by, now=now)
        feedback.close_survey(meetup, by=by, now=now)
    meetups.move_to_stage(meetup, by, stage, now=now)
