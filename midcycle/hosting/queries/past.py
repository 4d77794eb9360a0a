"""How earlier editions went: those the organisers told of, and those of the series that were held on this instance."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, ExpressionWrapper, F, Q

from midcycle.hosting.models import PastEdition, Turnout
from midcycle.hosting.rules import PACE, Edition
from midcycle.meetups.models import Meetup
from midcycle.series import models as series

_ANSWER = "meetup__call__answers"


@dataclass(frozen=True)
class EditionRow:
    """An edition that is learned from; `number` is its own where it was told and can be taken back here, `path` its page."""

    edition: Edition
    number: int | None
    path: str


def past_editions(meetup: Meetup) -> list[Edition]:
    """Return how earlier editions went, those held here first. One query, two in a series."""
    return [row.edition for row in edition_rows(meetup)]


def edition_rows(meetup: Meetup) -> list[EditionRow]:
    """Return the editions a forecast learns from. What was told of at one edition of a series is known at all. Two queries."""
    told = Q(meetup=meetup)
    if meetup.series_id is not None:
        told |= Q(meetup__series=meetup.series_id)
    rows = PastEdition.objects.filter(told).order_by("pk")
    return [*_held(meetup), *(_told(row, meetup) for row in rows)]


def counted_elsewhere(meetup: Meetup, known: Collection[EditionRow]) -> list[tuple[str, int]]:
    """Return editions of which the page of the series knows how many came, and the forecast does not. One query in a series."""
    if meetup.series_id is None:
        return []
    labels = {row.edition.label for row in known}
    rows = series.PastEdition.objects.filter(series=meetup.series_id, attendance__gte=1).order_by("-starts_on", "name")
    return [(name, came) for name, came in rows.values_list("name", "attendance") if came and name not in labels]


def _told(row: PastEdition, meetup: Meetup) -> EditionRow:
    number = row.pk if row.meetup_id == meetup.pk else None
    return EditionRow(Edition(row.label, row.early, row.declared, row.came), number, "")


def _held(meetup: Meetup) -> list[EditionRow]:
    """Return the editions of the series that were held on this instance and counted at the door, the oldest first."""
    if meetup.series_id is None:
        return []
    soon = ExpressionWrapper(F("meetup__call__opened_at") + PACE, output_field=DateTimeField())
    yes = Q(**{f"{_ANSWER}__would_come": True, f"{_ANSWER}__confirmed_at__isnull": False})
    rows = (
        Turnout.objects.filter(meetup__series=meetup.series_id)
        .exclude(meetup=meetup)
        .annotate(
            early=Count(_ANSWER, filter=yes & Q(**{f"{_ANSWER}__answered_at__lte": soon})), said=Count(_ANSWER, filter=yes)
        )
        .order_by("meetup__starts_on", "meetup__slug")
        .values_list("meetup__title", "meetup__slug", "early", "said", "came")
    )
    return [EditionRow(Edition(title, early, said, came), None, f"/m/{slug}/") for title, slug, early, said, came in rows]
