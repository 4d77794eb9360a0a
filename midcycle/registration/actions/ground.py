"""What every write of seats begins and ends with: the lock, the counters, quotas, and a note of each move.

Every write of a meetup's seats first locks its Capacity row (on SQLite the transaction itself is the lock), so that seats
change one after the other: capacity cannot be exceeded, and nobody waits while there is a seat for them. People are met before
that lock, never after it, so that two writes cannot wait for each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import F, Q
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.moves import IllegalMove, check_move
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import ARCHIVED
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Quota, Seat, SeatMove
from midcycle.registration.rules import line
from midcycle.web.prepared import Constant, Prepared, asked

_LOCKED: Final = Prepared(
    lambda: Capacity.objects.select_for_update(of=("self",)).select_related("meetup").filter(meetup=asked("meetup"))
)
_COUNTED: Final[Mapping[str, frozenset[str]]] = {
    "held": rules.TAKES_A_SEAT,
    "waiting": frozenset({"waiting"}),
    "offered": frozenset({"offered"}),
    "checked_in": frozenset({"checked_in"}),
}

_COUNTERS: Final = (*_COUNTED, "arrivals")
# Every registration counts; Django would make this text anew each time, which takes longer than all the database does.
_COUNT: Final = Constant(
    f"UPDATE registration_capacity SET {', '.join(f'{each} = {each} + %s' for each in _COUNTERS)} WHERE id = %s"  # noqa: S608 - our own names
)


def locked(meetup: Meetup) -> Capacity:
    """Return the meetup's capacity, locked. Raises Refusal when registration was never opened."""
    capacity = _LOCKED.first(meetup=meetup.pk)
    if capacity is None:
        raise Refusal(gettext("Registration was never opened. Set how many seats there are first."))
    return capacity


def locked_or_new(meetup: Meetup) -> Capacity:
    """Return the meetup's capacity, locked, with no seats when there was none. Raises Refusal for an archived meetup."""
    meetups.check_changeable(meetup.pk)
    Capacity.objects.get_or_create(meetup=meetup, defaults={"total": 0})
    return locked(meetup)


def locked_with(seat: Seat, *, though_archived: bool = False) -> tuple[Capacity, Seat]:
    """Return the capacity, locked, and the seat as it is now. Raises Refusal when archived, and for a seat that is gone.

    One that was passed on meanwhile, or was given back and taken again, has another token: it is not the seat that was meant.
    """
    capacity = _LOCKED.first(meetup=seat.meetup_id)
    if capacity is None:
        raise Capacity.DoesNotExist
    again = Seat.objects.select_related("meetup").filter(pk=seat.pk).first()
    if again is None or again.token != seat.token:
        raise Refusal(gettext("This seat is not there any more. Look at the meetup's page."))
    if again.meetup.stage == "archived" and not though_archived:
        raise Refusal(gettext(ARCHIVED))
    return capacity, again


def quotas_of(capacity: Capacity, claim: line.Claim) -> list[Quota]:
    """Return the quotas a person counts in; each organisation's own is made as its first person comes."""
    return quotas_for(capacity, [claim])[0]


def quotas_for(capacity: Capacity, claims: Sequence[line.Claim]) -> list[list[Quota]]:
    """Return the quotas each of several people counts in. One query, and one for each organisation that is new."""
    if not capacity.has_quotas:
        return [[] for _ in claims]
    counted = [line.counted_as(claim) for claim in claims]
    found = _quotas_by_kind(capacity, counted)
    each = found.pop(("organisation", line.EACH), None)
    for values in counted if each is not None else ():
        own = "organisation", values.get("organisation", "")
        if each is not None and own[1] and own not in found:
            made = Quota(meetup_id=capacity.meetup_id, kind=own[0], value=own[1], most=each.most, copied=True)
            made.save(force_insert=True)
            found[own] = made
    return [[found[pair] for pair in values.items() if pair in found] for values in counted]


def quotas_changed(capacity: Capacity, was: line.Claim, becomes: line.Claim) -> tuple[list[Quota], list[Quota]]:
    """Return the quotas somebody leaves and joins who counts differently now. Raises Refusal when one they join is full."""
    left = {quota.pk: quota for quota in quotas_of(capacity, was)}
    now_in = {quota.pk: quota for quota in quotas_of(capacity, becomes)}
    joined = [quota for number, quota in now_in.items() if number not in left]
    full = next((quota for quota in joined if quota.held >= quota.most), None)
    if full is not None:
        reason = rules.quota_reason(full.kind, full.value, full.most)
        raise Refusal(f"This cannot be changed now: {reason}. Ask the organisers.")
    return [quota for number, quota in left.items() if number not in now_in], joined


def count(capacity: Capacity, was: str, becomes: str, number: int = 1, *, arrivals: int = 0) -> None:
    """Keep the counters of a meetup right when so many seats change their state."""
    changes = {field: by for field, states in _COUNTED.items() if (by := ((becomes in states) - (was in states)) * number)}
    if arrivals:
        changes["arrivals"] = arrivals
    if changes:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [*(changes.get(field, 0) for field in _COUNTERS), capacity.pk])
    for field, by in changes.items():
        setattr(capacity, field, getattr(capacity, field) + by)


def count_in_quotas(quotas: Iterable[Quota], was: str, becomes: str) -> None:
    """Keep the quotas of one seat right when it changes its state."""
    by = (becomes in rules.TAKES_A_SEAT) - (was in rules.TAKES_A_SEAT)
    numbers = [quota.pk for quota in quotas]
    if by and numbers:
        Quota.objects.filter(pk__in=numbers).update(held=F("held") + by)


def count_all_in_quotas(capacity: Capacity, seats: Sequence[Seat], was: str, becomes: str) -> None:
    """Keep the quotas of many seats right that change their state together."""
    by = (becomes in rules.TAKES_A_SEAT) - (was in rules.TAKES_A_SEAT)
    if not by or not capacity.has_quotas:
        return
    seats_in = Counter(quota.pk for quotas in quotas_for(capacity, [seat.claim for seat in seats]) for quota in quotas)
    for number in set(seats_in.values()):
        same = [pk for pk, seats_there in seats_in.items() if seats_there == number]
        Quota.objects.filter(pk__in=same).update(held=F("held") + by * number)


def move(
    capacity: Capacity, seat: Seat, becomes: rules.SeatState, *, reason: str, now: datetime, by: Person | None = None
) -> SeatMove:
    """Change a seat's state, with the counters, and note why, and by whom. Raises Refusal for a move that no rule allows."""
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
    count_in_quotas(quotas_of(capacity, seat.claim), was, becomes)
    return SeatMove.objects.create(seat=seat, at=now, was=was, becomes=becomes, reason=reason, by=by)


def note_moves(
    seats: Sequence[Seat], becomes: str, reasons: Sequence[str], *, now: datetime, by: Person | None = None
) -> list[SeatMove]:
    """Note a move of each seat with its reason, in one statement."""
    moves = [
        SeatMove(seat=seat, at=now, was=seat.state, becomes=becomes, reason=reason, by=by)
        for seat, reason in zip(seats, reasons, strict=True)
    ]
    return SeatMove.objects.bulk_create(moves, batch_size=500)


def tell(kind: str, seat: Seat, *, now: datetime, actor: int | None = None, move: SeatMove | None = None) -> None:
    """Record in the journal what happened to a seat."""
    facts = {"seat": seat.pk} if move is None else {"seat": seat.pk, "move": move.pk}
    journal.record(f"registration.{kind}", at=now, meetup=seat.meetup_id, actor=actor, facts=facts)


def _quotas_by_kind(capacity: Capacity, counted: Sequence[Mapping[str, str]]) -> dict[tuple[str, str], Quota]:
    wanted = Q(kind="organisation", value=line.EACH)
    for kind in line.QUOTA_KINDS:
        values = {each[kind] for each in counted if kind in each}
        if values:
            wanted |= Q(kind=kind, value__in=values)
    return {(quota.kind, quota.value): quota for quota in Quota.objects.filter(wanted, meetup=capacity.meetup_id)}
