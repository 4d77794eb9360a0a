"""Drawing the lots of a waitlist, so that anyone can draw them again."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.models import Capacity, Draw, Echo, Seat
from midcycle.registration.rules import draw

_AT_ONCE: Final = 500


@transaction.atomic
def draw_lots(meetup: Meetup, *, now: datetime) -> Draw:
    """Put those who wait in the order of their lots and give out the free seats. Raises Refusal before its time, and twice."""
    capacity = ground.locked(meetup)
    if capacity.rule != "lottery" or capacity.draw_at is None:
        raise Refusal(gettext("The waitlist of this meetup is not drawn by lot."))
    if capacity.drawn_at is not None:
        raise Refusal(gettext("The lots are drawn already. The page of the draw shows them."))
    if now < capacity.draw_at:
        raise Refusal(gettext("It is too early: the time of the draw is published, and people count on it."))
    capacity.drawn_at = now
    made = _draw(capacity, now=now)
    promoted = promote(capacity, reason=gettext_noop("the lot fell on this seat"), now=now)
    facts = {"draw": made.pk, "people": len(made.codes), "promoted": promoted}
    journal.record("registration.lots_drawn", at=now, meetup=meetup.pk, facts=facts)
    return made


def _draw(capacity: Capacity, *, now: datetime) -> Draw:
    """Give everybody who waits the number they are drawn as, and those who only see an echo too; keep what was drawn."""
    waiting = list(Seat.objects.filter(meetup=capacity.meetup_id, state="waiting"))
    echoes = list(Echo.objects.filter(meetup=capacity.meetup_id, state="waiting"))
    everybody: tuple[Seat | Echo, ...] = (*waiting, *echoes)
    codes = {draw.code_of(each.token): each for each in everybody}
    order = draw.drawn(capacity.seed, codes)
    for number, code in enumerate(order, start=1):
        codes[code].lot = number
    Seat.objects.bulk_update(waiting, ["lot"], batch_size=_AT_ONCE)
    Echo.objects.bulk_update(echoes, ["lot"], batch_size=_AT_ONCE)
    Capacity.objects.filter(pk=capacity.pk).update(drawn_at=capacity.drawn_at)
    ground.note_moves(waiting, "waiting", [rules.drawn_reason(seat.lot, len(order)) for seat in waiting], now=now)
    free = capacity.total - capacity.held
    return Draw.objects.create(meetup=capacity.meetup, at=now, seed=capacity.seed, codes=sorted(order), free=free)
