"""Where somebody stands in the line, as the database counts it."""

from typing import Final

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from midcycle.registration.models.seats import Seat

_ORDER: Final = ("rank", "lot", "arrival")


def place_in_line() -> Case:
    """Return the place of a seat in the waitlist, counted from 1; null for a seat that is not waiting.

    Who came late is counted from the end, so that a newcomer's place does not cost more the longer the line is.
    """
    came_late = Q(state="waiting", arrival__gt=F("meetup__capacity__arrivals") / 2)
    return Case(
        When(came_late, then=F("meetup__capacity__waiting") - _how_many("gt")),
        When(state="waiting", then=_how_many("lt") + 1),
        default=None,
        output_field=IntegerField(),
    )


def echo_in_line() -> Case:
    """Return the place an echo shows, counted from 1, as quickly as that of a seat; null for one that does not wait.

    It came after the seat whose number it has, and is drawn as a seat is.
    """
    waits, late = Q(state="waiting"), Q(arrival__gt=F("meetup__capacity__arrivals") / 2)
    rank, arrival = OuterRef("rank"), OuterRef("arrival")
    behind = _count(rank__gt=rank) + _count(rank=rank, arrival__gt=arrival)
    before = _count(rank__lt=rank) + _count(rank=rank, arrival__lte=arrival)
    return Case(
        When(waits & Q(lot__gt=0), then=_count(lot__lt=OuterRef("lot")) + 1),
        When(waits & late, then=F("meetup__capacity__waiting") - behind + 1),
        When(waits, then=before + 1),
        default=None,
        output_field=IntegerField(),
    )


def _how_many(beyond: str) -> CombinedExpression:
    """Return how many stand behind (`gt`) or before (`lt`) a seat: three counts, each of one stretch of the index."""
    by_rank, by_lot, by_arrival = (
        _count(**{name: OuterRef(name) for name in _ORDER[:at]}, **{f"{_ORDER[at]}__{beyond}": OuterRef(_ORDER[at])})
        for at in range(len(_ORDER))
    )
    return by_rank + by_lot + by_arrival


def _count(**where: OuterRef) -> Coalesce:
    waiting = Seat.objects.filter(meetup=OuterRef("meetup"), state="waiting", **where).order_by()
    return Coalesce(Subquery(waiting.values("meetup").annotate(number=Count("pk")).values("number")), 0)
