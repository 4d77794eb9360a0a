"""A better agenda in a moment: so many moves of the compiled walk from an agenda that stands."""

from typing import Final

from midcycle.engines.solver.board import spots_of
from midcycle.engines.solver.model import Assignment, Problem
from midcycle.engines.solver.native.binding import Walk
from midcycle.engines.solver.translate import TranslationError, no_worse, translate
from midcycle.engines.solver.walking import COLD, HOT, arrays_of, first

ROUNDS: Final = 3
STEPS: Final = 40


def improve(problem: Problem, start: Assignment, *, seed: int, moves: int) -> Assignment:
    """Return an agenda that is no worse than the start.

    It is the start itself where the walk finds none or cannot follow the problem. The same seed and moves give the same one.
    """
    try:
        told = translate(problem, start)
    except TranslationError:
        return start
    arrays = arrays_of(told.instance)
    walk = Walk(arrays, seed)
    places = told.spots(start)
    walk.put([places.get(topic, (-1, -1)) for topic in range(len(told.topics))])
    first(walk, told.instance)
    if walk.movable:
        for step in range(ROUNDS * STEPS):
            heat = told.instance.weights.attend * HOT * (COLD / HOT) ** (step % STEPS / STEPS)
            walk.anneal(moves // (ROUNDS * STEPS), heat, heat)
            if step % STEPS == STEPS - 1:
                walk.back()
    found = told.assigned(spots_of(walk.best_slot, walk.best_room))
    return found if no_worse(problem, start, found) else start
