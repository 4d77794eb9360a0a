"""How far a meetup is on its way to registration."""

from datetime import datetime
from zoneinfo import ZoneInfo

from midcycle.hosting import rules
from midcycle.hosting.models import Call
from midcycle.hosting.rules import CALL_STAGES, steps_to_registration
from midcycle.meetups.models import Meetup


def call_is_open(meetup: Meetup) -> bool:
    """Say whether the call of a meetup takes answers."""
    return Call.objects.filter(meetup=meetup, closed_at=None, meetup__stage__in=CALL_STAGES).exists()


def days_are_over(meetup: Meetup, now: datetime) -> bool:
    """Say whether the last day of a meetup is past where it is held."""
    return rules.days_are_over(meetup.starts_on, meetup.ends_on, now.astimezone(ZoneInfo(meetup.timezone)).date())


def may_open_registration(meetup: Meetup) -> bool:
    """Say whether registration is still ahead."""
    return bool(steps_to_registration(meetup.stage))
