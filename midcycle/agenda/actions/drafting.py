"""The agenda drafted by the solver and stored in one go."""

import textwrap
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold_board, in_english, note
from midcycle.agenda.actions.history import remember
from midcycle.agenda.actions.translating import texts_of_topic
from midcycle.agenda.models import Placement, Session, SessionPart
from midcycle.agenda.queries.history import grid_of
from midcycle.agenda.queries.problem import Drafting, drafting, present, start_of
from midcycle.agenda.rules.deeds import DRAFTED
from midcycle.engines.solver.anneal import calm
from midcycle.engines.solver.anneal import draft as solve
from midcycle.engines.solver.model import Id, Plan
from midcycle.engines.solver.quick import improve
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic

MOVES: Final = 20_000
"""Moves of a draft: a quarter of a second for 120 people, 40 topics and 5 rooms."""
FASTER: Final = 30
"""How many moves the compiled walk makes for each of these."""
WORTH_MOVING: Final = 0.005
"""Share of the wishes a new draft has to win before it changes what stands on the board."""
LARGE: Final = 60_000
"""Topics times people above which a draft makes fewer moves: somebody waits for it, and the search goes on afterwards."""


@dataclass(frozen=True)
class Drafted:
    """What a draft came to: sessions with and without a place, and how many wishes it meets."""

    placed: int
    left_out: int
    met: int
    wanted: int


@dataclass(frozen=True)
class Deed:
    """How a plan came to be: in words for the history of the board, and in figures for the journal."""

    words: str
    facts: Mapping[str, object] = field(default_factory=dict)


def draft(meetup: Meetup, *, by: Person | None, seed: int, now: datetime, moves: int | None = None) -> Drafted:
    """Place every open topic and session so that people can attend what they support; pins stay where they are.

    The same seed and moves give the same agenda; where the board is about as good already, it stays. Topics become sessions;
    what fits nowhere has no place. The search runs before the transaction. Raises Refusal when something is missing, or when
    slots, rooms or pins changed meanwhile.
    """
    given = drafting_in_english(meetup)
    check_frame(given)
    moves = _moves_for(given) if moves is None else moves
    with in_english():
        plan = solve(given.problem, seed=seed, seconds=None, moves=moves, clock=time.monotonic)
        better = improve(given.problem, plan.assign, seed=seed, moves=FASTER * moves)
        plan = _no_worse_than_now(given, calm(given.problem, better))
    return store(meetup, given, plan, by=by, now=now, deed=Deed(DRAFTED, {"seed": seed, "moves": moves}))


def drafting_in_english(meetup: Meetup) -> Drafting:
    """Return what a draft is made from; reasons that are kept are made of it."""
    with in_english():
        return drafting(meetup)


def _moves_for(given: Drafting) -> int:
    size = len(given.problem.topics) * len(given.problem.people)
    return MOVES * LARGE // max(LARGE, size)


def _no_worse_than_now(given: Drafting, plan: Plan) -> Plan:
    """Return the plan, or the board as it stands with new topics placed: nobody is moved for a handful of wishes."""
    now = present(given)
    kept = calm(given.problem, now) if now else plan
    (firm, placed, met), new = rank(given, kept), rank(given, plan)
    return kept if (firm, placed, met * (1 + WORTH_MOVING)) >= new else plan


def rank(given: Drafting, plan: Plan) -> tuple[int, int, int]:
    """Return what counts in a plan, the most important first: musts placed, sessions placed, wishes met."""
    firm = sum(topic.id in plan.assign for topic in given.problem.topics if topic.must or topic.plenary)
    return firm, len(plan.assign), plan.value


def check_frame(given: Drafting) -> None:
    """Raise Refusal when there is no room, no slot, or nothing to be placed."""
    if not given.problem.rooms:
        raise Refusal(gettext("There is no room yet. Add the rooms first."))
    if not any(not slot.reserved for slot in given.problem.slots):
        raise Refusal(gettext("There is no slot for sessions yet. Add slots first."))
    if not given.problem.topics:
        raise Refusal(gettext("There is no topic and no session yet. Add a session, or wait for topics."))


@transaction.atomic
def store(meetup: Meetup, given: Drafting, plan: Plan, *, by: Person | None, now: datetime, deed: Deed) -> Drafted:
    """Put a plan onto the board as one move. Raises Refusal when slots, rooms or pins changed meanwhile."""
    hold_board(meetup)
    fresh = drafting_in_english(meetup)
    if fresh.frame != given.frame:
        raise Refusal(gettext("Slots, rooms or pins changed while the agenda was drafted. Draft it again."))
    if Session.objects.filter(topic__in=[topic.pk for topic in given.newcomers]).exists():
        raise Refusal(
            gettext("Somebody else drafted the agenda meanwhile. Look at it, and draft it again if it should change.")
        )
    grid = grid_of(meetup)
    made = _make_sessions(meetup, given, fresh)
    Placement.objects.filter(session__meetup=meetup, pinned=False).delete()
    placements = _placements(fresh, plan, made)
    kept = {p.session_id: p for p in fresh.rows.placements.values() if p.pinned}
    for placement in placements:
        _give_room(kept.get(placement.session_id), placement)
    Placement.objects.bulk_create(p for p in placements if p.session_id not in kept)
    drafted = Drafted(len(placements), len(plan.left_out), plan.value, plan.wanted)
    figures = {"placed": drafted.placed, "left_out": drafted.left_out, "met": drafted.met, "wanted": drafted.wanted}
    version = note("agenda.drafted", meetup, by=by, now=now, facts={**deed.facts, **figures})
    remember(meetup, grid, deed.words, by=by, version=version)
    return drafted


def _make_sessions(meetup: Meetup, given: Drafting, fresh: Drafting) -> dict[Id, int]:
    """Make a session of each topic that was drafted and is still open; return its number under the topic's key."""
    drafted = {topic.pk for topic in given.newcomers}
    topics = [topic for topic in fresh.newcomers if topic.pk in drafted]
    sessions = Session.objects.bulk_create(_session_of(meetup, topic) for topic in topics)
    SessionPart.objects.bulk_create(
        SessionPart(session=session, person_id=offer.person_id, part=offer.part)
        for session, topic in zip(sessions, topics, strict=True)
        for offer in topic.offers.all()
    )
    return {f"t{session.topic_id}": session.pk for session in sessions}


def _session_of(meetup: Meetup, topic: Topic) -> Session:
    return Session(
        meetup=meetup,
        topic=topic,
        title=topic.title,
        abstract=topic.details,
        abstract_html=topic.details_html,
        texts=texts_of_topic(topic.texts),
        format=topic.format,
    )


def _placements(fresh: Drafting, plan: Plan, made: dict[Id, int]) -> list[Placement]:
    """Return a placement for each session of the plan that is still there."""
    there: dict[Id, int] = {**{session.pk: session.pk for session in fresh.rows.sessions}, **made}
    return [
        Placement(
            session_id=there[key],
            slot_id=start_of(slot),
            room_id=None if room is None else int(room),
            reason=textwrap.shorten(plan.reasons.get(key, ""), 300, placeholder=" …"),
        )
        for key, (slot, room) in plan.assign.items()
        if key in there
    ]


def _give_room(pinned: Placement | None, drafted: Placement) -> None:
    """Keep a pinned placement; one that had a time only gets the room the draft found for it."""
    if pinned is not None and pinned.room_id is None:
        Placement.objects.filter(pk=pinned.pk).update(room_id=drafted.room_id)
