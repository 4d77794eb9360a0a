"""What invoicing does when a seat is taken or given back."""

from midcycle.invoicing import actions
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
