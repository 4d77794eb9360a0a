"""What of an agenda stands when something has happened, what may be done about it, and what has begun."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.agenda.rules import clock, values
from midcycle.agenda.rules.replanning import new_conflicts, situation, without_musts
from midcycle.engines.solver.check import check
from midcycle.engines.solver.model import Person, Problem, Room, Slot, Support, Topic

SLOTS = tuple(Slot(n, 1, 540 + 60 * n, 590 + 60 * n) for n in range(4))
ROOMS = (Room("hall", 50), Room("loft", 10))
FIRST = date(2027, 3, 28)  # clocks go forward in Lisbon that night


def problem(*topics, away=(), shut=(), supports=()):
    people = tuple(
        Person(p, slots=None if p != "ada" else frozenset(n for n in range(4) if n not in away)) for p in ("ada", "bo")
    )
    rooms = tuple(replace(room, closed=frozenset(slot for name, slot in shut if name == room.id)) for room in ROOMS)
    return Problem(SLOTS, rooms, topics, people, tuple(Support(person, topic) for person, topic in supports))


def topic(key, **facts):
    return Topic(key, key, **facts)


@pytest.mark.parametrize(("now", "expected"), [("08:59", set()), ("09:00", {1}), ("09:30", {1}), ("10:00", {1, 2})])
def test_a_slot_has_begun_by_the_clocks_of_the_meetup(now, expected):
    slots = [values.Slot(1, 2, time(10), time(10, 50)), values.Slot(2, 2, time(11), None), values.Slot(3, 2, None, None)]
    at = datetime.combine(date(2027, 3, 29), time.fromisoformat(now), tzinfo=UTC)  # an hour behind Lisbon by then
    assert clock.begun(slots, starts_on=FIRST, timezone="Europe/Lisbon", now=at) == expected


def test_without_a_date_nothing_has_begun():
    slots = [values.Slot(1, 1, time(0), None)]
    assert clock.begun(slots, starts_on=None, timezone="UTC", now=datetime(2090, 1, 1, tzinfo=UTC)) == set()


def test_what_has_begun_leaves_the_problem_with_its_wishes():
    given = problem(topic("a"), topic("b"), supports=[("bo", "a"), ("bo", "b")])
    now = situation(given, {"a": (0, "hall"), "b": (1, "hall")}, {0})
    assert [t.id for t in now.problem.topics] == ["b"]
    assert [slot.id for slot in now.problem.slots] == [1, 2, 3]
    assert [support.topic for support in now.problem.supports] == ["b"]
    assert now.problem.topics[0].slots == {1, 2, 3}


def test_what_reaches_into_a_time_to_come_stays_pinned():
    long = Slot("0+1", 1, 540, 650)
    given = replace(problem(topic("a"), topic("b")), slots=(*SLOTS, long))
    now = situation(given, {"a": ("0+1", "loft"), "b": (1, "loft")}, {0, "0+1"})
    pinned = {t.id: (t.pinned_slot, t.pinned_room) for t in now.problem.topics}
    assert pinned == {"a": ("0+1", "loft"), "b": (None, None)}
    assert list(now.upset) == ["b"]


def test_of_two_that_exclude_each_other_the_firmer_stays():
    pairs = [
        ({"must": True}, {}),
        ({"pinned_slot": 0}, {"must": True}),
        ({"plenary": True}, {"pinned_slot": 0}),
    ]
    for firm, loose in pairs:
        given = problem(topic("x", **firm), topic("y", **loose))
        assert list(situation(given, {"x": (0, "hall"), "y": (0, "hall")}, ()).upset) == ["y"]


def test_a_pin_that_cannot_hold_is_let_go_and_others_are_not():
    given = problem(topic("a", pinned_slot=0, pinned_room="hall"), topic("b", pinned_slot=1), shut=[("hall", 0)])
    now = situation(given, {"a": (0, "hall"), "b": (1, "loft")}, ())
    assert now.let_go == ("a",)
    assert {t.id: (t.pinned_slot, t.pinned_room) for t in now.problem.topics} == {"a": (None, None), "b": (1, None)}


def test_whose_people_are_away_keeps_no_claim_on_the_time_and_whose_room_is_shut_does():
    given = problem(topic("a", needed=("ada",)), topic("b"), away=[0], shut=[("loft", 1)])
    now = situation(given, {"a": (0, "hall"), "b": (1, "loft")}, ())
    assert now.kept == {}
    assert now.previous == {"b": (1, "loft")}


def test_musts_without_a_place_give_way_when_they_must():
    given = problem(topic("a", must=True), topic("b", must=True))
    assert [t.must for t in without_musts(given, {"a": (0, "hall")}).topics] == [True, False]


def test_only_conflicts_that_were_not_there_before_are_new():
    given = problem(topic("a"), topic("b"), shut=[("hall", 0)])
    before = {"a": (0, "hall"), "b": (1, "loft")}
    assert new_conflicts(given, before, {**before, "b": (2, "loft")}) == ()
    (sentence,) = new_conflicts(given, before, {**before, "b": (0, "hall")} | {"a": (1, "loft")})
    assert sentence.startswith("b is in room hall, which is closed")


_places = st.tuples(st.integers(0, 3), st.sampled_from(["hall", "loft"]))
_topics = st.builds(
    lambda key, needed, must, pinned: topic(key, needed=needed, must=must, pinned_slot=pinned),
    st.just(""),
    st.sampled_from([(), ("ada",), ("ada", "bo")]),
    st.booleans(),
    st.sampled_from([None, 0, 2]),
)


@given(
    st.lists(st.tuples(_topics, _places), max_size=8),
    st.sets(st.integers(0, 3)),
    st.sets(st.tuples(st.sampled_from(["hall", "loft"]), st.integers(0, 3))),
    st.integers(0, 4),
)
def test_what_is_kept_of_times_to_come_breaks_no_rule(held, away, shut, begun):
    topics = [replace(one, id=str(n)) for n, (one, _) in enumerate(held)]
    given_problem = problem(*topics, away=away, shut=shut)
    stands = {str(n): place for n, (_, place) in enumerate(held)}
    now = situation(given_problem, stands, set(range(begun)))
    bare = replace(given_problem, topics=tuple(replace(one, pinned_slot=None, must=False) for one in topics))
    assert check(bare, now.kept, None) == ()
    assert {t for t, place in stands.items() if place[0] >= begun} == {*now.kept, *now.upset}
