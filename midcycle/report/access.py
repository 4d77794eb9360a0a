"""Who may read a report: its organisers once the meetup is on site, everybody once it is published."""

from django.http import Http404

from midcycle.meetups.access import Visitor, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration.queries import languages_of
from midcycle.report.models import DataPoints, Report
from midcycle.report.rules import SECTIONS, may_write


def reported_meetup_for(slug: str) -> Meetup:
    """Return the meetup whose report is published. Raises Http404 for any other."""
    meetup = meetup_for(slug)
    if not Report.objects.filter(meetup=meetup, published_at__isnull=False).exists():
        raise Http404
    return meetup


def drafted_meetup_for(visitor: Visitor, slug: str) -> Meetup:
    """Return the meetup for someone of its team once there is something to report. Raises Http404 otherwise."""
    meetup = organised_meetup_for(visitor, slug)
    if not may_write(meetup.stage):
        raise Http404
    return meetup


def section_for(visitor: Visitor, slug: str, key: str) -> Meetup:
    """Return the meetup for someone of its team who writes a section of its report. Raises Http404 otherwise."""
    meetup = drafted_meetup_for(visitor, slug)
    if key not in SECTIONS:
        raise Http404
    return meetup


def in_language(meetup: Meetup, language: str) -> Meetup:
    """Return the meetup if its report is there in a language, blank for the first. Raises Http404 otherwise."""
    if language and language not in languages_of(meetup):
        raise Http404
    return meetup


def points_for(slug: str) -> DataPoints:
    """Return the data points of a meetup once they are published. Raises Http404 before."""
    kept = DataPoints.objects.filter(meetup=meetup_for(slug), is_public=True).select_related("meetup__series").first()
    if kept is None:
        raise Http404
    return kept


def is_reported(meetup: Meetup) -> bool:
    """Say whether everybody can read the report."""
    return Report.objects.filter(meetup=meetup, published_at__isnull=False).exists()
