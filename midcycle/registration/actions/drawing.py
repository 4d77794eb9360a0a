"""Drawing the lots of a waitlist, so that anyone can draw them again."""

from datetime import datetime

from django.db import transaction

from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.models import Capacity, Draw, Seat
from midcycle.registration.rules import draw


@transaction.atomic
def draw_lots(meetup: Meetup, *, now: datetime) -> Draw:
    """Put those who wait in the order of their lots and give out the free seats. Raises Refusal before its time, and twice."""
    capacity = ground.locked(meetup)
    if capacity.rule != "lottery" or capacity.draw_at is None:
        raise Refusal("The waitlist of this meetup is not drawn by lot.")
    if capacity.drawn_at is not None:
        raise Refusal("The lots are drawn already. The page of the draw shows them.")
    if now < capacity.draw_at:
        raise Refusal("It is too early: the time of the draw is published, and people count on it.")
    waiting = list(Seat.objects.filter(meetup=meetup, state="waiting").order_by("arrival"))
    seats = {draw.code_of(seat.token): seat for seat in waiting}
    order = draw.drawn(capacity.seed, seats)
    for number, code in enumerate(order, start=1):
        seats[code].lot = number
    Seat.objects.bulk_update(waiting, ["lot"], batch_size=500)
    capacity.drawn_at = now
    Capacity.objects.filter(pk=capacity.pk).update(drawn_at=now)
    ground.note_moves(waiting, "waiting", [f"drawn as number {seat.lot} of {len(order)}" for seat in waiting], now=now)
    free = capacity.total - capacity.held
    made = Draw.objects.create(meetup=meetup, at=now, seed=capacity.seed, codes=list(seats), free=free)
    promoted = promote(capacity, reason="the lot fell on this seat", now=now)
    facts = {"draw": made.pk, "people": len(order), "promoted": promoted}
    journal.record("registration.lots_drawn", at=now, meetup=meetup.pk, facts=facts)
    return made
