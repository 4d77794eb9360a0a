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
    """Move a meetup on, or one step back; archiving closes what is open first. Raises Refusal for any other move."""
    if stage == "archived":
        if Capacity.objects.filter(meetup=meetup, is_open=True).exists():
            registration.close_registration(meetup, by=by, now=now)
        hosting.close_call(meetup, by, now=now)
        feedback.close_survey(meetup, by=by, now=now)
    meetups.move_to_stage(meetup, by, stage, now=now)
