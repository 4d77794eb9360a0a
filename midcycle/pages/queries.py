"""What the composed pages show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.agenda import queries as agenda
from midcycle.agenda.models import Release
from midcycle.bidding import queries as bidding
from midcycle.feedback.models import Survey
from midcycle.funding import queries as funding
from midcycle.funding.models import Underwriter
from midcycle.hosting import queries as hosting
from midcycle.invoicing.queries.money import is_public
from midcycle.kernel.money import amount_in_words
from midcycle.lists import queries as lists
from midcycle.meetups.models import Meetup, Organiser
from midcycle.pages.rules import Step, life_of
from midcycle.photos import queries as photos
from midcycle.photos.rules import SHOWN
from midcycle.reach import queries as reach
from midcycle.registration import queries as registration
from midcycle.report.models import Report
from midcycle.topics import queries as topics
from midcycle.topics.queries import TopicRow

TOPICS_SHOWN = 5
ENDED = frozenset({"wrap_up", "archived"})  # then the report says who came
EDITIONS_SHOWN = 8


@dataclass(frozen=True)
class Home:
    """Every meetup of the instance, by what a visitor may want."""

    on_site: tuple[Meetup, ...]
    coming: tuple[Meetup, ...]
    ideas: tuple[Meetup, ...]
    past: tuple[Meetup, ...]


@dataclass(frozen=True)
class MeetupPage:
    """A meetup at a glance; a part that its stage does not have is None or empty."""

    meetup: Meetup
    life: tuple[Step, ...]
    call: hosting.CallSummary | None
    hosts: bidding.CallGlance | None
    seats: registration.SeatSummary
    own: registration.OwnPlace | None
    spectrum: registration.Spectrum | None
    topics: tuple[TopicRow, ...]
    topic_count: int
    now_next: agenda.NowNext | None
    notes: dict[int, str]
    released: Release | None
    underwriters: list[Underwriter]
    editions: tuple[Meetup, ...]
    organisers: tuple[Person, ...]
    takes_seats: bool
    survey_is_open: bool
    survey_is_closed: bool
    is_reported: bool
    shows_money: bool
    photos: photos.Teaser | None
    lists: tuple[lists.PublicList, ...]
    shows_reach: bool


def home() -> Home:
    """Return every meetup in one query, with seats and interest counted."""
    rows = list(
        Meetup.objects.select_related("series", "capacity")
        .annotate(interested=Count("call__answers", filter=Q(call__answers__confirmed_at__isnull=False)))
        .order_by(F("starts_on").asc(nulls_last=True), "opened_at")
    )
    past = [row for row in rows if row.stage in {"wrap_up", "archived"}]
    return Home(
        on_site=tuple(row for row in rows if row.stage == "on_site"),
        coming=tuple(row for row in rows if row.stage in {"registration", "agenda"}),
        ideas=tuple(row for row in rows if row.stage in {"idea", "hosting"}),
        past=tuple(sorted(past, key=lambda row: (row.starts_on or row.opened_at.date(), row.pk), reverse=True)),
    )


def meetup_page(meetup: Meetup, visitor: Person | None, *, now: datetime) -> MeetupPage:
    """Return a meetup at a glance; the number of queries does not depend on how many people or topics there are."""
    call = hosting.call_summary(meetup, now, visitor)
    seats = registration.seat_summary(meetup)
    open_topics = topics.topic_list(meetup, visitor)
    released = Release.objects.filter(meetup=meetup).only("number", "released_at").order_by("-number").first()
    survey = Survey.objects.filter(meetup=meetup, was_opened=True).first()
    return MeetupPage(
        meetup=meetup,
        life=life_of(meetup.stage, _notes(call, seats, released)),
        call=call,
        hosts=bidding.glance(meetup, now=now),
        seats=seats,
        own=registration.own_place(meetup, visitor) if seats else None,
        spectrum=registration.spectrum(meetup) if seats and meetup.stage not in ENDED else None,
        topics=tuple(open_topics[:TOPICS_SHOWN]),
        topic_count=len(open_topics),
        now_next=agenda.now_next(meetup, now) if meetup.stage == "on_site" else None,
        notes=agenda.notes_of(meetup) if meetup.stage == "on_site" else {},
        released=released,
        underwriters=funding.underwriters(meetup),
        editions=_editions(meetup),
        organisers=tuple(Person.objects.filter(organises__meetup=meetup).order_by("name")),
        takes_seats=seats.is_open and meetup.stage in {"registration", "agenda"},
        survey_is_open=survey is not None and survey.is_open,
        survey_is_closed=survey is not None and not survey.is_open,
        is_reported=Report.objects.filter(meetup=meetup, published_at__isnull=False).exists(),
        shows_money=is_public(meetup),
        photos=photos.teaser(meetup) if meetup.stage in SHOWN else None,
        lists=lists.public_lists(meetup),
        shows_reach=reach.is_public(meetup),
    )


def _notes(call: hosting.CallSummary | None, seats: registration.SeatSummary, released: Release | None) -> dict[str, str]:
    """Return what is told of each stage a meetup has reached, by stage."""
    come, came = call.come if call else 0, seats.checked_in if seats else 0
    held = gettext("%(held)s of %(total)s seats") % {"held": seats.held, "total": seats.total}
    return {
        "idea": ngettext("%(count)s would come", "%(count)s would come", come) % {"count": come} if call else "",
        "registration": held if seats else "",
        "agenda": gettext("release %(number)s") % {"number": released.number} if released else "",
        "on_site": ngettext("%(count)s came", "%(count)s came", came) % {"count": came} if came else "",
    }


def team_of(meetup: Meetup) -> list[Organiser]:
    """Return the organisers with their persons."""
    return list(Organiser.objects.filter(meetup=meetup).select_related("person").order_by("person__name"))


def _editions(meetup: Meetup) -> tuple[Meetup, ...]:
    if meetup.series_id is None:
        return ()
    others = Meetup.objects.filter(series=meetup.series_id).exclude(pk=meetup.pk)
    return tuple(others.order_by("-opened_at", "-pk")[:EDITIONS_SHOWN])


@dataclass(frozen=True)
class BidCosts:
    """What the chosen host says it costs: each line with its price and who pays, in words."""

    title: str
    lines: tuple[tuple[str, str, str], ...]


def costs_of_the_bid(meetup: Meetup) -> BidCosts | None:
    """Return the sheet of costs of the chosen bid; None while there is none. Two queries."""
    chosen = bidding.chosen_costs(meetup)
    if chosen is None:
        return None
    rows = (
        (
            label,
            _price(amount_in_words(line.amount, chosen.currency), per_person=line.per_person),
            gettext("the host") if line.by_host else gettext("the meetup"),
        )
        for label, line in chosen.lines
    )
    return BidCosts(chosen.title, tuple(rows))


def _price(amount: str, *, per_person: bool) -> str:
    return gettext("%(amount)s each") % {"amount": amount} if per_person else amount
