"""What the organiser's desk, the administrator's page and the demo's cast show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Count
from django.urls import reverse

from midcycle import __version__
from midcycle.accounts.access import sign_in_token
from midcycle.accounts.models import Person
from midcycle.accounts.rules import CAST, CastMember
from midcycle.agenda.models import Moderator, Placement, Release, Room, Session, Slot
from midcycle.agenda.rules.clock import zone_of
from midcycle.bidding import queries as bidding
from midcycle.feedback.models import HandCount, Slip
from midcycle.funding.models import CostLine, Underwriter
from midcycle.hosting.models import Interest
from midcycle.invoicing.models import Invoice
from midcycle.invoicing.queries import cards
from midcycle.journal import queries as journal
from midcycle.journal.models import Cursor, Entry
from midcycle.mailing.models import Letter
from midcycle.meetups.models import Meetup, Organiser
from midcycle.meetups.rules import STAGE_NAMES, STAGES, next_stage, previous_stage
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
    "place": ("Settle where and when", "hosting:place"),
    "seats": ("Say how many seats there are", "registration:seats"),
    "rooms": ("Set rooms and slots", "agenda:rooms"),
    "board": ("Draft the agenda", "agenda:board"),
    "round": ("Ask everyone, and release", "agenda:round"),
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
        Group("The meetup", is_before(meetup.stage, "idea"), _about(meetup)),
        Group("Interest and host", is_before(meetup.stage, "idea"), _asking(meetup, now)),
        Group("Money", is_before(meetup.stage, "idea"), _money(meetup)),
        Group("People", is_before(meetup.stage, "registration"), _people(meetup)),
        Group("Agenda", is_before(meetup.stage, "agenda"), _agenda(meetup, planned)),
        Group("Afterwards", is_before(meetup.stage, "on_site"), _afterwards(meetup)),
    )
    return Desk(
        life=life_of(meetup.stage, {}),
        now_do=_now_do(meetup),
        first=_task(*_DEEDS[deed], meetup, "") if deed else None,
        next_stage=following,
        move_on=MOVE_ON.get(following or "", ""),
        missing=missing_before(following or "", ready),
        previous_stage=before,
        previous_name=STAGE_NAMES.get(before or "", ""),
        groups=_marked(groups, planning.to_do_by_thing(meetup)),
    )


def _now_do(meetup: Meetup) -> str:
    if meetup.stage == "registration" and not registration.seat_summary(meetup):
        return seats_first(Interest.objects.filter(call__meetup=meetup).exclude(confirmed_at=None).count())
    return NOW_DO[meetup.stage]


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
    return (
        _task("Title and text", "pages:about", meetup, ""),
        _task("Where and when", "hosting:place", meetup, meetup.when or "not settled"),
        _task("Series", "series:belonging", meetup, meetup.series.title if meetup.series else "none"),
        _task("Team", "pages:team", meetup, str(Organiser.objects.filter(meetup=meetup).count())),
        _task("Tasks and minutes", "planning:tasks", meetup, ""),
    )


def _asking(meetup: Meetup, now: datetime) -> tuple[Task, ...]:
    answers = Interest.objects.filter(call__meetup=meetup).exclude(confirmed_at=None).count()
    return (
        _task("Interest", "hosting:answers", meetup, f"{answers} answered"),
        _task("Call for hosts", "bidding:desk", meetup, bidding.state_told(meetup, now=now)),
    )


def _money(meetup: Meetup) -> tuple[Task, ...]:
    return (
        _task("Balance", "funding:balance", meetup, f"{CostLine.objects.filter(budget__meetup=meetup).count()} cost lines"),
        _task("Underwriters", "funding:underwriters", meetup, str(Underwriter.objects.filter(meetup=meetup).count())),
        _task("Fees", "invoicing:fees", meetup, cards.undecided(meetup)),
        _task("Invoices and books", "invoicing:invoices", meetup, f"{_issued(meetup)} issued"),
    )


def _issued(meetup: Meetup) -> int:
    return Invoice.objects.filter(meetup=meetup, state="issued").count()


def _people(meetup: Meetup) -> tuple[Task, ...]:
    seats = registration.seat_summary(meetup)
    held = f"{seats.held} of {seats.total} held, {seats.waiting} waiting" if seats else "not opened"
    letters = Letter.objects.filter(meetup=meetup).count()
    phones = Device.objects.filter(meetup=meetup, revoked_at=None).count()
    return (
        _task("Seats and waitlist", "registration:seats", meetup, held),
        _task("How people heard", "reach:desk", meetup, ""),
        _task("Door", "onsite:desk", meetup, "1 phone" if phones == 1 else f"{phones} phones"),
        _task("Letters", "mailing:letters", meetup, str(letters)),
        _task("Lists", "lists:desk", meetup, ""),
        _task("Topics", "topics:topics", meetup, str(Topic.objects.filter(meetup=meetup, withdrawn_at=None).count())),
        _task("Votes and planning pad", "topics:voting", meetup, ""),
    )


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
    last = _task("Before the release", "agenda:round", meetup, "not released")
    if planned.release:
        last = _task("Released agenda", "agenda:agenda", meetup, f"release {planned.release}")
    return (
        _task("Rooms and slots", "agenda:rooms", meetup, f"{planned.rooms} rooms, {planned.slots} slots"),
        _task("Agenda board", "agenda:board", meetup, f"{planned.placed} of {planned.sessions} sessions placed"),
        _task("Moderators", "agenda:moderators", meetup, f"{pool} in the pool"),
        last,
        *([_task("What changed?", "agenda:replan", meetup, "")] if meetup.stage == "on_site" else []),
        _task("Pads", "pads:pads", meetup, str(Pad.objects.filter(meetup=meetup).count())),
    )


def _afterwards(meetup: Meetup) -> tuple[Task, ...]:
    answers = Slip.objects.filter(seat__meetup=meetup).count()
    hands = HandCount.objects.filter(meetup=meetup).count()
    waiting = Photo.objects.filter(gallery__meetup=meetup, state__in=("offered", "hidden")).count()
    report = Report.objects.filter(meetup=meetup).first()
    state = "not written" if report is None else ("published" if report.published_at else "draft")
    return (
        _task("Outcomes", "outcomes:desk", meetup, ""),
        _task("Feedback", "feedback:desk", meetup, f"{answers} answers, {hands} shows of hands"),
        _task("Photos", "photos:desk", meetup, f"{waiting} to look at" if waiting else ""),
        _task("Report", "report:desk", meetup, state),
    )


def _task(label: str, name: str, meetup: Meetup, figure: str) -> Task:
    return Task(label, reverse(name, args=[meetup.slug]), figure, about_of(name))


def _marked(groups: tuple[Group, ...], to_do: Mapping[str, int]) -> tuple[Group, ...]:
    """Return the groups with how many tasks are to do about each thing behind its figure, on the first page about it."""
    left = dict(to_do)
    return tuple(replace(group, tasks=tuple(_with(task, left.pop(task.about, 0)) for task in group.tasks)) for group in groups)


def _with(task: Task, to_do: int) -> Task:
    said = (task.figure, f"{to_do} to do" if to_do else "")
    return replace(task, figure=", ".join(one for one in said if one))


def instance_page(*, now: datetime) -> Instance:
    """Return how this instance is doing."""
    stages = dict(Meetup.objects.values_list("stage").annotate(Count("pk")))
    followers = tuple(Cursor.objects.exclude(name="numbering").order_by("name").values_list("name", flat=True))
    return Instance(
        version=__version__,
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor],
        people=Person.objects.count(),
        meetups=tuple((STAGE_NAMES[name], stages.get(name, 0)) for name in STAGES),
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
