"""The score counts what the format says, and every broken rule is found; worked out by hand."""

from dataclasses import replace

import pytest

from midcycle.engines.solver.instance import Agenda, Guest, Hall, Instance, Seat, Spot, Stretch, Theme, Vote, Weights
from midcycle.engines.solver.score import score

EVENT = Instance(
    slots=(Stretch(0, 0), Stretch(0, 0), Stretch(0, 1)),
    rooms=(Hall(3), Hall(2, frozenset({2}))),
    topics=(
        Theme(track=1, must=True, needed=(0,), volunteers=(1, 2), moderators=2),
        Theme(track=1, must=True, duration=2, most=2),
        Theme(track=2),
    ),
    people=(Guest(), Guest(experienced=True, most_moderations=1), Guest(most_moderations=1), Guest(slots=frozenset({0}))),
    votes=(Vote(0, 0, 3), Vote(1, 0, 1), Vote(1, 1, 2), Vote(2, 1, 1), Vote(3, 2, 1)),
    previous={0: Spot(0, 1), 2: Spot(2, 0)},
    weights=Weights(10, 8, 4, 3, 15, 5, 7),
)


def codes(grid: dict[int, Seat], attend: dict[int, tuple[int, ...]] | None = None, event: Instance = EVENT) -> list[str]:
    return sorted(breach.code for breach in score(event, Agenda(grid, attend or {})).breaches)


def test_points_are_counted() -> None:
    grid = {0: Seat(0, 0, (1, 2)), 1: Seat(0, 1)}
    found = score(EVENT, Agenda(grid, {3: ()}))
    # attended: 3 of person 0 and 1 of person 1; a pair; a clash of track 1; topic 0 changed its room, topic 2 is not placed
    assert (found.points, found.breaches) == (10 * 4 + 8 - 3 - 5 - 15 - 7, ())
    assert (found.attended, found.wanted, found.least_share, found.tenth_share) == (4, 8, 0.0, 0.0)


def test_without_personal_agendas_people_choose_by_weight() -> None:
    found = score(EVENT, Agenda({0: Seat(2, 0), 1: Seat(0, 1), 2: Seat(0, 0)}))
    assert (found.attended, found.breaches) == (8, ())


@pytest.mark.parametrize(
    ("grid", "attend", "expected"),
    [
        ({0: Seat(0, 0)}, None, ["not_scheduled"]),
        ({0: Seat(0, 0), 1: Seat(0, 0)}, None, ["room_double"]),
        ({0: Seat(2, 1), 1: Seat(0, 0)}, None, ["room_closed"]),
        ({0: Seat(0, 0), 1: Seat(1, 1)}, None, ["crosses_break", "not_scheduled"]),
        ({0: Seat(0, 9), 1: Seat(0, 1)}, None, ["not_scheduled", "unknown_slot_or_room"]),
        ({0: Seat(0, 0, (3,)), 1: Seat(0, 1)}, None, ["moderator_overloaded", "not_a_volunteer"]),
        ({0: Seat(0, 0, (1, 1)), 1: Seat(0, 1)}, None, ["moderator_overloaded", "too_many_moderators"]),
        ({0: Seat(2, 0), 1: Seat(0, 1)}, {3: (0,)}, ["attends_absent"]),
        ({0: Seat(0, 0), 1: Seat(0, 1)}, {1: (0, 1)}, ["person_double"]),
        ({0: Seat(2, 0), 1: Seat(0, 1)}, {0: (1,), 1: (1,), 2: (1,)}, ["overfull"]),
        ({0: Seat(0, 0), 1: Seat(0, 1)}, {1: (2,)}, ["attends_unscheduled"]),
    ],
)
def test_broken_rules_are_found(grid: dict[int, Seat], attend: dict[int, tuple[int, ...]] | None, expected: list[str]) -> None:
    assert codes(grid, attend) == expected


def test_fixed_times_rooms_and_free_time_are_kept() -> None:
    topics = (replace(EVENT.topics[0], fixed_slot=1, fixed_room=1, slots=frozenset({1})), *EVENT.topics[1:])
    event = replace(EVENT, topics=topics, reserved=frozenset({2}))
    found = codes({0: Seat(2, 0), 1: Seat(0, 1)}, None, event)
    assert found == ["fixed_room", "fixed_slot", "reserved_slot", "slot_not_allowed"]
