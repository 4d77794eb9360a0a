"""Forgetting somebody who asks for it, in registration; those who keep letters about them follow."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop

from midcycle.accounts import actions as accounts
from midcycle.journal import actions as journal
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.actions.taking import count_anew
from midcycle.registration.models import Capacity, Echo, Needs, Seat, SeatAnswer, Transfer
from midcycle.registration.rules.asking import SOMEONE

ECHOES_FOR: Final = timedelta(days=30)
_HAS_BEEN: Final = frozenset({"checked_in", "no_show"})


@transaction.atomic
def erase_seat(seat: Seat, *, now: datetime) -> None:
    """Forget who had this seat. Before the meetup the seat goes to the next; afterwards a nameless row keeps the figures.

    The person is forgotten too when nothing else on this instance is theirs. This goes in an archived meetup, too: what is kept
    there are figures, not people.
    """
    accounts.held(seat.person)  # before the capacity, as whoever registers does
    capacity, again = ground.locked_with(seat, though_archived=True)
    person = again.person
    ground.tell("seat_erased", again, now=now, actor=person.pk)
    if again.state in _HAS_BEEN:
        _make_nameless(capacity, again, now=now)
    else:
        was = again.state
        if was != "cancelled":
            ground.move(capacity, again, "cancelled", reason=gettext_noop("erased"), now=now)
        again.delete()
    if again.meetup.stage != "archived":
        promote(capacity, reason=gettext_noop("a seat was given back"), now=now)
    accounts.forget_unless_needed(person)


@transaction.atomic
def forget_echoes(*, now: datetime) -> int:
    """Delete what was shown to people who typed a known address, a month ago; return how many."""
    count, _ = Echo.objects.filter(at__lt=now - ECHOES_FOR).delete()
    if count:
        journal.record("registration.echoes_forgotten", at=now, facts={"count": count})
    return count


def _make_nameless(capacity: Capacity, seat: Seat, *, now: datetime) -> None:
    """Leave nothing but the state and answers that tell nobody apart."""
    claimed = seat.claim
    Needs.objects.filter(seat=seat).delete()
    SeatAnswer.objects.filter(seat=seat).delete()
    Transfer.objects.filter(seat=seat).delete()
    seat.person = accounts.nobody(now=now)
    seat.name, seat.organisation, seat.organisation_key, seat.group = SOMEONE, "", "", ""
    seat.photos, seat.registered_by, seat.imported = None, None, None
    seat.token, seat.code = secrets.token_urlsafe(24), secrets.token_hex(10)
    count_anew(capacity, seat, claimed)
    seat.save()
