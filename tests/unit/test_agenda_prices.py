"""What a move costs, and what a move changes: exact, and told in words."""

import random

import pytest

from midcycle.agenda.rules import moves
from midcycle.agenda.rules.moves import Spot
from midcycle.agenda.rules.prices import Price, Prices, clusters
from midcycle.agenda.rules.remedies import remedies
from midcycle.agenda.rules.wishes import lost_wishes
from midcycle.engines.solver.check import recount
from midcycle.engines.solver.model import Person, Problem, Room, Slot, Support, Topic
from midcycle.engines.solver.plan import review
from midcycle.engines.solver.seating import seat

SLOTS = (Slot("a", 1, 540, 600), Slot("b", 1, 600, 660), Slot("c", 1, 660, 720))
ROOMS = (Room("hall", 40, name="Hall"), Room("loft", 2, name="Loft"))


def chance(seed: int) -> tuple[Problem, dict]:
    """Return a problem of eight topics and twelve people, and an agenda of six of them."""
    draw = random.Random(seed)
    topics = tuple(Topic(n, f"Topic {n}", needed=(n,) if n < 4 else ()) for n in range(8))
    people = tuple(Person(n, f"Person {n}") for n in range(12))
    supports = tuple(Support(p.id, t.id) for p in people for t in topics if draw.random() < 0.4)
    cells = [(slot.id, room.id) for slot in SLOTS for room in ROOMS]
    draw.shuffle(cells)
    return Problem(SLOTS, ROOMS, topics, people, supports), dict(zip(draw.sample(range(8), 5), cells, strict=False))


def value(problem: Problem, assign: dict) -> int:
    """Return how many wishes an agenda meets when everybody is seated anew."""
    return recount(problem, assign, seat(problem, assign))


@pytest.mark.parametrize("seed", range(25))
def test_a_price_is_what_seating_everybody_anew_would_give(seed):
    problem, assign = chance(seed)
    now = value(problem, assign)
    for topic in range(8):
        prices = Prices(problem, assign, topic)
        for place in [(slot.id, room.id) for slot in SLOTS for room in ROOMS]:
            after = dict(assign)
            there = next((t for t, p in assign.items() if p == place and t != topic), None)
            if there is not None:
                del after[there]
                if topic in assign:
                    after[there] = assign[topic]
            after[topic] = place
            assert prices.at(place).change == value(problem, after) - now
        off = {t: p for t, p in assign.items() if t != topic}
        assert prices.off().change == value(problem, off) - now


def two(**facts) -> tuple[Problem, dict]:
    """Return two topics, wanted by Ada and Bo, one after the other in the hall."""
    topics = (Topic(1, "Ceph", needed=(1,)), Topic(2, "Logs", needed=(1,), **facts))
    people = (Person(1, "Dee"), Person(2, "Ada"), Person(3, "Bo"))
    supports = tuple(Support(p, t) for p in (2, 3) for t in (1, 2))
    return Problem(SLOTS, ROOMS, topics, people, supports), {1: ("a", "hall"), 2: ("b", "hall")}


def test_a_price_says_how_much_whose_conflict_and_where_they_would_be():
    price = Prices(*two(), 1).at(("b", "loft"))
    assert (price.change, price.count) == (-2, "2 wishes lost.")
    assert price.conflicts == ("Dee is needed in both Ceph and Logs at day 1, 10:00.",)
    assert "would be in “" in price.words


def test_a_price_says_what_is_there_now_and_that_pins_hold():
    assert Prices(*two(), 1).at(("b", "hall")).instead == "Changes places with “Logs”."
    held = Prices(*two(pinned_slot="b", pinned_room="hall"), 1).at(("b", "hall"))
    assert held == Price("b", "hall", refused="“Logs” is pinned there.")
    assert Prices(*two(), 1).at(("a", "hall")).words == "It is here now."
    problem, assign = two()
    assert Prices(problem, {2: assign[2]}, 1).at(("b", "hall")).instead == "“Logs” loses its place."
    assert Prices(problem, assign, 1).off().words == "2 wishes lost. 2 would miss “Ceph”, which has no place then."


def test_a_small_room_costs_those_who_find_no_seat():
    problem, assign = two()
    more = tuple(Person(n, f"P{n}") for n in range(4, 9))
    problem = Problem(
        SLOTS, ROOMS, problem.topics, (*problem.people, *more), (*problem.supports, *(Support(p.id, 1) for p in more))
    )
    price = Prices(problem, assign, 1).at(("a", "loft"))
    assert price.words == "6 wishes lost. 6 would find no seat in “Ceph”."


def test_slots_that_share_minutes_are_one_cluster_also_by_way_of_others():
    chain = (Slot(1, 1, 0, 60), Slot(2, 1, 50, 120), Slot(3, 1, 110, 130), Slot(4, 1, 130, 140), Slot(5, 2, 0, 60))
    found = clusters(chain)
    assert found[1] == found[2] == found[3]
    assert len({found[1], found[4], found[5]}) == 3


HERE, THERE = Spot(1, 1), Spot(2, 1, pinned=True, reason="By hand")


def test_changes_lead_there_and_back_and_through_json():
    changes = moves.difference({1: HERE, 2: HERE}, {1: THERE, 3: HERE})
    assert changes == ((1, HERE, THERE), (2, HERE, None), (3, None, HERE))
    assert moves.backwards(changes) == ((1, THERE, HERE), (2, None, HERE), (3, HERE, None))
    assert moves.from_plain(moves.to_plain(changes)) == changes
    assert moves.difference({1: HERE}, {1: HERE}) == ()


def test_a_move_is_hindered_by_what_moved_since_and_by_what_is_in_the_way():
    change = ((1, HERE, THERE),)
    assert moves.hindrance({1: HERE}, change) is None
    assert moves.hindrance({1: THERE}, change) == 1
    assert moves.hindrance({}, change) == 1
    assert moves.hindrance({1: HERE, 2: Spot(2, 1)}, change) == 2
    assert moves.hindrance({1: HERE, 2: Spot(2, None)}, ((1, HERE, Spot(2, None)),)) is None


def test_moves_touch_their_sessions_and_the_cells_they_fill():
    changes = ((1, HERE, THERE), (2, HERE, HERE._replace(pinned=True)))
    assert moves.touches(changes, 1, None)
    assert moves.touches(changes, 9, THERE.cell)
    assert not moves.touches(changes, 9, HERE.cell)
    assert not moves.touches(changes, 2, None)


def cures(assign, room_seats=2, **facts):
    """Return what would help Ceph, which five people want, in a loft of so many seats."""
    rooms = (Room("hall", 40, name="Hall"), Room("loft", room_seats, name="Loft"))
    people = tuple(Person(n, f"P{n}") for n in range(5))
    topics = (Topic(1, "Ceph", **facts), Topic(2, "Logs"))
    supports = tuple(Support(p.id, t) for p in people for t in (1, 2))
    problem = Problem(SLOTS, rooms, topics, people, supports)
    plan = review(problem, assign)
    return remedies(problem, plan, lost_wishes(problem, plan)).get(1, ())


def test_what_would_help_is_counted_exactly():
    assert cures({1: ("a", "loft")}) == (
        "A larger room: 3 more people could come.",
        "Hold it a second time at day 1, 09:00 in Hall: 3 more people could come.",
    )
    assert cures({2: ("a", "hall")}) == ("Hold it at day 1, 10:00 in Hall: 5 more people could come.",)
    assert cures({1: ("a", "hall"), 2: ("a", "loft")}) == ()


def test_one_more_slot_helps_where_no_open_one_does():
    full = {1: ("a", "loft"), 2: ("b", "hall")}
    assert cures(full, slots=frozenset({"a"}), needed=(0,))[-1].startswith(
        ("No room is free at a time that would help. One more slot with it alone:", "Hold it a second time")
    )
    assert cures({1: ("a", "loft")}, plenary=True) == ("A larger room: 3 more people could come.",)
