"""Which session people come out of, and how sessions were."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext, gettext_noop

from midcycle.agenda.models import Placement, Session
from midcycle.agenda.rules import clock
from midcycle.feedback.models import SessionTally
from midcycle.feedback.rules.sessions import MARKS, REASONS, may_show
from midcycle.feedback.rules.standard import SMALLEST
from midcycle.kernel.folding import Group, fold
from midcycle.meetups.models import Meetup

_OTHERS: Final = gettext_noop("other answers")


@dataclass(frozen=True)
class Held:
    """When a session began and the meetup is over, as moments, where that is known; and in which room."""

    starts: datetime | None
    meetup_ends: datetime | None
    room: str


@dataclass(frozen=True)
class SessionFigures:
    """How a session was, folded. `why` tells in words why nothing is shown; then there are no figures."""

    session: Session
    whole: int = 0
    marks: tuple[Group, ...] = ()
    reasons: tuple[Group, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class SessionsPage:
    """How all sessions were that have begun, in the order of the agenda."""

    meetup: Meetup
    rows: tuple[SessionFigures, ...]


def when_held(session: Session) -> Held:
    """Return when a session began; of one without a place, when the meetup did. One query."""
    placement = Placement.objects.select_related("slot", "room").filter(session=session).first()
    return _held(session.meetup, placement)


def held_last(meetup: Meetup, room: str, *, now: datetime) -> Session | None:
    """Return the session that began last in a room, or anywhere when no room is named. One query."""
    placed = Placement.objects.select_related("slot", "room", "session").filter(session__meetup=meetup)
    if room:
        placed = placed.filter(room__name=room)
    begun = [(starts, each) for each in placed if (starts := _held(meetup, each).starts) is not None and starts <= now]
    return max(begun, key=lambda pair: (pair[0], -pair[1].pk))[1].session if begun else None


def session_figures(session: Session, *, now: datetime) -> SessionFigures:
    """Return how one session was. Two queries."""
    return _figures(session, when_held(session), SessionTally.objects.filter(session=session), now)


def sessions_page(meetup: Meetup, *, now: datetime) -> SessionsPage:
    """Return how all sessions were. Two queries."""
    placed = Placement.objects.select_related("slot", "room", "session").filter(session__meetup=meetup)
    tallies: dict[int, list[SessionTally]] = {}
    for tally in SessionTally.objects.filter(session__meetup=meetup):
        tallies.setdefault(tally.session_id, []).append(tally)
    ordered = sorted(placed, key=lambda each: (each.slot.day, each.slot.starts or time.max, each.pk))
    held = [(each, _held(meetup, each)) for each in ordered]
    rows = [
        _figures(each.session, when, tallies.get(each.session_id, []), now)
        for each, when in held
        if when.starts is None or when.starts <= now
    ]
    return SessionsPage(meetup, tuple(rows))


def _held(meetup: Meetup, placement: Placement | None) -> Held:
    zone = clock.zone_of(meetup.timezone)
    last = meetup.ends_on or meetup.starts_on
    ends = datetime.combine(last, time(), zone) + timedelta(days=1) if last else None
    if placement is None:
        return Held(datetime.combine(meetup.starts_on, time(), zone) if meetup.starts_on else None, ends, "")
    starts = clock.moment(meetup.starts_on, placement.slot.day, placement.slot.starts, zone)
    return Held(starts, ends, placement.room.name if placement.room else "")


def _figures(session: Session, held: Held, tallies: Iterable[SessionTally], now: datetime) -> SessionFigures:
    marks: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for tally in tallies:
        marks[MARKS[tally.mark]] += tally.count
        reasons[REASONS.get(tally.reason, _OTHERS)] += tally.count
    whole = sum(marks.values())
    if not may_show(held.starts, held.meetup_ends, now):
        return SessionFigures(session, why=gettext("Figures are shown half a day after it began."))
    if whole < SMALLEST:
        return SessionFigures(session, why=gettext("Fewer than five people said how it was."))
    folded = fold(marks, other=_OTHERS)
    if all(group.label == _OTHERS for group in folded):
        why = gettext("%(count)s people said how it was. Any figure would tell a small group.") % {"count": whole}
        return SessionFigures(session, whole, why=why)
    # Who gave no reason is among the others, so that they and a reason told do not tell of a small group.
    told = tuple(Group(gettext(one.label), one.count) for one in fold(reasons, other=_OTHERS) if one.label != _OTHERS)
    return SessionFigures(session, whole, tuple(Group(gettext(group.label), group.count) for group in folded), told)
