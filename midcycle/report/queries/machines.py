"""The facts of a report for machines."""

from dataclasses import dataclass
from datetime import datetime

from midcycle.feedback import queries as feedback
from midcycle.feedback.models import HandCount
from midcycle.feedback.rules import DataPoint
from midcycle.meetups.models import Meetup
from midcycle.registration.queries import Spectrum, spectrum
from midcycle.report import rules
from midcycle.report.models import Report
from midcycle.report.queries.facts import path_of
from midcycle.report.rules import Figure


@dataclass(frozen=True)
class Published:
    """The facts of a report for machines."""

    meetup: Meetup
    published_at: datetime | None
    figures: tuple[Figure, ...]
    who: Spectrum
    points: tuple[DataPoint, ...]
    hands: tuple[HandCount, ...]


def published(meetup: Meetup) -> Published:
    """Return the facts of a published report."""
    report, path = Report.objects.filter(meetup=meetup).first(), path_of(meetup)
    return Published(
        meetup=meetup,
        published_at=report.published_at if report else None,
        figures=rules.figures(path),
        who=spectrum(meetup, came=path.came is not None),
        points=feedback.data_points(meetup),
        hands=feedback.hand_counts(meetup),
    )
