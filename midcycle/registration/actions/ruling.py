"""The published rule of the line, and whether seats may be passed on."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.models import Capacity, Seat
from midcycle.registration.queries import turn
from midcycle.registration.rules import line
from midcycle.registration.rules.line import LineRule

_RANKED_AT_ONCE: Final = 500


@transaction.atomic
def set_line_rule(meetup: Meetup, wanted: LineRule, *, by: Person, now: datetime) -> int:
    """Publish the rule of the waitlist, put those who wait in its order, and promote as many as fit; return how many.

    For a lottery a seed is made and its SHA-256 published at once. Raises Refusal, and once lots are drawn for another rule.
    """
    capacity = ground.locked_or_new(meetup)
    refused = turn.why_not_ruled(capacity, wanted, now=now)
    if refused:
        raise Refusal(refused[1], field=refused[0])
    is_other = (capacity.rule, tuple(capacity.groups)) != (wanted.rule, wanted.groups)
    _note_rule(capacity, wanted)
    if is_other:
        _rank_everybody(capacity, by=by, now=now)
    promoted = promote(capacity, reason=gettext_noop("the rule of the waitlist was changed"), now=now)
    facts = {"rule": wanted.rule, "offer_hours": wanted.offer_hours, "promoted": promoted}
    journal.record("registration.line_rule_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return promoted


@transaction.atomic
def follow_region(meetup: Meetup, *, by: Person | None, now: datetime) -> int:
    """Rank those who wait anew once the meetup is in another region; return how many have another rank. Again is harmless."""
    if not Capacity.objects.filter(meetup=meetup, rule="groups").exists():
        return 0
    capacity = ground.locked(meetup)
    if "host_region" not in capacity.groups:
        return 0
    waiting = list(Seat.objects.filter(meetup=meetup, state="waiting").order_by("arrival"))
    moved = [seat for seat in waiting if _rank(capacity, seat) != seat.rank]
    if moved:
        _rank_anew(capacity, moved, rules.region_reason(capacity.meetup.region), by=by, now=now)
        facts = {"moved": len(moved)}
        journal.record("registration.line_ranked", at=now, meetup=meetup.pk, actor=by.pk if by else None, facts=facts)
    return len(moved)


@transaction.atomic
def allow_transfers(meetup: Meetup, *, allowed: bool, by: Person, now: datetime) -> None:
    """Say whether people may pass their seat on to somebody else."""
    capacity = ground.locked_or_new(meetup)
    Capacity.objects.filter(pk=capacity.pk).update(transfers=allowed)
    journal.record("registration.transfers_allowed", at=now, meetup=meetup.pk, actor=by.pk, facts={"allowed": allowed})


def _note_rule(capacity: Capacity, wanted: LineRule) -> None:
    if wanted.rule == "lottery" and not capacity.seed:
        capacity.seed = secrets.token_hex(32)
    if wanted.rule != "lottery":
        capacity.seed = ""
    capacity.rule, capacity.groups, capacity.offer_hours = wanted.rule, list(wanted.groups), wanted.offer_hours
    if capacity.drawn_at is None:
        capacity.draw_at = wanted.draw_at if wanted.rule == "lottery" else None
    capacity.save(update_fields=["rule", "groups", "offer_hours", "draw_at", "seed"])


def _rank_everybody(capacity: Capacity, *, by: Person, now: datetime) -> None:
    """Give those who wait their rank by the new rule, with a note in the history of each."""
    reason = f"the rule of the waitlist is now: {line.LINE_RULE_NAMES[capacity.rule].lower()}"
    _rank_anew(capacity, list(Seat.objects.filter(meetup=capacity.meetup_id, state="waiting")), reason, by=by, now=now)


def _rank_anew(capacity: Capacity, seats: Sequence[Seat], reason: str, *, by: Person | None, now: datetime) -> None:
    for seat in seats:
        seat.rank = _rank(capacity, seat)
    Seat.objects.bulk_update(seats, ["rank"], batch_size=_RANKED_AT_ONCE)
    ground.note_moves(seats, "waiting", [reason] * len(seats), now=now, by=by)


def _rank(capacity: Capacity, seat: Seat) -> int:
    return line.rank_of(capacity.rule, capacity.groups, seat.claim, capacity.meetup.region)
