"""How long the addresses of who was asked to lead, and planning pads, are kept. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from midcycle.registration.rules.keeping import days_of, is_due

INVITED_DAYS: Final = 7
"""Days after the meetup an address is kept to which an invitation to lead went."""
LONGEST_INVITED: Final = timedelta(days=180)
"""How long after the letter at most, also while a meetup has no day."""


def are_invitations_due(last: date | None, today: date) -> bool:
    """Say whether every invitation of a meetup has to go; `last` is the day all days count from, None while unknown."""
    return is_due(last, INVITED_DAYS, today)


def is_pad_due(last: date | None, overrides: Mapping[str, int], today: date) -> bool:
    """Say whether the planning pad has to go: names stand in it, so it is kept as long as those of who registered."""
    return is_due(last, days_of("name", overrides), today)


def today_in(timezone: str, now: datetime) -> date:
    """Return the day it is at a place."""
    return now.astimezone(ZoneInfo(timezone)).date()
