"""Who may see and change money. What is not there and what is not allowed look the same: 404."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from midcycle.funding.models import Budget, CostLine, Rate, Scenario, Underwriter
from midcycle.meetups.access import Visitor, may_organise, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Sight:
    """A meetup whose balance somebody may see, and whether they may change it."""

    meetup: Meetup
    may_change: bool


def underwriter_for(visitor: Visitor, slug: str, number: int) -> Underwriter:
    """Return an underwriter of a meetup the visitor organises. Raises Http404."""
    found = Underwriter.objects.select_related("meetup", "owner").prefetch_related("recognitions")
    return _one(found.filter(meetup=organised_meetup_for(visitor, slug)), number)


def balance_for(visitor: Visitor, slug: str) -> Sight:
    """Return a meetup for its team, or for everybody once its balance is published. Raises Http404."""
    meetup = meetup_for(slug)
    if may_organise(visitor, meetup):
        return Sight(meetup, may_change=True)
    if not Budget.objects.filter(meetup=meetup, is_published=True).exists():
        raise Http404
    return Sight(meetup, may_change=False)


def line_for(visitor: Visitor, slug: str, number: int) -> CostLine:
    """Return a cost line of a meetup the visitor organises. Raises Http404."""
    found = CostLine.objects.select_related("budget__meetup").prefetch_related("steps")
    return _one(found.filter(budget__meetup=organised_meetup_for(visitor, slug)), number)


def rate_for(visitor: Visitor, slug: str, number: int) -> Rate:
    """Return an exchange rate of a meetup the visitor organises. Raises Http404."""
    found = Rate.objects.select_related("budget__meetup")
    return _one(found.filter(budget__meetup=organised_meetup_for(visitor, slug)), number)


def scenario_for(visitor: Visitor, slug: str, number: int) -> Scenario:
    """Return a scenario of a meetup the visitor organises. Raises Http404."""
    found = Scenario.objects.select_related("budget__meetup")
    return _one(found.filter(budget__meetup=organised_meetup_for(visitor, slug)), number)


def _one(found: QuerySet[M], number: int) -> M:
    row = found.filter(pk=number).first()
    if row is None:
        raise Http404
    return row
