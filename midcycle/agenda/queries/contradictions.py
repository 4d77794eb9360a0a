"""Why what must be in the agenda does not fit: a smallest set of demands that contradict each other, in words."""

import importlib
import time
from typing import Final

from midcycle.agenda.queries.problem import drafting, present
from midcycle.engines.solver.translate import TranslationError, translate
from midcycle.kernel.words import quoted
from midcycle.meetups.models import Meetup

PATIENCE: Final = 5.0
"""Seconds somebody waits for the page at the most."""


def contradictions_in(meetup: Meetup) -> tuple[str, ...] | None:
    """Return sentences of which one has to be given up, after one that says so; empty when everything fits.

    None when none was found in the time there is, or when the times of the meetup cannot be followed.
    """
    given = drafting(meetup)
    try:
        told = translate(given.problem, present(given), demanding=True)
    except TranslationError:
        return None
    engine = importlib.import_module("midcycle.engines.solver.contradictions")  # its libraries take a while to load
    rooms = {room.id: room.called for room in given.problem.rooms}
    names = engine.Names(
        [quoted(topic.called) for topic in given.problem.topics],
        [rooms[room] for room in told.rooms],
        [person.called for person in given.problem.people],
    )
    end = time.monotonic() + PATIENCE
    found = tuple(engine.contradictions(told.instance, lambda: time.monotonic() > end, names))
    return found if found or time.monotonic() < end else None
