"""A meetup's place in a series, the summit after it, and the larger event beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.typed import has_ink, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.series.access import may_tend
from midcycle.series.models import Colocation, RotationException

MOST_DAYS: Final = 31
_MOST_TWINS: Final = 50


@dataclass(frozen=True, slots=True)
class Beside:
    """The larger event, its days, and how costs are kept apart."""

    event: str
    starts_on: date
    ends_on: date
    url: str = ""
    costs_apart: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Following:
    """The summit that follows a meetup."""

    city: str = ""
    region: str = ""


@transaction.atomic
def place_in(meetup: Meetup, series: Series | None, following: Following, *, by: Person, now: datetime) -> None:
    """Make the meetup an edition of a series, or of none, and say which summit follows it.

    Raises Refusal for an archived meetup, and for a series that the person does not tend: else whoever opens an idea could
    change the rule of any series.
    """
    meetups.check_changeable(meetup.pk)
    if series is not None and series.pk != meetup.series_id and not may_tend(by, series):
        raise Refusal(
            gettext("Only somebody who organises a meetup of this series can add one. Ask one of them."), field="series"
        )
    if meetup.series_id != (series.pk if series else None):
        RotationException.objects.filter(meetup=meetup).delete()
    if series is None:
        meetups.leave_series(meetup, by=by, now=now)
    else:
        city, region = one_line(following.city)[:80], following.region
        meetups.join_series(meetup, series, by=by, now=now, next_summit_city=city, next_summit_region=region)


@transaction.atomic
def start_with(meetup: Meetup, title: str, following: Following, *, by: Person, now: datetime) -> Series:
    """Start a series with this meetup as its first edition here. Raises Refusal without a title."""
    meetups.check_changeable(meetup.pk)
    called = one_line(title)[:160]
    if not has_ink(called):
        raise Refusal(gettext("Give the series a name, such as that of the community."), field="title")
    series = meetups.start_series(called, slug=_free_slug(called), now=now)
    RotationException.objects.filter(meetup=meetup).delete()
    city, region = one_line(following.city)[:80], following.region
    meetups.join_series(meetup, series, by=by, now=now, next_summit_city=city, next_summit_region=region)
    return series


@transaction.atomic
def hold_beside(meetup: Meetup, beside: Beside, *, by: Person, now: datetime) -> None:
    """Say which larger event the meetup is beside. Raises Refusal once it is archived, and when the days make no sense."""
    meetups.check_changeable(meetup.pk)
    if not has_ink(beside.event):
        raise Refusal(gettext("Type the name of the larger event."), field="event")
    if beside.ends_on < beside.starts_on:
        raise Refusal(gettext("The last day is before the first. Choose a later last day."), field="ends_on")
    if (beside.ends_on - beside.starts_on).days >= MOST_DAYS:
        said = gettext("These are more than %(most)s days. Choose the days of the event alone.") % {"most": MOST_DAYS}
        raise Refusal(said, field="ends_on")
    values = {
        "event": one_line(beside.event)[:160],
        "url": beside.url,
        "starts_on": beside.starts_on,
        "ends_on": beside.ends_on,
        "costs_apart": beside.costs_apart,
        "note": one_line(beside.note)[:500],
    }
    Colocation.objects.update_or_create(meetup=meetup, defaults=values)
    journal.record("series.colocated", at=now, meetup=meetup.pk, actor=by.pk)


@transaction.atomic
def stand_alone(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Let the meetup be beside nothing. Raises Refusal once it is archived."""
    meetups.check_changeable(meetup.pk)
    gone, _ = Colocation.objects.filter(meetup=meetup).delete()
    if gone:
        journal.record("series.stands_alone", at=now, meetup=meetup.pk, actor=by.pk)


def _free_slug(title: str) -> str:
    base = slug_from(title)
    taken = set(Series.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))] if slug not in taken)
