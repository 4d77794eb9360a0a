"""Tiny problems of the format `midcycle-agenda/1`, and the best score of one by trying every agenda."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from hypothesis import strategies as st

from midcycle.engines.solver.instance import Agenda, Guest, Hall, Instance, Seat, Spot, Stretch, Theme, Vote, Weights
from midcycle.engines.solver.score import score


def some(count: int) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(st.integers(0, count - 1))


@st.composite
def weights(draw: st.DrawFn) -> Weights:
    small = st.sampled_from([0, 1, 3, 7])
    return Weights(draw(st.sampled_from([4, 10])), 8, 4, draw(small), draw(small), draw(small), draw(small))


@st.composite
def instances(draw: st.DrawFn, *, long: bool = True) -> Instance:
    """A problem with everything in it: closures, presence, needs, volunteers, long sessions, tracks, a previous agenda."""
    topics, slots, rooms, people = (draw(st.integers(1, most)) for most in (3, 3, 2, 4))
    spot = st.builds(Spot, st.integers(0, slots - 1), st.integers(0, rooms - 1))
    wants = draw(st.dictionaries(st.tuples(st.integers(0, people - 1), st.integers(0, topics - 1)), st.integers(1, 3)))
    return Instance(
        slots=tuple(Stretch(0, s // 2) for s in range(slots)),
        rooms=tuple(Hall(draw(st.integers(1, 4)), draw(st.just(frozenset[int]()) | some(slots))) for _ in range(rooms)),
        topics=tuple(
            Theme(
                track=draw(st.integers(0, 1)),
                duration=draw(st.sampled_from([1, 1, 2])) if long else 1,
                most=draw(st.none() | st.integers(1, 3)),
                must=draw(st.booleans()),
                fixed_slot=draw(st.none() | st.none() | st.integers(0, slots - 1)),
                fixed_room=draw(st.none() | st.none() | st.integers(0, rooms - 1)),
                slots=draw(st.none() | some(slots)),
                needed=tuple(draw(st.lists(st.integers(0, people - 1), max_size=1))),
                volunteers=tuple(sorted(draw(some(people)))),
                moderators=draw(st.integers(0, 2)),
            )
            for _ in range(topics)
        ),
        people=tuple(
            Guest(draw(st.booleans()), slots=draw(st.none() | some(slots)), most_moderations=draw(st.integers(0, 2)))
            for _ in range(people)
        ),
        votes=tuple(Vote(p, t, w) for (p, t), w in sorted(wants.items())),
        reserved=draw(st.just(frozenset[int]()) | some(slots)),
        previous=draw(st.just({}) | st.dictionaries(st.integers(0, topics - 1), spot)),
        weights=draw(weights()),
    )


def best_by_trying(instance: Instance) -> float | None:
    """Return the best score of any plan that keeps every rule; None when there is none."""
    spots: list[Spot | None] = [None]
    spots += [Spot(s, r) for s in range(len(instance.slots)) for r in range(len(instance.rooms))]
    best = None
    for chosen in product(spots, repeat=len(instance.topics)):
        placed = {t: spot for t, spot in enumerate(chosen) if spot is not None}
        bare = Agenda({t: Seat(s, r) for t, (s, r) in placed.items()}, {})
        if score(instance, bare).breaches:
            continue
        for grid in moderated(instance, placed):
            points = seated(instance, grid)
            if points is not None and (best is None or points > best):
                best = points
    return best


def moderated(instance: Instance, placed: dict[int, Spot]) -> Iterator[dict[int, Seat]]:
    """Yield the grid with every choice of moderators."""
    teams = [
        [team for n in range(instance.topics[t].moderators + 1) for team in combinations(instance.topics[t].volunteers, n)]
        for t in placed
    ]
    for chosen in product(*teams):
        yield {t: Seat(spot.slot, spot.room, team) for (t, spot), team in zip(placed.items(), chosen, strict=True)}


def seated(instance: Instance, grid: dict[int, Seat]) -> float | None:
    """Return the best score with these moderators, by giving wants one after the other or not; None when a rule is broken."""
    bare = score(instance, Agenda(grid, {}))
    if bare.breaches:
        return None
    wants = [(v.person, v.topic, v.weight) for v in instance.votes if v.topic in grid]
    spans = {t: set(instance.span(t, seat.slot) or ()) for t, seat in grid.items()}
    heads, busy, goes = {}, {p: set() for p in range(len(instance.people))}, set()
    for t, seat in grid.items():
        roles = {*instance.topics[t].needed, *seat.moderators}
        heads[t] = instance.seats(t, seat.room) - len(roles)
        for p in roles:
            busy[p] |= spans[t]
            goes.add((p, t))
    open_to = [(p, t, w) for p, t, w in wants if (p, t) not in goes and instance.present(p, instance.span(t, grid[t].slot))]
    return bare.points + instance.weights.attend * most(open_to, spans, busy, heads)


def most(
    wants: list[tuple[int, int, int]], spans: dict[int, set[int]], busy: dict[int, set[int]], heads: dict[int, int]
) -> int:
    if not wants:
        return 0
    (p, t, w), *rest = wants
    best = most(rest, spans, busy, heads)
    if heads[t] > 0 and not busy[p] & spans[t]:
        best = max(best, w + most(rest, spans, {**busy, p: busy[p] | spans[t]}, {**heads, t: heads[t] - 1}))
    return best


def without_moves(instance: Instance) -> Instance:
    return replace(instance, previous={})
