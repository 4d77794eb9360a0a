"""Rooms for sessions that run together: a place for each whenever there is one."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from midcycle.engines.solver.rooms import Spot, fit

TIMES = [(0, 2), (1, 3), (2, 4), (3, 6)]
OPEN = st.lists(
    st.permutations(range(3)).flatmap(lambda rooms: st.integers(0, 3).map(lambda n: rooms[:n])), min_size=4, max_size=4
)
SPOTS = st.lists(
    st.builds(Spot, st.integers(0, 3), st.none() | st.none() | st.integers(0, 2), st.just(value=False)), max_size=6
)


START = [start for start, _ in TIMES]


def meet(a: int, b: int) -> bool:
    return TIMES[a][0] < TIMES[b][1] and TIMES[b][0] < TIMES[a][1]


NEAR = [[b for b in range(4) if meet(a, b)] for a in range(4)]


def sound(spots: list[Spot], rooms: tuple[int, ...]) -> bool:
    pairs = combinations(range(len(spots)), 2)
    return not any(rooms[i] == rooms[j] and meet(spots[i].slot, spots[j].slot) for i, j in pairs)


@given(SPOTS, OPEN)
@settings(deadline=None, max_examples=300)
def test_sessions_fit_exactly_when_trying_everything_says_so(spots: list[Spot], rooms: list[list[int]]) -> None:
    choices = [rooms[s.slot] if s.room is None else [s.room] for s in spots]
    ways = [chosen for chosen in product(*choices) if sound(spots, chosen)]
    found = fit(spots, rooms, NEAR, START)
    assert (tuple(found) in ways) if found is not None else ways == []


def test_the_first_session_gets_the_best_room_that_is_left() -> None:
    spots = [Spot(0, None, settled=False), Spot(0, None, settled=False), Spot(0, 7, settled=False)]
    assert fit(spots, [[7, 5, 3]], [[0]], [0]) == [5, 3, 7]


def test_an_earlier_session_steps_aside_for_one_that_has_no_choice() -> None:
    spots = [Spot(0, None, settled=False), Spot(1, None, settled=False)]
    assert fit(spots, [[1, 2], [1]], [[0, 1], [0, 1]], [0, 1]) == [2, 1]


def test_those_between_find_their_rooms_again_when_one_steps_aside() -> None:
    spots = [Spot(slot, None, settled=False) for slot in range(3)]
    assert fit(spots, [[1, 2], [3], [1]], [[0, 1, 2]] * 3, [0, 0, 0]) == [2, 3, 1]


def test_what_a_human_settled_is_never_questioned() -> None:
    spots = [Spot(0, 4, settled=True), Spot(0, 4, settled=True), Spot(0, 4, settled=False)]
    assert fit(spots[:2], [[]], [[0]], [0]) == [4, 4]
    assert fit(spots, [[4]], [[0]], [0]) is None
