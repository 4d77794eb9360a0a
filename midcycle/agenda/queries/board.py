"""What an organiser sees: the grid with everything that is wrong with it, what it wins, and what has no place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from midcycle.agenda.models import Question, Release
from midcycle.agenda.queries.problem import as_it_stands, findings_in, wishes_of
from midcycle.agenda.queries.rows import Rows, rows_of
from midcycle.agenda.rules import HELD_KINDS, values
from midcycle.agenda.rules.clock import zone_of
from midcycle.agenda.rules.kept import FOR_ALL, WITHDRAWN, reason_in_words
from midcycle.agenda.rules.layout import Day, Frame, days
from midcycle.agenda.rules.remedies import remedies
from midcycle.agenda.rules.wishes import Lost, lost_wishes
from midcycle.engines.solver.check import Finding
from midcycle.engines.solver.model import Id, Plan, Problem
from midcycle.engines.solver.plan import review
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic


@dataclass(frozen=True)
class Card:
    """A session on the board: how many want it and can come, what is wrong, and why it is there."""

    session: values.Session
    wanted: int
    met: int
    pinned: bool
    locked: bool
    lost_its_topic: bool
    warnings: tuple[str, ...]
    reason: str

    @property
    def slot(self) -> int | None:
        """Number of its slot."""
        return self.session.slot

    @property
    def room(self) -> int | None:
        """Number of its room."""
        return self.session.room

    @property
    def further(self) -> tuple[int, ...]:
        """Numbers of the slots it goes on through."""
        return self.session.further

    @property
    def for_all(self) -> bool:
        """Whether everybody is there."""
        return self.session.for_all


@dataclass(frozen=True)
class Board:
    """The agenda as organisers see it. `waiting` topics become sessions with the next draft; `release` is the newest.

    `asked` people have been asked whether they can be there at their present time.
    """

    days: tuple[Day[Card], ...]
    tray: tuple[Card, ...]
    has_rooms: bool
    has_slots: bool
    wanted: int
    met: int
    findings: tuple[Finding, ...]
    waiting: int
    release: int | None
    lacks_a_must: bool
    asked: int

    @property
    def placed(self) -> int:
        """How many sessions have a place."""
        return sum(len(cell.items) for day in self.days for row in day.rows for cell in row.cells)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All sessions, those with a place first and in order of time."""
        placed = (card for day in self.days for row in day.rows for cell in row.cells for card in cell.items)
        return tuple({card.session.id: card for card in (*placed, *self.tray)}.values())

    @property
    def drafted(self) -> bool:
        """Whether a draft has placed anything; what is there by hand only was not drafted."""
        cards = (card for day in self.days for row in day.rows for cell in row.cells for card in cell.items)
        return any(not card.pinned for card in cards)

    @property
    def missing(self) -> str:
        """What to add before a draft can be made, as one sentence; empty when nothing is missing."""
        if not self.has_rooms:
            return gettext("There is no room yet.")
        if not self.has_slots:
            return gettext("There is no slot for sessions yet.")
        return "" if self.placed or self.tray or self.waiting else gettext("There is no topic and no session yet.")


@dataclass(frozen=True)
class Wishes:
    """How many wishes the agenda meets, and the sessions where some are lost, each with what would win some back."""

    wanted: int
    met: int
    lost: tuple[tuple[Lost, tuple[str, ...]], ...]


def board(meetup: Meetup) -> Board:
    """Return the board of a meetup; the number of queries does not grow with it."""
    rows = rows_of(meetup)
    problem, assign = as_it_stands(rows, wishes_of(meetup))
    plan, found = review(problem, assign), findings_in(rows)
    cards = _cards(rows, problem, plan, found)
    frame = Frame(rows.plain_rooms, rows.plain_slots, meetup.starts_on, zone_of(meetup.timezone), every_room=True)
    return Board(
        days=days(frame, cards),
        tray=tuple(card for card in cards if card.slot is None),
        has_rooms=bool(rows.rooms),
        has_slots=any(slot.kind in HELD_KINDS for slot in rows.slots),
        wanted=plan.wanted,
        met=plan.value,
        findings=found,
        waiting=Topic.objects.filter(meetup=meetup, withdrawn_at=None, session=None).count(),
        lacks_a_must=any((s.must or s.for_all) and s.pk not in rows.placements for s in rows.sessions),
        asked=Question.objects.filter(session__meetup=meetup).values("person").distinct().count(),
        release=Release.objects.filter(meetup=meetup).order_by("-number").values_list("number", flat=True).first(),
    )


def wishes(meetup: Meetup) -> Wishes:
    """Return which wishes the present agenda leaves unmet, and why."""
    problem, assign = as_it_stands(rows_of(meetup), wishes_of(meetup))
    plan = review(problem, assign)
    lost = lost_wishes(problem, plan)
    cures = remedies(problem, plan, lost)
    return Wishes(plan.wanted, plan.value, tuple((one, cures.get(one.topic, ())) for one in lost))


def reasons_of(rows: Rows, problem: Problem, plan: Plan) -> dict[int, str]:
    """Return why each session is where it is, or has no place. A reason given by hand stands."""
    fans = {support.topic for support in problem.supports}
    missing = dict(plan.left_out)
    found = {}
    for session in rows.sessions:
        placement = rows.placements.get(session.pk)
        if placement is None:
            found[session.pk] = gettext(WITHDRAWN) if session.lost_its_topic else missing.get(session.pk, "")
        elif placement.pinned:
            found[session.pk] = reason_in_words(placement.reason)
        elif session.for_all:
            found[session.pk] = gettext(FOR_ALL)
        elif session.pk in fans:
            found[session.pk] = plan.reasons.get(session.pk, "")
        else:
            found[session.pk] = reason_in_words(placement.reason)
    return found


def _cards(rows: Rows, problem: Problem, plan: Plan, found: Iterable[Finding]) -> tuple[Card, ...]:
    wanted, met = _counts(problem, plan)
    reasons = reasons_of(rows, problem, plan)
    warnings: dict[Id, list[str]] = {}
    for finding in found:
        for topic in finding.topics:
            warnings.setdefault(topic, []).append(finding.sentence)
    return tuple(
        Card(
            session=rows.plain_session(session, reasons[session.pk]),
            wanted=wanted.get(session.pk, 0),
            met=met.get(session.pk, 0),
            pinned=session.pk in rows.placements and rows.placements[session.pk].pinned,
            locked=session.pk in rows.placements and rows.placements[session.pk].locked,
            lost_its_topic=session.lost_its_topic,
            warnings=tuple(warnings.get(session.pk, ())),
            reason=reasons[session.pk],
        )
        for session in rows.sessions
    )


def _counts(problem: Problem, plan: Plan) -> tuple[Mapping[Id, int], Mapping[Id, int]]:
    wanted: dict[Id, int] = {}
    met: dict[Id, int] = {}
    for support in problem.supports:
        wanted[support.topic] = wanted.get(support.topic, 0) + 1
        if support.topic in plan.attend.get(support.person, ()):
            met[support.topic] = met.get(support.topic, 0) + 1
    return wanted, met
