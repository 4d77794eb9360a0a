"""What invoicing does when a seat is taken or given back, and what it asks the provider of card payments."""

from datetime import datetime

from django.conf import settings

from midcycle.invoicing import actions
from midcycle.invoicing.payments import provider_of
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal

_HELD_NOW = frozenset({"registration.seat_taken", "registration.seat_promoted", "registration.checked_in"})


def seat_moved(entry: Entry) -> None:
    """Let the fee of a seat follow it; in an archived meetup everything stays."""
    became_held_at = entry.at if entry.kind in _HELD_NOW else None
    try:
        actions.settle_fee(entry.facts["seat"], entry.meetup or 0, became_held_at=became_held_at, now=entry.at)
        if entry.kind == "registration.seat_erased":
            actions.forget_payer(entry.facts["seat"], entry.meetup or 0, now=entry.at)
    except Refusal:
        return


def ask_what_was_taken(now: datetime) -> int:
    """Ask what the provider took for payments by card, where there is one."""
    provider = provider_of(settings.MIDCYCLE)
    return actions.ask_what_was_taken(provider, now=now) if provider else 0
