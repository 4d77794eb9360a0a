"""What the organiser's desk, the administrator's page and the demo's cast show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from midcycle import __version__
from midcycle.accounts.access import sign_in_token
from midcycle.accounts.models import Person
from midcycle.accounts.rules import CAST, CastMember
from midcycle.agenda.models import Moderator, Placement, Release, Room, Session, Slot
from midcycle.agenda.rules.clock import zone_of
from midcycle.bidding import queries as bidding
from midcycle.feedback import queries as feedback
from midcycle.feedback.models import HandCount
from midcycle.funding.models import CostLine, Underwriter
from midcycle.hosting.models import Interest
from midcycle.invoicing.models import Invoice
from midcycle.invoicing.queries import cards
from midcycle.journal import queries as journal
from midcycle.journal.models import Cursor, Entry
from midcycle.mailing.models import Letter
from midcycle.meetups.models import Meetup, Organiser
from midcycle.meetups.rules import STAGES, next_stage, previous_stage, stage_in_words
from midcycle.onsite.models import Device
from midcycle.pads.models import Pad
from midcycle.pages.rules import (
    MOVE_ON,
    NOW_DO,
    Planned,
    Readiness,
    Step,
    about_of,
    is_before,
    life_of,
    missing_before,
    next_deed,
    seats_first,
)
from midcycle.photos.models import Photo
from midcycle.planning import queries as planning
from midcycle.registration import queries as registration
from midcycle.registration.models import Capacity
from midcycle.report.models import Report
from midcycle.topics.models import Topic

_DEEDS: Final[dict[str, tuple[str, str]]] = {
    "place": (gettext_noop("Settle where and when"), "hosting:place"),
    "seats": (gettext_noop("Say how many seats there are"), "registration:seats"),
    "rooms": (gettext_noop("Set rooms and slots"), "agenda:rooms"),
    "board": (gettext_noop("Draft the agenda"), "agenda:board"),
    "round": (gettext_noop("Ask everyone, and release"), "agenda:round"),
}


@dataclass(frozen=True)
class Task:
    """A link on the desk with the figure that matters; `about` is the thing tasks are about that are done there."""

    label: str
    url: str
    figure: str
    about: str = ""


@dataclass(frozen=True)
class Group:
    """Tasks that belong together, and whether they begin at a later stage."""

    title: str
    is_later: bool
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Desk:
    """What there is to do for a meetup; `first` is where to go on now."""

    life: tuple[Step, ...]
    now_do: str
    first: Task | None
    next_stage: str | None
    move_on: str
    missing: tuple[str, ...]
    previous_stage: str | None
    previous_name: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Instance:
    """How an instance is doing, in figures an operator asks for."""

    version: str
    database: str
    people: int
    meetups: tuple[tuple[str, int], ...]
    letters: dict[str, int]
    entries: int
    lags: tuple[journal.Lag, ...]
    looked_at: datetime


@dataclass(frozen=True)
class Role:
    """A member of the cast and the link that signs a visitor in as them."""

    member: CastMember
    url: str


def desk_page(meetup: Meetup, *, now: datetime) -> Desk:
    """Return the desk; a fixed number of queries."""
    following, before = next_stage(meetup.stage), previous_stage(meetup.stage)
    planned, ready = _planned(meetup), _readiness(meetup, now)
    deed = next_deed(meetup.stage, ready, planned)
    groups = (
        Group(gettext("The meetup"), is_before(meetup.stage, "idea"), _about(meetup)),
        Group(gettext("Interest and host"), is_before(meetup.stage, "idea"), _asking(meetup, now)),
        Group(gettext("Money"), is_before(meetup.stage, "idea"), _money(meetup)),
        Group(gettext("People"), is_before(meetup.stage, "registration"), _people(meetup)),
        Group(gettext("Agenda"), is_before(meetup.stage, "agenda"), _agenda(meetup, planned)),
        Group(gettext("Afterwards"), is_before(meetup.stage, "on_site"), _afterwards(meetup)),
    )
    return Desk(
        life=life_of(meetup.stage, {}),
        now_do=_now_do(meetup),
        first=_first(deed, meetup),
        next_stage=following,
        move_on=gettext(MOVE_ON[following]) if following else "",
        missing=missing_before(following or "", ready),
        previous_stage=before,
        previous_name=stage_in_words(before or ""),
        groups=_marked(groups, planning.to_do_by_thing(meetup)),
    )


def _now_do(meetup: Meetup) -> str:
    if meetup.stage == "registration" and not registration.seat_summary(meetup):
        return seats_first(Interest.objects.filter(call__meetup=meetup).exclude(confirmed_at=None).count())
    return gettext(NOW_DO[meetup.stage])


def _first(deed: str, meetup: Meetup) -> Task | None:
    """Return where an organiser goes on, by the name of the deed; None for none."""
    if not deed:
        return None
    label, page = _DEEDS[deed]
    return _task(gettext(label), page, meetup, "")


def _readiness(meetup: Meetup, now: datetime) -> Readiness:
    return Readiness(
        is_placed=bool(meetup.city and meetup.starts_on),
        has_seats=Capacity.objects.filter(meetup=meetup, total__gt=0).exists(),
        is_released=Release.objects.filter(meetup=meetup).exists(),
        is_reported=Report.objects.filter(meetup=meetup, published_at__isnull=False).exists(),
        milestones_left=planning.milestones_left(meetup),
        starts_on=meetup.starts_on,
        ends_on=meetup.ends_on,
        today=now.astimezone(zone_of(meetup.timezone)).date(),
    )


def _about(meetup: Meetup) -> tuple[Task, ...]:
    series = meetup.series.title if meetup.series else pgettext("no series", "none")
    return (
        _task(gettext("Title and text"), "pages:about", meetup, ""),
        _task(gettext("Where and when"), "hosting:place", meetup, meetup.when or gettext("not settled")),
        _task(gettext("Series"), "series:belonging", meetup, series),
        _task(gettext("Team"), "pages:team", meetup, str(Organiser.objects.filter(meetup=meetup).count())),
        _task(gettext("Tasks and minutes"), "planning:tasks", meetup, ""),
    )


def _asking(meetup: Meetup, now: datetime) -> tuple[Task, ...]:
    answers = Interest.objects.filter(call__meetup=meetup).exclude(confirmed_at=None).count()
    answered = ngettext("%(count)s answered", "%(count)s answered", answers) % {"count": answers}
    return (
        _task(gettext("Interest"), "hosting:answers", meetup, answered),
        _task(gettext("Call for hosts"), "bidding:desk", meetup, bidding.state_told(meetup, now=now)),
    )


def _money(meetup: Meetup) -> tuple[Task, ...]:
    lines, issued = CostLine.objects.filter(budget__meetup=meetup).count(), _issued(meetup)
    costs = ngettext("%(count)s cost line", "%(count)s cost lines", lines) % {"count": lines}
    bills = ngettext("%(count)s issued", "%(count)s issued", issued) % {"count": issued}
    return (
        _task(gettext("Balance"), "funding:balance", meetup, costs),
        _task(gettext("Underwriters"), "funding:underwriters", meetup, str(Underwriter.objects.filter(meetup=meetup).count())),
        _task(gettext("Fees"), "invoicing:fees", meetup, cards.undecided(meetup)),
        _task(gettext("Invoices and books"), "invoicing:invoices", meetup, bills),
    )


def _issued(meetup: Meetup) -> int:
    return Invoice.objects.filter(meetup=meetup, state="issued").count()


def _people(meetup: Meetup) -> tuple[Task, ...]:
    seats = registration.seat_summary(meetup)
    held = _held(seats) if seats else gettext("not opened")
    letters = Letter.objects.filter(meetup=meetup).count()
    phones = Device.objects.filter(meetup=meetup, revoked_at=None).count()
    return (
        _task(gettext("Seats and waitlist"), "registration:seats", meetup, held),
        _task(gettext("How people heard"), "reach:desk", meetup, ""),
        _task(gettext("Door"), "onsite:desk", meetup, ngettext("1 phone", "%(count)s phones", phones) % {"count": phones}),
        _task(gettext("Letters"), "mailing:letters", meetup, str(letters)),
        _task(gettext("Lists"), "lists:desk", meetup, ""),
        _task(gettext("Topics"), "topics:topics", meetup, str(Topic.objects.filter(meetup=meetup, withdrawn_at=None).count())),
        _task(gettext("Votes and planning pad"), "topics:voting", meetup, ""),
    )


def _held(seats: registration.SeatSummary) -> str:
    figures = {"held": seats.held, "total": seats.total, "waiting": seats.waiting}
    return gettext("%(held)s of %(total)s held, %(waiting)s waiting") % figures


def _planned(meetup: Meetup) -> Planned:
    last = Release.objects.filter(meetup=meetup).only("number").order_by("-number").first()
    return Planned(
        rooms=Room.objects.filter(meetup=meetup).count(),
        slots=Slot.objects.filter(meetup=meetup).count(),
        sessions=Session.objects.filter(meetup=meetup).count(),
        placed=Placement.objects.filter(session__meetup=meetup).count(),
        release=last.number if last else None,
    )


def _agenda(meetup: Meetup, planned: Planned) -> tuple[Task, ...]:
    pool = Moderator.objects.filter(meetup=meetup).count()
    last = _task(gettext("Before the release"), "agenda:round", meetup, gettext("not released"))
    placed = gettext("%(placed)s of %(count)s sessions placed") % {"placed": planned.placed, "count": planned.sessions}
    rooms = ngettext("%(count)s room", "%(count)s rooms", planned.rooms) % {"count": planned.rooms}
    slots = ngettext("%(count)s slot", "%(count)s slots", planned.slots) % {"count": planned.slots}
    if planned.release:
        last = _task(
            gettext("Released agenda"), "agenda:agenda", meetup, gettext("release %(number)s") % {"number": planned.release}
        )
    return (
        _task(gettext("Rooms and slots"), "agenda:rooms", meetup, f"{rooms}, {slots}"),
        _task(gettext("Agenda board"), "agenda:board", meetup, placed),
        _task(
            gettext("Moderators"),
            "agenda:moderators",
            meetup,
            ngettext("%(count)s in the pool", "%(count)s in the pool", pool) % {"count": pool},
        ),
        last,
        *([_task(gettext("What changed?"), "agenda:replan", meetup, "")] if meetup.stage == "on_site" else []),
        _task(gettext("Pads"), "pads:pads", meetup, str(Pad.objects.filter(meetup=meetup).count())),
    )


def _afterwards(meetup: Meetup) -> tuple[Task, ...]:
    answers = feedback.answers_on_screen(meetup)
    hands = HandCount.objects.filter(meetup=meetup).count()
    waiting = Photo.objects.filter(gallery__meetup=meetup, state__in=("offered", "hidden")).count()
    report = Report.objects.filter(meetup=meetup).first()
    state = _state_of(report)
    said = ngettext("%(count)s answer", "%(count)s answers", answers) % {"count": answers}
    counted = ngettext("%(count)s show of hands", "%(count)s shows of hands", hands) % {"count": hands}
    looks = ngettext("%(count)s to look at", "%(count)s to look at", waiting) % {"count": waiting}
    return (
        _task(gettext("Outcomes"), "outcomes:desk", meetup, ""),
        _task(gettext("Feedback"), "feedback:desk", meetup, f"{said}, {counted}"),
        _task(gettext("Photos"), "photos:desk", meetup, looks if waiting else ""),
        _task(gettext("Report"), "report:desk", meetup, state),
    )


def _state_of(report: Report | None) -> str:
    if report is None:
        return gettext("not written")
    return gettext("published") if report.published_at else gettext("draft")


def _task(label: str, name: str, meetup: Meetup, figure: str) -> Task:
    return Task(label, reverse(name, args=[meetup.slug]), figure, about_of(name))


def _marked(groups: tuple[Group, ...], to_do: Mapping[str, int]) -> tuple[Group, ...]:
    """Return the groups with how many tasks are to do about each thing behind its figure, on the first page about it."""
    left = dict(to_do)
    return tuple(replace(group, tasks=tuple(_with(task, left.pop(task.about, 0)) for task in group.tasks)) for group in groups)


def _with(task: Task, to_do: int) -> Task:
    said = (task.figure, ngettext("%(count)s to do", "%(count)s to do", to_do) % {"count": to_do} if to_do else "")
    return replace(task, figure=", ".join(one for one in said if one))


def instance_page(*, now: datetime) -> Instance:
    """Return how this instance is doing."""
    stages = dict(Meetup.objects.values_list("stage").annotate(Count("pk")))
    followers = tuple(Cursor.objects.exclude(name="numbering").order_by("name").values_list("name", flat=True))
    return Instance(
        version=__version__,
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor],
        people=Person.objects.count(),
        meetups=tuple((stage_in_words(name), stages.get(name, 0)) for name in STAGES),
        letters=dict(Letter.objects.values_list("state").annotate(Count("pk"))),
        entries=Entry.objects.count(),
        lags=journal.lags(followers),
        looked_at=now,
    )


def demo_cast() -> tuple[Role, ...]:
    """Return those of the cast who are there, with links to be them."""
    people = {person.email: person for person in Person.objects.filter(email__in=[member.email for member in CAST])}
    return tuple(
        Role(member, f"{reverse('accounts:demo_sign_in', args=[sign_in_token(people[member.email])])}?next={member.starts_at}")
        for member in CAST
        if member.email in people
    )
