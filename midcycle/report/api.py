"""The report for machines: what it says and its figures, once it is published."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from midcycle.report import queries
from midcycle.report.access import points_for, reported_meetup_for
from midcycle.report.queries.points import document

router = Router(tags=["report"])


class FigureOut(Schema):
    """A number and where it comes from."""

    key: str
    value: int
    label: str
    origin: str


class GroupOut(Schema):
    """A group of five people or more."""

    label: str
    count: int


class WhoOut(Schema):
    """Who came, as they said themselves; smaller groups are counted together."""

    people: int
    roles: list[GroupOut]
    sectors: list[GroupOut]
    regions: list[GroupOut]


class DataPointOut(Schema):
    """A share with a fixed meaning across editions. `share` is 0 to 1; `method` is hands, survey, registrations or count."""

    key: str
    label: str
    share: float
    part: int
    whole: int
    method: str
    origin: str


class HandsOut(Schema):
    """A show of hands."""

    question: str
    asked: str
    yes: int
    no: int


class SectionOut(Schema):
    """A section as Markdown, with its figures filled in, in the report's first language or the one it is there in."""

    key: str
    language: str
    markdown: str


class EditionOut(Schema):
    """The edition data points are of."""

    title: str
    address: str
    starts_on: str | None
    ends_on: str | None
    city: str
    country: str
    series: str


class PeopleOut(Schema):
    """A group of five people or more."""

    label: str
    people: int


class PointOut(Schema):
    """A data point; `docs/reference/data-points.md` says what each means. `part` of `n` is what a share is made of."""

    key: str
    state: str
    unit: str
    value: float | None
    part: int | None
    n: int | None
    groups: list[PeopleOut]
    currency: str
    version: int
    since: str


class DataPointsOut(Schema):
    """Data points as they were published once; the same as the file at `/schemas/data-points-1.json` describes."""

    format: str
    meetup: EditionOut
    smallest: int
    points: list[PointOut]


class ReportOut(Schema):
    """What a published report says, and its figures."""

    slug: str
    title: str
    published_at: datetime
    figures: list[FigureOut]
    who: WhoOut
    data_points: list[DataPointOut]
    hands: list[HandsOut]
    sections: list[SectionOut]


@router.get("/meetups/{slug}/data-points", response=DataPointsOut, summary="Published data points")
def show_data_points(request: HttpRequest, slug: str) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return the figures with a fixed meaning, public ones only; 404 until they are published."""
    return document(points_for(slug))


@router.get("/meetups/{slug}/report", response=ReportOut, summary="A published report and its figures")
def show_report(request: HttpRequest, slug: str) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return counts, groups and data points; 404 until the report is published."""
    meetup = reported_meetup_for(slug)
    published = queries.published(meetup)
    return {
        "slug": published.meetup.slug,
        "title": published.meetup.title,
        "published_at": published.published_at,
        "figures": published.figures,
        "who": published.who,
        "data_points": published.points,
        "hands": published.hands,
        "sections": queries.report_page(meetup).sections,
    }
