"""Everything a report is made of, read in a fixed number of queries, however many people and sessions there were."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from midcycle.agenda import queries as agenda
from midcycle.agenda.models import Session
from midcycle.agenda.rules import format_name, values
from midcycle.agenda.rules.clock import day_name, in_order
from midcycle.agenda.rules.values import Agenda, Slot
from midcycle.feedback import queries as feedback
from midcycle.feedback.models import HandCount
from midcycle.feedback.queries import RemarkList
from midcycle.feedback.rules import DataPoint
from midcycle.funding.queries import underwriters
from midcycle.hosting.models import Call, Interest
from midcycle.invoicing.queries import money as invoicing
from midcycle.kernel.folding import Group
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import REGIONS, region_name
from midcycle.outcomes import queries as outcomes
from midcycle.outcomes.queries import ActionRow, TagRow
from midcycle.outcomes.rules import DONE
from midcycle.pads.models import Pad, Published
from midcycle.registration.models import Capacity, Seat
from midcycle.registration.queries import Spectrum, spectrum
from midcycle.registration.rules import HAD_A_SEAT, SECTORS, kept_word, known_as
from midcycle.report import rules
from midcycle.report.models import ToldFact
from midcycle.report.queries.learned import Learned, learned
from midcycle.report.rules import Facts, Hearsay, OnList, Path, Remarks, Sum, Summary, Thanked, Value
from midcycle.topics import queries as topics

_MOST_WANTED = 3


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
class Gathered:
    """The facts of a meetup as others keep them, and as its report takes them up. `notes` are the pads of no session.

    Money is there once its report is public.
    """

    meetup: Meetup
    facts: Facts
    path: Path
    who: Spectrum
    points: tuple[DataPoint, ...]
    hands: tuple[HandCount, ...]
    remarks: tuple[RemarkList, ...]
    days: tuple[AgendaDay, ...]
    notes: tuple[Pad, ...]
    actions: tuple[ActionRow, ...]
    tags: tuple[TagRow, ...]
    learned: Learned
    money: tuple[invoicing.Report, ...]
    told: Mapping[str, object]

    @property
    def values(self) -> dict[str, Value]:
        """The figures that can be taken up in a text, by name."""
        return rules.values(self.path, self.facts.counts, self.points, self.facts.money)

    @property
    def drafts(self) -> dict[str, str]:
        """The first text of each section."""
        return rules.drafts(self.facts)


def gathered(meetup: Meetup) -> Gathered:
    """Return the facts of a meetup."""
    path = path_of(meetup)
    who = spectrum(meetup, came=path.came is not None).told
    released = agenda.released_agenda(meetup)
    kept = list(Pad.objects.filter(meetup=meetup).order_by("title"))
    days = _days(meetup, released, {pad.session_id: pad.name for pad in kept})
    points, remarks, actions = feedback.data_points(meetup), feedback.remarks(meetup), actions_of(meetup)
    also = learned(meetup)
    told = dict(ToldFact.objects.filter(meetup=meetup).order_by("pk").values_list("path", "value"))
    money = tuple(invoicing.money_report(meetup)) if invoicing.is_public(meetup) else ()
    facts = Facts(
        title=meetup.title,
        when=meetup.when if meetup.starts_on else "",
        about="" if meetup.starts_on else meetup.when,
        where=meetup.where,
        venue=meetup.venue,
        series=meetup.series.title if meetup.series else "",
        path=path,
        roles=who.roles,
        sectors=who.sectors,
        regions=who.regions,
        points=points,
        counts={**_counts(released, days, kept), **_counts_of_actions(actions), "pictures": len(also.pictures)},
        topics=_most_wanted(meetup),
        summaries=_summaries(days, {pad.name: pad for pad in kept}),
        remarks=tuple(Remarks(kind.name, tuple(remark.text for remark in kind.remarks)) for kind in remarks),
        money=tuple(Sum(r.currency, r.income_total.words, r.costs_total.words, r.left.words) for r in money),
        thanked=tuple(Thanked(one.name, one.is_host) for one in underwriters(meetup, "report")),
        heard=_heard(also),
        lists=tuple(OnList(one.list, one.people, one.on_list, one.joined_after) for one in also.lists),
        told=_hearsay(told),
    )
    notes = tuple(pad for pad in kept if pad.session_id is None)
    hands = feedback.hand_counts(meetup)
    tags = tuple(outcomes.tags_of(meetup))
    return Gathered(meetup, facts, path, who, points, hands, remarks, days, notes, actions, tags, also, money, told)


def path_of(meetup: Meetup) -> Path:
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
        channel=call.channel if call else "",
        is_told=capacity is not None and capacity.are_invented,
    )


def _hearsay(told: Mapping[str, object]) -> Hearsay:
    """Return what sources tell that a report puts in sentences."""
    demand = told.get("size.estimated_demand")
    sectors, regions = (rules.told_names(told.get(path)) for path in ("attendee_sectors", "attendee_regions"))
    return Hearsay(
        demand=demand if isinstance(demand, int) else None,
        sectors=tuple(gettext(kept_word(known_as(one, SECTORS), SECTORS)) for one in sectors),
        regions=tuple(region_name(known_as(one, REGIONS)) for one in regions),
    )


def actions_of(meetup: Meetup) -> tuple[ActionRow, ...]:
    """Return what people took on at a meetup; who agreed to be named is, and nobody else. Which are late is not told here."""
    return tuple(outcomes.actions_of(meetup, date.min))


def _counts(released: Agenda | None, days: Iterable[AgendaDay], kept: Iterable[Pad]) -> dict[str, int]:
    placed = released.placed() if released else ()
    day_of = {slot.id: slot.day for slot in released.slots} if released else {}
    return {
        "sessions": sum(len(day.sessions) for day in days),
        "days": len({day_of[session.slot] for session in placed if session.slot in day_of}),
        "rooms": len({session.room for session in placed if session.room is not None}),
        "moderators": len({name for session in placed for name in (*session.leads, *session.shadows)}),
        "learning": len(
            {name for session in placed for name in session.shadows} - {name for session in placed for name in session.leads}
        ),
        "pads": sum(pad.session_id is not None for pad in kept),
    }


def _counts_of_actions(actions: Iterable[ActionRow]) -> dict[str, int]:
    done = [one.state == DONE for one in actions]
    return {"actions": len(done), "actions_done": sum(done)}


def _heard(also: Learned) -> tuple[Group, ...]:
    return also.heard.shown.picture.said if also.heard else ()


def _most_wanted(meetup: Meetup) -> tuple[str, ...]:
    rows = [row for row in topics.topic_list(meetup, None) if row.supports > 1]  # one voice is that of who proposed it
    return tuple(row.topic.title for row in rows[:_MOST_WANTED])


def _summaries(days: Iterable[AgendaDay], by_name: Mapping[str, Pad]) -> tuple[Summary, ...]:
    """Return what publishers wrote of the sessions, in the order of the agenda. One query."""
    texts = dict(Published.objects.filter(pad__in=[pad.pk for pad in by_name.values()]).values_list("pad", "text"))
    rows = [row for day in days for row in day.sessions if row.pad]
    found = ((row.title, texts.get(by_name[row.pad].pk, "")) for row in rows)
    return tuple(Summary(title, rules.summary_of(text)) for title, text in found if text)


def _days(meetup: Meetup, released: Agenda | None, names: Mapping[int | None, str]) -> tuple[AgendaDay, ...]:
    """Return the sessions of the newest release by day; if none was ever made, those held, without a time."""
    if released is None:
        held = _held(meetup).order_by("pk")
        rows = tuple(SessionRow(each.title, "", "", format_name(each.format), names.get(each.pk, "")) for each in held)
        return (AgendaDay(gettext("Times were not recorded"), rows, is_released=False),) if rows else ()
    days: dict[int, list[SessionRow]] = {}
    for slot in in_order(released.slots):
        for session in (each for each in released.sessions if each.slot == slot.id):
            days.setdefault(slot.day, []).append(_row(released, slot, session, names.get(session.id, "")))
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
