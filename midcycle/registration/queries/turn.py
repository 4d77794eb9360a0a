"""Whose turn it is in the line: what the deeds go by, and what the desk tells of it beforehand."""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Q, QuerySet
from django.utils.translation import gettext

from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Quota, Seat
from midcycle.registration.rules import line

ORDER: Final = ("rank", "lot", "arrival")
_COLUMNS: Final = {"role": "role", "sector": "sector", "organisation": "organisation_key", "region": "region"}
_OVER: Final = frozenset({"wrap_up", "archived"})


def gives(capacity: Capacity) -> bool:
    """Say whether the line moves at all: not before its lots are drawn, and not after the meetup."""
    return capacity.meetup.stage not in _OVER and not (capacity.rule == "lottery" and capacity.drawn_at is None)


def in_turn(capacity: Capacity, *, now: datetime) -> QuerySet[Seat]:
    """Return those who wait in the order of the line: nobody a full quota keeps out, nobody who could not come in time."""
    waiting = Seat.objects.filter(meetup=capacity.meetup_id, state="waiting").order_by(*ORDER)
    if capacity.released_at is not None:
        waiting = waiting.exclude(queued_at=None)
    elif (left := notice_left(capacity.meetup, now)) is not None:
        waiting = waiting.filter(Q(notice_days__lte=left) | Q(queued_at__isnull=False))
    return waiting.exclude(_kept_out(capacity.meetup_id)) if capacity.has_quotas else waiting


def why_not_ruled(capacity: Capacity, wanted: line.LineRule, *, now: datetime) -> tuple[str, str] | None:
    """Return the field and why the line cannot have this rule, None when it can. After the draw its kind stays."""
    if capacity.drawn_at is None:
        starts_at = first_midnight(capacity.meetup)
        return line.why_not_this_rule(wanted.rule, wanted.groups, wanted.draw_at, now=now, starts_at=starts_at)
    if wanted.rule != capacity.rule:
        return "rule", gettext(
            "The lots are drawn, and the line has their order. Only the hours of an offer can be changed now."
        )
    return None


def notice_left(meetup: Meetup, now: datetime) -> int | None:
    """Return how many days are left until the meetup, as its place counts days; None when nobody knows."""
    return line.notice_left(meetup.starts_on, now.astimezone(ZoneInfo(meetup.timezone)).date())


def first_midnight(meetup: Meetup) -> datetime | None:
    """Return when the first day of the meetup begins where it is; None when nobody knows."""
    return None if meetup.starts_on is None else datetime.combine(meetup.starts_on, time(), ZoneInfo(meetup.timezone))


def full_quotas(meetup: int) -> QuerySet[Quota]:
    """Return the quotas that have no seat left."""
    return Quota.objects.filter(meetup=meetup, held__gte=F("most")).exclude(value=line.EACH)


def full_quota_of(meetup: int, claim: line.Claim) -> Quota | None:
    """Return the first full quota that keeps somebody out who claims this, None when none does. One query."""
    mine = line.counted_as(claim)
    wanted = Q()
    for kind, value in mine.items():
        wanted |= Q(kind=kind, value=value)
    return full_quotas(meetup).filter(wanted).order_by("pk").first() if mine else None


def _kept_out(meetup: int) -> Q:
    """Return what those have said whose quota is full. The database compares, so that there may be any number of quotas."""
    full = full_quotas(meetup)
    first, before = (Exists(full.filter(kind="first_time", value=value)) for value in ("yes", "no"))
    kept = Q(first, first_time=True) | Q(before, first_time=False)
    for kind, column in _COLUMNS.items():
        kept |= Q(**{f"{column}__in": full.filter(kind=kind).values("value")})
    return kept
