"""Everything a report shows, read in a fixed number of queries, however many people and sessions there were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString

from midcycle.agenda import queries as agenda
from midcycle.agenda.models import Session
from midcycle.agenda.rules import format_name, values
from midcycle.agenda.rules.clock import day_name, in_order
from midcycle.agenda.rules.values import Agenda, Slot
from midcycle.engines import charts
from midcycle.feedback import queries as feedback
from midcycle.feedback.models import HandCount
from midcycle.feedback.queries import RemarkList
from midcycle.feedback.rules import OWN, DataPoint
from midcycle.funding.models import Underwriter
from midcycle.funding.queries import underwriters
from midcycle.hosting.models import Call, Interest
from midcycle.kernel.folding import Group
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Pad
from midcycle.registration.models import Capacity, Seat
from midcycle.registration.queries import Spectrum, spectrum
from midcycle.registration.rules import HAD_A_SEAT
from midcycle.report import rules
from midcycle.report.models import Report, Source, ToldFact
from midcycle.report.rules import Facts, Figure, Path, Told
from midcycle.web.drawing import drawn
from midcycle.web.markdown import to_html


@dataclass(frozen=True)
class Chart:
    """A drawing, what it shows, and the anchor of where its figures come from."""

    title: str
    svg: SafeString
    source: str


@dataclass(frozen=True)
class PointShown:
    """A data point with its drawing."""

    point: DataPoint
    svg: SafeString


@dataclass(frozen=True)
class SessionRow:
    """A session as released. `pad` is the name of its pad, blank without one."""

    title: str
    when: str
    room: str
    format: str
    pad: str


@dataclass(frozen=True)
class AgendaDay:
    """The sessions of one day in their order. `is_released`: their times and rooms are known."""

    name: str
    sessions: tuple[SessionRow, ...]
    is_released: bool


@dataclass(frozen=True)
class ReportPage:
    """A report: the organiser's text and all facts around it. `notes` are the pads that belong to no session."""

    meetup: Meetup
    body_html: str
    published_at: datetime | None
    figures: tuple[Figure, ...]
    path: Chart | None
    who: tuple[Chart, ...]
    points: tuple[PointShown, ...]
    hands: tuple[HandCount, ...]
    remarks: tuple[RemarkList, ...]
    days: tuple[AgendaDay, ...]
    notes: tuple[Pad, ...]
    underwriters: tuple[Underwriter, ...]
    told: tuple[Told, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Published:
    """The facts of a report for machines."""

    meetup: Meetup
    published_at: datetime | None
    figures: tuple[Figure, ...]
    who: Spectrum
    points: tuple[DataPoint, ...]
    hands: tuple[HandCount, ...]


@dataclass(frozen=True)
class Desk:
    """What the organisers see while they write: the text so far, and words only they may read. No text before the meetup."""

    meetup: Meetup
    report: Report | None
    body: str
    may_write: bool
    words: tuple[str, ...]


def report_page(meetup: Meetup) -> ReportPage:
    """Return the whole report, published or not; the gate decides who may see it. Before anybody wrote, with the draft."""
    report = Report.objects.filter(meetup=meetup).first()
    path = _path(meetup)
    who = spectrum(meetup, came=path.came is not None)
    pads = list(Pad.objects.filter(meetup=meetup).order_by("title"))
    told = ToldFact.objects.filter(meetup=meetup).order_by("pk").values_list("path", "value")
    return ReportPage(
        meetup=meetup,
        body_html=report.body_html if report else to_html(draft_text(meetup)),
        published_at=report.published_at if report else None,
        figures=rules.figures(path),
        path=_path_chart(path),
        who=_who_charts(who),
        points=tuple(_shown(point) for point in feedback.data_points(meetup)),
        hands=_own_hands(meetup),
        remarks=feedback.remarks(meetup),
        days=_days(meetup, {pad.session_id: pad.name for pad in pads}),
        notes=tuple(pad for pad in pads if pad.session_id is None),
        underwriters=tuple(underwriters(meetup, "report")),
        told=rules.told_in_words(told),
        sources=tuple(Source.objects.filter(meetup=meetup).order_by("key")),
    )


def published(meetup: Meetup) -> Published:
    """Return the facts of a published report."""
    report, path = Report.objects.filter(meetup=meetup).first(), _path(meetup)
    return Published(
        meetup=meetup,
        published_at=report.published_at if report else None,
        figures=rules.figures(path),
        who=spectrum(meetup, came=path.came is not None),
        points=feedback.data_points(meetup),
        hands=feedback.hand_counts(meetup),
    )


def desk(meetup: Meetup, *, fresh: bool = False) -> Desk:
    """Return what the organisers write with; a report nobody wrote yet, and a fresh start, begin with the draft."""
    report, may_write = Report.objects.filter(meetup=meetup).first(), rules.may_write(meetup.stage)
    kept = report.body if report and not fresh else None
    return Desk(
        meetup=meetup,
        report=report,
        body=draft_text(meetup) if may_write and kept is None else kept or "",
        may_write=may_write,
        words=feedback.own_words(meetup),
    )


def draft_text(meetup: Meetup) -> str:
    """Return a first text in Markdown, composed from the facts."""
    path, released = _path(meetup), agenda.released_agenda(meetup)
    who = spectrum(meetup, came=path.came is not None)
    placed = released.placed() if released else ()
    day_of = {slot.id: slot.day for slot in released.slots} if released else {}
    facts = Facts(
        title=meetup.title,
        when=f"on {meetup.when}" if meetup.starts_on else f"({meetup.when})" if meetup.when else "",
        where=meetup.where,
        venue=meetup.venue,
        path=path,
        roles=who.roles,
        sectors=who.sectors,
        regions=who.regions,
        points=feedback.data_points(meetup),
        sessions=len(placed) if released else _held(meetup).count(),
        days=len({day_of[session.slot] for session in placed if session.slot in day_of}),
        rooms=len({session.room for session in placed if session.room is not None}),
        pads=Pad.objects.filter(meetup=meetup, session__isnull=False).count(),
    )
    return rules.draft_text(facts)


def _path(meetup: Meetup) -> Path:
    """Return the way from the first question to the door. Four queries."""
    call = Call.objects.filter(meetup=meetup).first()
    capacity = Capacity.objects.filter(meetup=meetup).first()
    seats = Seat.objects.filter(meetup=meetup).aggregate(
        asked=Count("pk"),
        seated=Count("pk", filter=Q(state__in=HAD_A_SEAT)),
        waiting=Count("pk", filter=Q(state="waiting")),
        came=Count("pk", filter=Q(state="checked_in")),
    )
    interested = Interest.objects.filter(call__meetup=meetup, would_come=True).exclude(confirmed_at=None).count()
    return Path(
        guess=(call.guess_low, call.guess_high) if call and call.guess_low is not None and call.guess_high else None,
        interested=interested or None,
        announced=capacity.announced if capacity else None,
        seats=capacity.total if capacity else None,
        asked=seats["asked"],
        seated=seats["seated"],
        waiting=seats["waiting"],
        came=seats["came"] or None,
    )


def _own_hands(meetup: Meetup) -> tuple[HandCount, ...]:
    """Return the hands on questions of this meetup alone; the others are data points."""
    return tuple(count for count in feedback.hand_counts(meetup) if count.question.startswith(OWN))


def _path_chart(path: Path) -> Chart | None:
    steps = [figure for figure in reversed(rules.figures(path)) if figure.key != "seats"]
    if len(steps) < 2:
        return None
    bars = [charts.Bar(step.label.capitalize(), step.value) for step in steps]
    return Chart("From interest to the door", drawn(charts.bars(bars, title="From interest to the door")), "came")


def _who_charts(who: Spectrum) -> tuple[Chart, ...]:
    kinds = (("What they do", who.roles), ("Their sector", who.sectors), ("Where they came from", who.regions))
    return tuple(_group_chart(title, groups) for title, groups in kinds if groups)


def _group_chart(title: str, groups: Sequence[Group]) -> Chart:
    svg = charts.bars([charts.Bar(group.label, group.count) for group in groups], title=title)
    return Chart(title, drawn(svg), "who")


def _shown(point: DataPoint) -> PointShown:
    svg = charts.share(point.part, point.whole, title=point.label.capitalize(), description=point.of_whom)
    return PointShown(point, drawn(svg))


def _days(meetup: Meetup, pads: Mapping[int | None, str]) -> tuple[AgendaDay, ...]:
    """Return the sessions of the newest release by day; if none was ever made, those held, without a time."""
    released = agenda.released_agenda(meetup)
    if released is None:
        held = _held(meetup).order_by("pk")
        rows = tuple(SessionRow(each.title, "", "", format_name(each.format), pads.get(each.pk, "")) for each in held)
        return (AgendaDay("Times were not recorded", rows, is_released=False),) if rows else ()
    days: dict[int, list[SessionRow]] = {}
    for slot in in_order(released.slots):
        for session in (each for each in released.sessions if each.slot == slot.id):
            days.setdefault(slot.day, []).append(_row(released, slot, session, pads.get(session.id, "")))
    named = ((day_name(released.starts_on, day), tuple(rows)) for day, rows in sorted(days.items()))
    return tuple(AgendaDay(name, rows, is_released=True) for name, rows in named)


def _held(meetup: Meetup) -> QuerySet[Session]:
    """Return the sessions of a meetup that is over; before that, what is planned is nobody's business."""
    sessions = Session.objects.filter(meetup=meetup)
    return sessions if meetup.stage in rules.OVER_STAGES else sessions.none()


def _row(released: Agenda, slot: Slot, session: values.Session, pad: str) -> SessionRow:
    when = f"{slot.starts:%H:%M}" if slot.starts else ""
    room = released.room_name(session) if session.room is not None else ""
    return SessionRow(session.title, when, room, session.format_name, pad)
