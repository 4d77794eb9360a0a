"""What every write of seats begins and ends with: the lock, the counters, quotas, and a note of each move.

Every write of a meetup's seats first locks its Capacity row (on SQLite the transaction itself is the lock), so that seats
change one after the other: capacity cannot be exceeded, and nobody waits while there is a seat for them. People are met before
that lock, never after it, so that two writes cannot wait for each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import F, Q, QuerySet

from midcycle.journal import actions as journal
from midcycle.kernel.moves import IllegalMove, check_move
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import ARCHIVED
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Quota, Seat, SeatMove
from midcycle.registration.rules import line

_COUNTED: Final[Mapping[str, frozenset[str]]] = {
    "held": rules.TAKES_A_SEAT,
    "waiting": frozenset({"waiting"}),
    "offered": frozenset({"offered"}),
    "checked_in": frozenset({"checked_in"}),
}


def locked(meetup: Meetup) -> Capacity:
    """Return the meetup's capacity, locked. Raises Refusal when registration was never opened."""
    capacity = _for_update().filter(meetup=meetup).first()
    if capacity is None:
        raise Refusal("Registration was never opened. Set how many seats there are first.")
    return capacity


def locked_or_new(meetup: Meetup) -> Capacity:
    """Return the meetup's capacity, locked, with no seats when there was none. Raises Refusal for an archived meetup."""
    meetups.check_changeable(meetup.pk)
    Capacity.objects.get_or_create(meetup=meetup, defaults={"total": 0})
    return locked(meetup)


def locked_with(seat: Seat) -> tuple[Capacity, Seat]:
    """Return the capacity, locked, and the seat as it is now. Raises Refusal when archived, and for a seat that is gone."""
    capacity = _for_update().get(meetup=seat.meetup_id)
    again = Seat.objects.select_related("meetup").filter(pk=seat.pk).first()
    if again is None:
        raise Refusal("This seat is not there any more. Look at the meetup's page.")
    if again.meetup.stage == "archived":
        raise Refusal(ARCHIVED)
    return capacity, again


def claim_of(seat: Seat) -> line.Claim:
    """Return what counts about somebody when seats are given."""
    return line.Claim(seat.role, seat.sector, seat.organisation_key, seat.region, seat.first_time)


def quotas_of(capacity: Capacity, claim: line.Claim) -> list[Quota]:
    """Return the quotas a person counts in; each organisation's own is made as its first person comes."""
    if not capacity.has_quotas:
        return []
    counted = line.counted_as(claim)
    wanted = Q(kind="organisation", value=line.EACH)
    for kind, value in counted.items():
        wanted |= Q(kind=kind, value=value)
    found = {(quota.kind, quota.value): quota for quota in Quota.objects.filter(wanted, meetup=capacity.meetup_id)}
    each = found.pop(("organisation", line.EACH), None)
    own = "organisation", counted.get("organisation", "")
    if each is not None and own[1] and own not in found:
        found[own] = Quota.objects.create(meetup_id=capacity.meetup_id, kind=own[0], value=own[1], most=each.most)
    return list(found.values())


def count(capacity: Capacity, was: str, becomes: str, number: int = 1, *, arrivals: int = 0) -> None:
    """Keep the counters of a meetup right when so many seats change their state."""
    changes = {field: by for field, states in _COUNTED.items() if (by := ((becomes in states) - (was in states)) * number)}
    if arrivals:
        changes["arrivals"] = arrivals
    if changes:
        Capacity.objects.filter(pk=capacity.pk).update(**{field: F(field) + by for field, by in changes.items()})
    for field, by in changes.items():
        setattr(capacity, field, getattr(capacity, field) + by)


def count_in_quotas(quotas: Iterable[Quota], was: str, becomes: str) -> None:
    """Keep the quotas of one seat right when it changes its state."""
    by = (becomes in rules.TAKES_A_SEAT) - (was in rules.TAKES_A_SEAT)
    numbers = [quota.pk for quota in quotas]
    if by and numbers:
        Quota.objects.filter(pk__in=numbers).update(held=F("held") + by)


def move(capacity: Capacity, seat: Seat, becomes: rules.SeatState, *, reason: str, now: datetime) -> SeatMove:
    """Change a seat's state, with the counters, and note why. Raises Refusal for a move that no rule allows."""
    try:
        check_move(rules.MOVES, seat.state, becomes)
    except IllegalMove as illegal:
        raise Refusal(str(illegal)) from None
    was, seat.state = seat.state, becomes
    seat.offer_until = None
    if becomes != "waiting":
        seat.queued_at = None
    seat.save(update_fields=["state", "offer_until", "queued_at"])
    count(capacity, was, becomes)
    count_in_quotas(quotas_of(capacity, claim_of(seat)), was, becomes)
    return SeatMove.objects.create(seat=seat, at=now, was=was, becomes=becomes, reason=reason)


def note_moves(seats: Sequence[Seat], becomes: str, reasons: Sequence[str], *, now: datetime) -> list[SeatMove]:
    """Note a move of each seat with its reason, in one statement."""
    moves = [
        SeatMove(seat=seat, at=now, was=seat.state, becomes=becomes, reason=reason)
        for seat, reason in zip(seats, reasons, strict=True)
    ]
    return SeatMove.objects.bulk_create(moves, batch_size=500)


def tell(kind: str, seat: Seat, *, now: datetime, actor: int | None = None, move: SeatMove | None = None) -> None:
    """Record in the journal what happened to a seat."""
    facts = {"seat": seat.pk} if move is None else {"seat": seat.pk, "move": move.pk}
    journal.record(f"registration.{kind}", at=now, meetup=seat.meetup_id, actor=actor, facts=facts)


def _for_update() -> QuerySet[Capacity]:
    return Capacity.objects.select_for_update(of=("self",)).select_related("meetup")
