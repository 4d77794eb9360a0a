"""Data points: counted of one meetup, as they were published, and editions of a series side by side."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext

from midcycle.engines.charts.draw import percent
from midcycle.feedback import queries as feedback
from midcycle.feedback.queries.evidence import counts_of, evidence_of
from midcycle.feedback.rules.asking import standard_questions
from midcycle.feedback.rules.summary import shown_values
from midcycle.invoicing.queries import money as invoicing
from midcycle.kernel.folding import SMALLEST, Group
from midcycle.kernel.money import amount_in_words
from midcycle.meetups.models import Meetup, Series
from midcycle.outcomes.rules import DONE
from midcycle.registration.models import Seat
from midcycle.registration.rules import COMES
from midcycle.report.models import BroughtPoints, DataPoints
from midcycle.report.queries.facts import Gathered, gathered
from midcycle.report.rules.datapoints import BY_KEY, DEFINITIONS, FORMAT, STATES, Measured, Round
from midcycle.report.rules.guard import Crowd
from midcycle.topics import queries as topics

EDITIONS: Final = 12
_PAGES: Final = {
    "registration": "registration:spectrum", "survey": "feedback:results", "reach": "reach:reach", "report": "report:report",
    "topics": "topics:topics", "pads": "pads:pads", "outcomes": "outcomes:outcomes", "photos": "photos:gallery",
    "money": "invoicing:money",
}  # fmt: skip
# Key of the point, question, the answer it is the share of; for hands the side.
_SURVEYED: Final = (
    ("first_time_survey", "first_time", "yes"),
    ("not_on_list_survey", "on_list", "no"),
    ("free_time_survey", "free_time", "too_little"),
    ("come_again_survey", "come_again", "yes"),
    ("forwarded_survey", "heard_how", "forwarded"),
)
_BY_HAND: Final = (
    ("first_time_hands", "first_time", "yes"),
    ("not_on_list_hands", "on_list", "no"),
    ("free_time_hands", "free_time_enough", "no"),
    ("come_again_hands", "come_again", "yes"),
)
_REGISTERED: Final = (("first_time_registered", "first_time", "yes"), ("not_on_list_registered", "on_list", "no"))


@dataclass(frozen=True)
class Line:
    """A data point as a page tells it; `link` leads to what it is made of, blank where nobody can see that."""

    key: str
    title: str
    meaning: str
    told: str
    state: str
    of: str
    groups: tuple[Group, ...]
    version: int
    since: str
    link: str


@dataclass(frozen=True)
class PointsPage:
    """The data points of a meetup."""

    meetup: Meetup
    lines: tuple[Line, ...]
    counted_at: datetime


@dataclass(frozen=True)
class Edition:
    """An edition to compare; `brought` is the number of a file, 0 for one of this server."""

    title: str
    address: str
    starts_on: str
    points: Mapping[str, Mapping[str, Any]]
    brought: int = 0
    page: str = ""


@dataclass(frozen=True)
class Beside:
    """What an edition tells, blank for nothing; `link` leads to where it says of what that is made, blank for other servers."""

    edition: str
    told: str
    link: str


@dataclass(frozen=True)
class Row:
    """A data point, what it means, and what each edition tells."""

    title: str
    meaning: str
    cells: tuple[Beside, ...]


@dataclass(frozen=True)
class Compared:
    """Editions of a series side by side: a row for each data point any of them tells."""

    series: Series
    editions: tuple[Edition, ...]
    rows: tuple[Row, ...]


def measured(meetup: Meetup) -> tuple[list[Measured], list[Crowd]]:
    """Return every figure that can be counted now, and all crowds of people they are made of."""
    found = gathered(meetup)
    points = [*_path(found), *_groups(found), *_answers(meetup), *_lists(found), *_things(found), *_money(meetup)]
    return points, [*_crowds(found), *(crowd for point in points for crowd in point.crowds)]


def as_round(kept: DataPoints | None) -> Round:
    """Return what was published so far."""
    if kept is None:
        return Round()
    return Round(tuple(kept.points), tuple(Crowd(*each) for each in kept.crowds))


def document(kept: DataPoints) -> dict[str, Any]:
    """Return the published data points as other servers read them."""
    meetup = kept.meetup
    return {
        "format": FORMAT,
        "meetup": {
            "title": meetup.title,
            "address": settings.MIDCYCLE.public_url_used + meetup.path,
            "starts_on": meetup.starts_on.isoformat() if meetup.starts_on else None,
            "ends_on": meetup.ends_on.isoformat() if meetup.ends_on else None,
            "city": meetup.city,
            "country": meetup.country,
            "series": meetup.series.title if meetup.series else "",
        },
        "smallest": SMALLEST,
        "points": [point for point in kept.points if point["key"] in BY_KEY],
    }


def document_text(kept: DataPoints) -> bytes:
    """Return them as the file other servers read."""
    return (json.dumps(document(kept), ensure_ascii=False, indent=1) + "\n").encode()


def points_page(kept: DataPoints, *, reported: bool) -> PointsPage:
    """Return the page of published data points; figures lead to the report once that is public."""
    lines = (_line(point, kept.meetup, reported=reported) for point in kept.points if point["key"] in BY_KEY)
    return PointsPage(kept.meetup, tuple(lines), kept.counted_at)


def compared(series: Series) -> Compared:
    """Return editions side by side, the oldest first: of this server as published, others as their files tell. Two queries.

    What is published here stands once, also when its file was brought as well.
    """
    own = DataPoints.objects.filter(meetup__series=series, is_public=True).select_related("meetup__series")
    editions = [_edition(document(kept), page=reverse("report:points", args=[kept.meetup.slug])) for kept in own]
    brought = BroughtPoints.objects.filter(series=series).exclude(address__in=[one.address for one in editions])
    editions += [_edition(each.document, each.pk) for each in brought]
    editions = sorted(editions, key=lambda one: (one.starts_on, one.address))[-EDITIONS:]
    told = [one for one in DEFINITIONS if any(each.points.get(one.key, {}).get("state") == "told" for each in editions)]
    rows = (Row(gettext(one.title), gettext(one.meaning), tuple(_beside(each, one.key) for each in editions)) for one in told)
    return Compared(series, tuple(editions), tuple(rows))


def _edition(document: Mapping[str, Any], brought: int = 0, page: str = "") -> Edition:
    meetup = document["meetup"]
    points = {point["key"]: point for point in document["points"]}
    return Edition(meetup["title"], meetup["address"], meetup["starts_on"] or "", points, brought, page)


def _beside(edition: Edition, key: str) -> Beside:
    """Return what an edition tells, and by which method where that is not the newest one."""
    point = edition.points.get(key)
    if point is None or point["state"] != "told":
        return Beside(edition.title, "", "")
    is_other = point["version"] != BY_KEY[key].version
    told = f"{_told(point)} ({gettext('other method')})" if is_other else _told(point)
    return Beside(edition.title, told, f"{edition.page}#{key}" if edition.page else "")


def _line(point: Mapping[str, Any], meetup: Meetup, *, reported: bool) -> Line:
    definition = BY_KEY[point["key"]]
    is_there = definition.page != "report" or reported
    return Line(
        key=definition.key,
        title=gettext(definition.title),
        meaning=gettext(definition.meaning),
        told=_told(point) if point["state"] == "told" else "",
        state=gettext(STATES[point["state"]]),
        of=gettext("%(part)s of %(whole)s") % {"part": point["part"], "whole": point["n"]} if point["n"] else "",
        groups=tuple(Group(group["label"], group["people"]) for group in point["groups"]),
        version=point["version"],
        since=point["since"],
        link=reverse(_PAGES[definition.page], args=[meetup.slug]) if is_there and point["state"] == "told" else "",
    )


def _told(point: Mapping[str, Any]) -> str:
    if point["unit"] == "groups":
        return ", ".join(f"{group['label']} {group['people']}" for group in point["groups"])
    if point["unit"] == "share":
        return percent(point["part"], point["n"]) if point["n"] else percent(point["value"] or 0, 1)
    if point["unit"] == "minor":
        return amount_in_words(int(point["value"] or 0), point["currency"])
    return str(int(point["value"] or 0))


def _crowds(found: Gathered) -> list[Crowd]:
    """Return who asked, who had a seat, who of them did not stay away, who came: each within the one before."""
    path = found.path
    seats = Seat.objects.filter(meetup=found.meetup).aggregate(comes=Count("pk", filter=Q(state__in=COMES)))
    return [
        Crowd("asked", path.asked),
        Crowd("seated", path.seated, "asked", "path"),
        Crowd("waiting", path.waiting, "asked", "path"),
        Crowd("comes", seats["comes"], "seated", "path"),
        Crowd("came", path.came or 0, "comes", "path"),
        Crowd("stayed_away", path.seated - (path.came or 0), "seated", "away"),
    ]


def _path(found: Gathered) -> Iterator[Measured]:
    path, crowds = found.path, {crowd.name: crowd for crowd in _crowds(found)}
    if path.came is not None:
        yield Measured("came", path.came, crowds=(crowds["came"],))
        away = crowds["stayed_away"].people
        yield Measured("no_show_share", part=away, n=path.seated, crowds=(crowds["seated"], crowds["stayed_away"]))
    if path.asked:
        yield Measured("registered", path.asked, crowds=(crowds["asked"],))
        yield Measured("seated", path.seated, crowds=(crowds["seated"],))
        yield Measured("waiting", path.waiting, crowds=(crowds["waiting"],))
    if path.interested is not None:
        yield Measured("interested", path.interested, crowds=(Crowd("interested", path.interested),))
    if path.seats is not None:
        yield Measured("capacity", path.seats)


def _groups(found: Gathered) -> Iterator[Measured]:
    kinds = (("roles", found.who.roles), ("sectors", found.who.sectors), ("regions", found.who.regions))
    for key, groups in kinds:
        if groups and found.path.came is not None:
            yield Measured(key, groups=groups, crowds=_apart(key, groups, "came"))
    picture = found.learned.heard.shown.picture if found.learned.heard else None
    if picture and picture.said:
        whole = Crowd("comes", picture.people, "seated", "path")
        yield Measured("heard", groups=picture.said, crowds=(whole, *_apart("heard", picture.said, "comes")))


def _apart(key: str, groups: Iterable[Group], whole: str) -> tuple[Crowd, ...]:
    return tuple(Crowd(f"{key}:{group.label}", group.count, whole, key) for group in groups)


def _answers(meetup: Meetup) -> Iterator[Measured]:
    """Yield shares of what people said: when registering, in the closed survey, by hand."""
    counts = counts_of(meetup)
    evidence = evidence_of(meetup, feedback.hand_counts(meetup), counts)
    for key, asked, side in _REGISTERED:
        votes = evidence.registered.get(asked)
        if votes and votes.whole:
            yield _share(key, votes.yes if side == "yes" else votes.no, Crowd(f"registered:{asked}", votes.whole, "came"))
    questions = {question.key: question for question in standard_questions()}
    for key, asked, value in _SURVEYED:
        its = {each: counts.get(asked, {}).get(each, 0) for each in questions[asked].values}
        if any(its.values()):
            whole = Crowd(f"survey:{asked}", sum(its.values()), "answered")
            # A count the page of results folds is not one that may be told: as if it were of one person.
            part = its[value] if value in shown_values(questions[asked], counts[asked]) else 1
            yield _share(key, part, whole)
    if counts and evidence.asked:
        yield _share("survey_response", evidence.answered, Crowd("comes", evidence.asked, "seated", "path"), named="answered")
    for key, asked, side in _BY_HAND:
        votes = evidence.hands.get(asked)
        if votes and votes.whole:
            yield _share(key, votes.yes if side == "yes" else votes.no, Crowd(f"hands:{asked}", votes.whole))


def _share(key: str, part: int, whole: Crowd, named: str = "") -> Measured:
    return Measured(key, part=part, n=whole.people, crowds=(whole, Crowd(named or f"{key}:part", part, whole.name)))


def _lists(found: Gathered) -> Iterator[Measured]:
    """Yield shares of the list most people were compared with."""
    share = max(found.learned.lists, key=lambda one: one.people, default=None)
    if share is None or share.on_list is None:
        return
    people = Crowd("compared", share.people, "seated", "compared")
    yield _share("on_list_matched", share.on_list, people)
    if share.joined_after is not None:
        left = Crowd("compared:left", share.people - share.on_list, "compared", "left")
        yield _share("joined_after", share.joined_after, left)


def _things(found: Gathered) -> Iterator[Measured]:
    counts = found.facts.counts
    moderators = counts.get("moderators", 0)
    confirmed = sum(one.is_confirmed for one in found.actions)
    known = {
        "sessions": counts.get("sessions", 0), "moderators": moderators, "pads": counts.get("pads", 0),
        "moderators_learning": counts.get("learning", 0), "topics": len(topics.topic_list(found.meetup, None)),
        "actions": len(found.actions), "actions_confirmed": confirmed,
        "actions_done": sum(one.state == DONE for one in found.actions), "pictures": len(found.learned.pictures),
    }  # fmt: skip
    yield from (Measured(key, value) for key, value in known.items())


def _money(meetup: Meetup) -> Iterator[Measured]:
    if not invoicing.is_public(meetup):
        return
    report = next(iter(invoicing.money_report(meetup)), None)
    if report is None:
        return
    yield Measured("cost", report.costs_total.amount, currency=report.currency)
    if report.income_total.amount > 0:
        by_account = {figure.account: figure.amount for figure in report.income}
        for key, account in (("fees_share", "income_fees"), ("underwriters_share", "income_underwriters")):
            yield Measured(key, round(by_account.get(account, 0) / report.income_total.amount, 2))
