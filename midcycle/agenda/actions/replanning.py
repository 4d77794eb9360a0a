"""A new agenda on the day: who is away, which room is shut, what could be done about it, and what was chosen."""

import secrets
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, hold_board, in_english, note
from midcycle.agenda.actions.history import remember
from midcycle.agenda.actions.places import change_room
from midcycle.agenda.actions.presence import set_presence
from midcycle.agenda.actions.searching import How, make_search
from midcycle.agenda.models import Placement, Room, Search
from midcycle.agenda.queries.history import grid_of, version_of
from midcycle.agenda.queries.presence import fittings_of, presence_of
from midcycle.agenda.queries.problem import start_of
from midcycle.agenda.queries.replanning import Day, board_version, day_of, places_after, places_before
from midcycle.agenda.rules import values
from midcycle.agenda.rules.deeds import MENDED, MENDED_ONE
from midcycle.agenda.rules.replanning import (
    DEARER,
    MOST_CHOSEN,
    PER_ROOM,
    PER_TIME,
    REPLAN_KINDS,
    REPLAN_SECONDS,
    Situation,
    new_conflicts,
    without_musts,
)
from midcycle.engines.solver.format import FormatError, read_instance, write_instance, write_plan
from midcycle.engines.solver.instance import Agenda
from midcycle.engines.solver.model import Id, Problem
from midcycle.engines.solver.model import Placement as Place
from midcycle.engines.solver.people import seated
from midcycle.engines.solver.score import Score, score
from midcycle.engines.solver.search import glance
from midcycle.engines.solver.translate import Translation, TranslationError, translate
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import quoted
from midcycle.meetups.models import Meetup

GLANCE: Final = 0.15
"""Seconds in which the first agenda of each kind is found, while whoever asked waits; the search goes on from it."""
_AGAIN: Final = gettext_lazy("Work it out again.")


@dataclass(frozen=True)
class _First:
    """A kind of re-plan as it begins: its problem, the first agenda found and what that is worth."""

    kind: str
    told: Translation
    plan: Agenda
    worth: Score
    nothing: Score


@transaction.atomic
def be_away(meetup: Meetup, person: Person, slots: Collection[int], *, by: Person | None, now: datetime) -> None:
    """Say that somebody is away in these slots too, beside those known already."""
    hold(meetup)
    known = presence_of(meetup, person)
    set_presence(meetup, person, replace(known, away=known.away | frozenset(slots)), by=by, now=now)


@transaction.atomic
def shut_room(room: Room, slots: Collection[int], *, by: Person | None, now: datetime) -> None:
    """Say that a room is shut in these slots too, beside those known already."""
    hold(room.meetup)
    fittings = fittings_of(room)
    facts = values.Room(room.pk, room.name, room.capacity, room.note)
    change_room(room, facts, fittings=replace(fittings, closed=fittings.closed | frozenset(slots)), by=by, now=now)


def replan(meetup: Meetup, *, by: Person | None, now: datetime, seed: int | None = None) -> None:
    """Work out what could be done: with few moves, and the best; the first agendas at once, processes go on from them.

    What has begun stays. What was worked out before is forgotten. Raises Refusal when nothing can be moved any more, and for
    times no search can follow.
    """
    with in_english():
        day = day_of(meetup, now)
    _check(day)
    chance = secrets.randbits(31) if seed is None else seed
    firsts = [_first(day.situation, kind, chance) for kind in REPLAN_KINDS]
    _begin(meetup, day, firsts, seed=chance, by=by, now=now)


@transaction.atomic
def put_replan(search: Search, *, by: Person | None, now: datetime) -> int:
    """Put an option onto the board, as one move that can be undone; return how many sessions it moved.

    What was pinned is so no more where it moved. Raises Refusal when one of them was moved since, when one of the times has
    begun, and when it would make a conflict by now.
    """
    meetup = search.meetup
    hold_board(meetup)
    before, after = places_before(search), places_after(search)
    moved = {n: after.get(n) for n in {**before, **after} if _cell(before.get(n)) != _cell(after.get(n))}
    if not moved:
        raise Refusal(gettext("It moves nothing, so there is nothing to put on the board."))
    day = day_of(meetup, now)
    _check_moves(day, before, moved)
    grid = grid_of(meetup)
    for number, place in moved.items():
        Placement.objects.filter(session=number).delete()
        if place is not None:
            room = None if place[1] is None else int(place[1])
            Placement.objects.create(session_id=number, slot_id=start_of(place[0]), room_id=room)
    facts = {"search": search.pk, "kind": search.kind, "moved": len(moved)}
    version = note("agenda.replanned", meetup, by=by, now=now, facts=facts)
    words = MENDED_ONE if len(moved) == 1 else MENDED % {"count": len(moved)}
    remember(meetup, grid, words, by=by, version=version)
    Search.objects.filter(meetup=meetup, kind__in=REPLAN_KINDS).update(put_version=None)
    Search.objects.filter(pk=search.pk).update(put_version=version_of(meetup))
    return len(moved)


def _check(day: Day) -> None:
    if not day.rows.rooms:
        raise Refusal(gettext("There is no room yet. Add the rooms first."))
    if not any(not slot.reserved and start_of(slot.id) not in day.begun for slot in day.problem.slots):
        raise Refusal(gettext("No time for sessions is to come, so nothing can be moved any more."))
    if not day.situation.problem.topics:
        raise Refusal(gettext("There is no session yet. Add one first."))


def _first(now: Situation, kind: str, seed: int) -> _First:
    """Return the first agenda of a kind; musts without a place give way where not all of them fit.

    Few moves are to be few: where there are more than that, each has to win more.
    """
    for problem in (now.problem, without_musts(now.problem, now.kept)):
        for dearer in DEARER[kind]:
            first = _glanced(now, problem, kind, dearer, seed)
            if first.worth.breaches:
                break
            if dearer == DEARER[kind][-1] or _chosen_moves(now, first) <= MOST_CHOSEN:
                return first
    raise Refusal(gettext("What is pinned leaves no agenda that keeps the rules. Unpin something on the board first."))


def _glanced(now: Situation, problem: Problem, kind: str, dearer: int, seed: int) -> _First:
    try:
        told = translate(problem, now.previous, per_move=dearer * PER_TIME[kind])
        weights = replace(told.instance.weights, move_room=dearer * PER_ROOM[kind])
        told = replace(told, instance=replace(told.instance, weights=weights))
        read_instance(write_instance(told.instance))
    except (TranslationError, FormatError) as error:
        raise Refusal(f"{error} {gettext('Move the sessions by hand on the board.')}") from error
    stays = told.spots(now.kept)
    plan, worth = glance(told.instance, seed=seed, seconds=GLANCE, clock=time.monotonic, start=stays)
    return _First(kind, told, plan, worth, score(told.instance, seated(told.instance, stays)))


def _chosen_moves(now: Situation, first: _First) -> int:
    """Return how many sessions move that could stay."""
    after = first.told.assignment(first.plan)
    return sum(_cell(after.get(t)) != _cell(place) for t, place in now.kept.items())


@transaction.atomic
def _begin(meetup: Meetup, day: Day, firsts: list[_First], *, seed: int, by: Person | None, now: datetime) -> None:
    hold(meetup)
    told = {**_plain(day), "version": board_version(meetup), "least": firsts[0].nothing.least_share}
    for first in firsts:
        how = How(first.kind, seed, REPLAN_SECONDS)
        made = make_search(meetup, first.told, day.situation.kept, by=by, now=now, how=how)
        made.plan, made.told = write_plan(first.plan).decode(), told
        made.score, made.attended = first.worth.points, first.worth.attended
        made.least_share, made.tenth_share = first.worth.least_share, first.worth.tenth_share
        made.save()
    note("agenda.replan_begun", meetup, by=by, now=now, facts={"seed": seed})


def _plain(day: Day) -> Mapping[str, object]:
    """Return what a re-plan was worked out for, as values JSON knows."""
    now = day.situation
    return {
        "places": {str(n): list(place) for n, place in now.stands.items()},
        "topics": [topic.id for topic in now.problem.topics],
        "upset": {str(n): list(sentences) for n, sentences in now.upset.items()},
        "let_go": list(now.let_go),
        "begun": len(day.begun),
    }


def _check_moves(day: Day, before: Mapping[int, Place], moved: Mapping[int, Place | None]) -> None:
    titles = {session.pk: session.title for session in day.rows.sessions}
    slots = {slot.id: slot for slot in day.problem.slots}
    rooms = {room.pk for room in day.rows.rooms}
    stands = day.situation.stands
    for number, after in moved.items():
        if number not in titles:
            raise Refusal(f"{gettext('A session was removed meanwhile.')} {_AGAIN}")
        if after is not None and (after[0] not in slots or after[1] not in rooms):
            raise Refusal(f"{gettext('A time or a room was removed meanwhile.')} {_AGAIN}")
        begun = [place for place in (before.get(number), after) if place and start_of(place[0]) in day.begun]
        if begun:
            facts = {"opening": slots[begun[0][0]].opening, "title": quoted(titles[number])}
            raise Refusal(f"{gettext('%(opening)s it has begun meanwhile: %(title)s.') % facts} {_AGAIN}")
        if _cell(stands.get(number)) != _cell(before.get(number)):
            told = gettext("%(title)s has been moved since.") % {"title": quoted(titles[number])}
            raise Refusal(f"{told} {_AGAIN}")
    put: dict[Id, Place] = {n: place for n, place in stands.items() if n not in moved}
    put |= {n: place for n, place in moved.items() if place is not None}
    conflicts = new_conflicts(day.problem, stands, put)
    if conflicts:
        told = gettext("It would make a conflict by now: %(conflict)s") % {"conflict": conflicts[0]}
        raise Refusal(f"{told} {_AGAIN}")


def _cell(place: Place | None) -> tuple[int, object] | None:
    return None if place is None else (start_of(place[0]), place[1])
