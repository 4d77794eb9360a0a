"""Publishing data points once, and keeping those of editions on other servers."""

from dataclasses import astuple
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.feedback.models import Survey
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.report import rules
from midcycle.report.models import BroughtPoints, DataPoints
from midcycle.report.queries.points import as_round, measured
from midcycle.report.rules.datapoints import publishable
from midcycle.report.rules.document import Refused, read_document

MOST_BROUGHT: Final = 50


@transaction.atomic
def publish_points(meetup: Meetup, *, by: Person, now: datetime) -> DataPoints:
    """Let everybody see the data points. What was published before stays as it is; what was not known then is added.

    Raises Refusal before the wrap-up and while the survey is open.
    """
    meetups.check_changeable(meetup.pk)
    if meetup.stage not in rules.OVER_STAGES:
        raise Refusal(gettext("Data points are published once the meetup is over and in wrap-up."))
    if Survey.objects.filter(meetup=meetup, is_open=True).exists():
        raise Refusal(gettext("Close the survey first. Its figures are counted once."))
    kept = DataPoints.objects.select_for_update().filter(meetup=meetup).first()
    points, crowds = measured(meetup)
    told = publishable(points, crowds, as_round(kept), now.date().isoformat())
    facts = {"points": list(told.points), "crowds": [list(astuple(crowd)) for crowd in told.crowds], "is_public": True}
    found, _ = DataPoints.objects.update_or_create(meetup=meetup, defaults=facts, create_defaults={**facts, "counted_at": now})
    journal.record("report.data_points_published", at=now, meetup=meetup.pk, actor=by.pk)
    return found


@transaction.atomic
def take_points_back(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Hide the data points. They are kept: shown again, they are the same. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(meetup.pk)
    if DataPoints.objects.filter(meetup=meetup, is_public=True).update(is_public=False):
        journal.record("report.data_points_taken_back", at=now, meetup=meetup.pk, actor=by.pk)


@transaction.atomic
def bring_points(series: Series, content: bytes, *, by: Person, now: datetime) -> BroughtPoints:
    """Keep the data points of an edition on another server, to compare with; a newer file replaces it. Raises Refusal."""
    try:
        document = read_document(content)
    except Refused as refused:
        raise Refusal(gettext("This is no file of data points: %(why)s.") % {"why": refused}, field="file") from None
    address = document["meetup"]["address"]
    others = BroughtPoints.objects.filter(series=series).exclude(address=address).count()
    if others >= MOST_BROUGHT:
        raise Refusal(gettext("At most %(count)s files can be kept. Remove one first.") % {"count": MOST_BROUGHT}, field="file")
    facts = {"document": document, "brought_at": now}
    brought, _ = BroughtPoints.objects.update_or_create(series=series, address=address, defaults=facts)
    journal.record("report.data_points_brought", at=now, actor=by.pk, facts={"series": series.pk})
    return brought


@transaction.atomic
def drop_points(series: Series, number: int, *, by: Person, now: datetime) -> None:
    """Remove a file that was brought; again is harmless."""
    if BroughtPoints.objects.filter(series=series, pk=number).delete()[0]:
        journal.record("report.data_points_dropped", at=now, actor=by.pk, facts={"series": series.pk})
