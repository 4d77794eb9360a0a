"""Taking a seat, and what people say about themselves."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.access import Sender, way_of
from midcycle.registration.actions import ground, promoting
from midcycle.registration.actions.echoing import said_of
from midcycle.registration.actions.saying import KEPT, Answers, keep_apart, read_more, said, say
from midcycle.registration.models import Capacity, Echo, Quota, Seat, SeatMove
from midcycle.registration.queries import position_of, turn
from midcycle.registration.rules import line
from midcycle.web.prepared import Constant, Prepared, asked, insert


@dataclass(frozen=True)
class Origin:
    """How a registration came: by the person, or by a colleague, and then it is to be confirmed; and `via` which way."""

    by: Person | None = None
    via: str = ""


@dataclass(frozen=True)
class Registered:
    """A seat and whether it was given now; for a stranger who typed a known address, the echo they see instead.

    For what was given now: the place in line, counted from 1 and None unless one waits and the lots are drawn, and why.
    """

    seat: Seat
    fresh: bool
    echo: Echo | None = None
    position: int | None = None
    reason: str = ""

    @property
    def token(self) -> str:
        """Return what the page that answers is found by."""
        return self.seat.token if self.echo is None else self.echo.token


OWN: Final = Origin()
NOBODY: Final = Sender()
TOLD_AS: Final[Mapping[str, str]] = {"held": "seat_taken", "waiting": "seat_waiting", "offered": "seat_offered"}
# As quick as for somebody new, or the time of an answer would tell which addresses are known.
_KNOWN: Final = Prepared(lambda: Seat.objects.filter(meetup=asked("meetup"), person=asked("person")))
_GONE: Final = Constant("DELETE FROM registration_echo WHERE seat_id = %s AND state = 'cancelled'")
ANSWERS_CHANGED: Final = gettext_noop("answers were changed, and with them who has a turn")


@transaction.atomic
def register(meetup: Meetup, answers: Answers, *, email: str, name: str, now: datetime, sender: Sender = NOBODY) -> Registered:
    """Give whoever typed this address a seat, or the last place in line. Raises Refusal when closed.

    Somebody who has one keeps it unchanged. Unless they are signed in, or took it with this browser just now, they see an echo,
    so that nobody learns from it whether an address is known, and their link is sent to them again.
    """
    person, is_new = accounts.met(email, now=now, name=name)
    capacity = _open(meetup)
    known = None if is_new else _KNOWN.first(meetup=meetup.pk, person=person.pk)
    via = way_of(meetup.pk, sender.came_by)
    if known is None or known.state == "cancelled":
        seat = new_seat(capacity, known, person, now=now)
        seat.proven, seat.via = sender.is_signed_in_as(person.pk), _first_way(known, via)
        if sender.browser:
            seat.token = sender.token_of(seat)
        return _take(capacity, seat, answers, name=name, now=now)
    if sender.has_taken(known, now=now):
        return Registered(known, fresh=False)
    ground.tell("link_asked", known, now=now)
    return Registered(known, fresh=False, echo=_echo(capacity, known, name, answers, via=via, now=now))


@transaction.atomic
def take_seat(meetup: Meetup, answers: Answers, *, email: str, name: str, now: datetime, origin: Origin = OWN) -> Registered:
    """Give the person with this address a seat, or the last place in line, as somebody asks who may know. Raises Refusal.

    Somebody who has one keeps it unchanged.
    """
    person, is_new = accounts.met(email, now=now, name=name)
    capacity = _open(meetup)
    known = None if is_new else _KNOWN.first(meetup=meetup.pk, person=person.pk)
    if known is not None and known.state != "cancelled":
        return Registered(known, fresh=False)
    seat = new_seat(capacity, known, person, now=now)
    seat.registered_by, seat.confirmed, seat.via = origin.by, origin.by is None, _first_way(known, origin.via)
    return _take(capacity, seat, answers, name=name, now=now)


@transaction.atomic
def change_answers(seat: Seat, answers: Answers, *, name: str, now: datetime) -> Seat:
    """Note what somebody says now and return the seat. Raises Refusal when over, and when a quota is full.

    Arrival and state stay; in a line of groups, the group may change.
    """
    capacity, again = ground.locked_with(seat)
    refused = rules.why_answers_stay(again.meetup.stage, again.state)
    if refused:
        raise Refusal(refused)
    before, claimed = said(again), again.claim
    say(again, name, answers)
    if said(again) != before:
        count_anew(capacity, again, claimed)
        again.save(update_fields=list(KEPT))
    if keep_apart(capacity, again, answers, is_new=False) or said(again) != before:
        ground.tell("answers_changed", again, now=now, actor=again.person_id)
    if again.claim != claimed:
        if again.state == "waiting":
            _rank_anew(capacity, again, now=now)
        if promoting.promote(capacity, reason=ANSWERS_CHANGED, now=now):
            again.refresh_from_db()
    return again


def arrive(capacity: Capacity, seat: Seat, *, now: datetime) -> SeatMove:
    """Count an arrival and save the seat: with a seat while there is one for this person, at the end of the line otherwise.

    The update repeats the rule where nobody can come between.
    """
    was, quotas = seat.state, ground.quotas_of(capacity, seat.claim)
    reason = stand(capacity, seat, quotas, now=now)
    ground.count(capacity, "", seat.state, arrivals=1)
    ground.count_in_quotas(quotas, "", seat.state)
    if seat.pk:
        seat.save()
    else:
        insert(seat)
    return insert(SeatMove(seat=seat, at=now, was=was, becomes=seat.state, reason=reason))


def stand(capacity: Capacity, seat: Seat, quotas: Sequence[Quota], *, now: datetime) -> str:
    """Put a newcomer where they stand, which nobody has counted yet, and return why."""
    seat.arrival = capacity.arrivals + 1
    seat.rank = line.rank_of(capacity.rule, capacity.groups, seat.claim, capacity.meetup.region)
    seat.lot = line.AFTER_THE_DRAW if capacity.drawn_at else 0
    waits = why_waits(capacity, quotas, is_at_door=bool(seat.queued_at))
    until = promoting.window(capacity, seat, now=now) if not seat.confirmed else None
    seat.state = "waiting" if waits else "held" if until is None else "offered"
    seat.offer_until = until if seat.state == "offered" else None
    if seat.state != "waiting":
        seat.queued_at = None
    return waits or gettext_noop("a seat was free")


def why_waits(capacity: Capacity, quotas: Sequence[Quota], *, is_at_door: bool = False) -> str | None:
    """Return why a newcomer has to wait, None when there is a seat for them."""
    if rules.place_in_line(capacity.held, capacity.total) == "waiting":
        return rules.full_reason(capacity.total)
    if not is_at_door and not turn.gives(capacity):
        return rules.draw_reason(capacity.draw_at)
    full = next((quota for quota in quotas if quota.held >= quota.most), None)
    return None if full is None else rules.quota_reason(full.kind, full.value, full.most)


def new_token() -> str:
    """Return an unguessable text for a link, of 192 bits."""
    return secrets.token_urlsafe(24)


def new_code() -> str:
    """Return the text a ticket names its seat by, of 80 bits, in letters that survive being read aloud."""
    return secrets.token_hex(10)


def _open(meetup: Meetup) -> Capacity:
    capacity = ground.locked(meetup)
    closed = rules.why_closed(capacity.meetup.stage, is_open=capacity.is_open)
    if closed:
        raise Refusal(closed)
    return capacity


def new_seat(capacity: Capacity, known: Seat | None, person: Person, *, now: datetime) -> Seat:
    """Return the person's seat for this arrival, not saved yet.

    Somebody who comes back keeps the row and nothing else. The link is new: others may have known the old one.
    """
    return Seat(
        pk=known.pk if known else None,
        meetup_id=capacity.meetup_id,
        person=person,
        token=new_token(),
        code=new_code(),
        arrival=capacity.arrivals + 1,
        state=known.state if known else "",
        registered_at=now,
    )


def _first_way(known: Seat | None, via: str) -> str:
    """Return how somebody came: whoever comes back came as they did first, so that nobody counts as invited by themselves."""
    return known.via if known else via


def _take(capacity: Capacity, seat: Seat, answers: Answers, *, name: str, now: datetime) -> Registered:
    is_new = seat.pk is None
    say(seat, name, answers)
    moved = arrive(capacity, seat, now=now)
    keep_apart(capacity, seat, answers, is_new=is_new)
    ground.tell(TOLD_AS[seat.state], seat, now=now, actor=seat.person_id, move=moved)
    return Registered(seat, fresh=True, position=_last_place(capacity, seat), reason=moved.reason)


def _last_place(capacity: Capacity, seat: Seat) -> int | None:
    """Return the place of somebody who came now. Only a line of groups has to be counted: else who comes last is last."""
    if seat.state != "waiting" or (capacity.rule == "lottery" and capacity.drawn_at is None):
        return None
    return position_of(seat) if capacity.rule == "groups" else capacity.waiting


def _echo(capacity: Capacity, known: Seat, name: str, answers: Answers, *, via: str, now: datetime) -> Echo:
    """Keep what somebody new would be told now. A page given back before opens nothing more, as a link that was replaced."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [known.pk])
    seat = Seat(meetup_id=capacity.meetup_id)
    say(seat, name, answers)
    if capacity.has_questions:
        answers = replace(answers, more=dict(read_more(capacity.meetup_id, answers).values()))
    waits = why_waits(capacity, ground.quotas_of(capacity, seat.claim))
    return insert(
        Echo(
            meetup_id=capacity.meetup_id,
            token=new_token(),
            code=new_code(),
            seat=known,
            arrival=capacity.arrivals,
            rank=line.rank_of(capacity.rule, capacity.groups, seat.claim, capacity.meetup.region),
            said={**said_of(answers, name), "via": via},
            state="waiting" if waits else "held",
            place=capacity.waiting + 1 if waits else 0,
            reason=waits or gettext_noop("a seat was free"),
            at=now,
        )
    )


def count_anew(capacity: Capacity, seat: Seat, claimed: line.Claim) -> None:
    """Move a seat between quotas when the answers they go by have changed. Raises Refusal when the new one is full."""
    claims = seat.claim
    if seat.state not in rules.TAKES_A_SEAT or claims == claimed:
        return
    left, joined = ground.quotas_changed(capacity, claimed, claims)
    ground.count_in_quotas(left, "held", "cancelled")
    ground.count_in_quotas(joined, "cancelled", "held")


def _rank_anew(capacity: Capacity, seat: Seat, *, now: datetime) -> None:
    rank = line.rank_of(capacity.rule, capacity.groups, seat.claim, capacity.meetup.region)
    if rank != seat.rank:
        seat.rank = rank
        seat.save(update_fields=["rank"])
        ground.note_moves(
            [seat], "waiting", [gettext_noop("the answers changed, and with them the group in the line")], now=now
        )
