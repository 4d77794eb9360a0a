"""Searches for a better agenda: begun, stopped and put on the board by organisers; a process of its own works on them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, in_english, note
from midcycle.agenda.actions.drafting import Deed, Drafted, check_frame, drafting_in_english, rank, store
from midcycle.agenda.models import Search
from midcycle.agenda.queries.history import version_of
from midcycle.agenda.queries.problem import Drafting, drafting, present
from midcycle.agenda.rules.deeds import FOUND
from midcycle.agenda.rules.searching import SECONDS, UNDER_WAY
from midcycle.engines.solver.anneal import calm
from midcycle.engines.solver.format import FormatError, read_instance, read_plan, write_instance, write_plan
from midcycle.engines.solver.model import Assignment, Plan, Problem
from midcycle.engines.solver.people import seated
from midcycle.engines.solver.plan import review
from midcycle.engines.solver.quick import improve
from midcycle.engines.solver.score import score
from midcycle.engines.solver.translate import Translation, TranslationError, no_worse, translate
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup

WALK: Final = 600_000


@dataclass(frozen=True)
class How:
    """What kind of search, where chance begins (None: anywhere), and how many seconds it may take."""

    kind: str = "draft"
    seed: int | None = None
    seconds: float = SECONDS


def begin_search(meetup: Meetup, *, by: Person | None, now: datetime, how: How = How()) -> Search:
    """Let a process look for an agenda better than the one on the board; return the search.

    An earlier one ends, and what it found is forgotten. Raises Refusal when something is missing, or when the problem is one
    no search can follow.
    """
    given = drafting(meetup)
    check_frame(given)
    start = present(given)
    try:
        told = translate(given.problem, start)
        read_instance(write_instance(told.instance))
    except (TranslationError, FormatError) as error:
        stands = gettext("The draft on the board stands, but no search can make it better.")
        raise Refusal(f"{error} {stands}") from error
    return begin_with(meetup, told, start, by=by, now=now, how=how)


@transaction.atomic
def begin_with(meetup: Meetup, told: Translation, start: Assignment, *, by: Person | None, now: datetime, how: How) -> Search:
    """Let a process look for a better agenda than `start` for a problem that is translated already. Raises Refusal."""
    hold(meetup)
    made = make_search(meetup, told, start, by=by, now=now, how=how)
    made.save()
    note("agenda.search_begun", meetup, by=by, now=now, facts={"search": made.pk, "seed": made.seed})
    return made


def make_search(meetup: Meetup, told: Translation, start: Assignment, *, by: Person | None, now: datetime, how: How) -> Search:
    """Return a search in place of the earlier one of its kind, to be saved within the deed's transaction."""
    Search.objects.filter(meetup=meetup, kind=how.kind).delete()
    plan = seated(told.instance, told.spots(start))
    begins = score(told.instance, plan)
    return Search(
        meetup=meetup,
        kind=how.kind,
        by=by,
        seed=secrets.randbits(31) if how.seed is None else how.seed,
        seconds=how.seconds,
        begun_at=now,
        problem=write_instance(told.instance).decode(),
        keys=_plain(told),
        plan=write_plan(plan).decode(),
        wanted=begins.wanted,
        first_score=begins.points,
        first_attended=begins.attended,
    )


@transaction.atomic
def go_on(search: Search, *, by: Person | None, now: datetime, seconds: float = SECONDS) -> None:
    """Let a search that has ended go on from what it found. Raises Refusal while it is under way."""
    hold(search.meetup)
    more = Search.objects.filter(pk=search.pk).exclude(state__in=UNDER_WAY)
    if not more.update(state="waiting", is_stopped=False, seconds=search.spent + seconds, tries=0):
        raise Refusal(gettext("The search is under way. Wait for it."))
    note("agenda.search_begun", search.meetup, by=by, now=now, facts={"search": search.pk, "seed": search.seed})


@transaction.atomic
def stop_search(search: Search, *, by: Person | None, now: datetime) -> None:
    """Let a search come to its end within a second or two; what it found is kept. One that has ended already stays so."""
    hold(search.meetup)
    Search.objects.filter(pk=search.pk, state="waiting").update(state="ended")
    Search.objects.filter(pk=search.pk).update(is_stopped=True)
    note("agenda.search_stopped", search.meetup, by=by, now=now, facts={"search": search.pk})


def put_search(search: Search, *, by: Person | None, now: datetime) -> Drafted:
    """Put the agenda a search found onto the board, as one move that can be undone.

    Pins made meanwhile are kept, and topics that are new get a place. Raises Refusal when the board is better already, and when
    somebody changes it just now.
    """
    meetup = search.meetup
    given = drafting_in_english(meetup)
    check_frame(given)
    with in_english():
        plan = _best_of(given.problem, _found(search, given), search.seed)
        now_there = review(given.problem, present(given))
    if rank(given, plan) <= rank(given, now_there) or not no_worse(given.problem, now_there.assign, plan.assign):
        raise Refusal(
            gettext("The agenda on the board is as good or better by now. Search again if it should be better still.")
        )
    deed = Deed(FOUND, {"search": search.pk, "seed": search.seed})
    with transaction.atomic():  # held until its version is noted: a move that comes right after has another one
        drafted = store(meetup, given, plan, by=by, now=now, deed=deed)
        Search.objects.filter(pk=search.pk).update(put_version=version_of(meetup))
    return drafted


def _best_of(problem: Problem, found: Assignment, seed: int) -> Plan:
    """Return the agenda that was found, calmed unless that costs a wish; made better where the problem is another by now."""
    plan = calm(problem, found)
    if any(plan.assign.get(topic) != place for topic, place in found.items()) or len(plan.assign) > len(found):
        plan = calm(problem, improve(problem, plan.assign, seed=seed, moves=WALK))
    direct = review(problem, found)
    return direct if direct.value > plan.value and no_worse(problem, plan.assign, found) else plan


def _found(search: Search, given: Drafting) -> Assignment:
    """Return the agenda a search found, for what is still to be placed. Topics have become sessions meanwhile."""
    told = translation_of(search)
    found = told.assignment(read_plan(search.plan.encode(), told.instance))
    now_called = {f"t{session.topic_id}": session.pk for session in given.rows.sessions if session.topic_id}
    known = {topic.id for topic in given.problem.topics}
    renamed = {now_called.get(str(key), key): place for key, place in found.items()}
    return {key: place for key, place in renamed.items() if key in known}


def translation_of(search: Search) -> Translation:
    """Return the problem of a search with what its numbers mean."""
    keys = search.keys
    places = tuple({int(begins): slot for begins, slot in row.items()} for row in keys["places"])
    instance = read_instance(search.problem.encode())
    return Translation(instance, tuple(keys["topics"]), tuple(keys["rooms"]), places)


def _plain(told: Translation) -> Mapping[str, object]:
    return {"topics": told.topics, "rooms": told.rooms, "places": [dict(row) for row in told.places]}
