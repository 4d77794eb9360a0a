"""Files of problems and plans: what is right is read and written again, what is wrong gets a sentence, at once."""

import json
import resource
import time
from typing import Any

import pytest

from midcycle.engines.solver.format import MOST_BYTES, FormatError, read_instance, read_plan, write_instance, write_plan
from midcycle.engines.solver.instance import Agenda, Certificate, Seat, Spot, Vote


def problem(**changes: Any) -> dict[str, Any]:
    return {
        "format": "midcycle-agenda/1",
        "name": "small",
        "slots": [{"id": 0, "day": 0, "block": 0, "label": "A"}, {"id": 1, "day": 0, "block": 0, "label": "B"}],
        "reserved": [],
        "rooms": [{"id": 0, "name": "hall", "capacity": 20, "closed": [1]}],
        "topics": [
            {"id": 0, "format": "bof", "track": 1, "duration": 1, "max_people": 25, "must": True, "fixed_slot": None,
             "fixed_room": None, "slots": None, "needed": [1], "volunteers": [0], "moderators_wanted": 2},
        ],
        "people": [
            {"id": 1, "experienced": True, "lead": False, "slots": None, "max_moderations": 3},
            {"id": 0, "experienced": False, "lead": False, "slots": [0], "max_moderations": 1},
        ],
        "votes": [[0, 0, 2]],
        "previous": {"0": {"slot": 1, "room": 0}},
        "weights": {"attend": 10, "pair": 8, "one_moderator": 4, "track_clash": 0, "move_slot": 15, "move_room": 4},
        **changes,
    }  # fmt: skip


def read(top: object) -> Any:
    return read_instance(json.dumps(top).encode())


def test_a_problem_is_read() -> None:
    instance = read(problem())
    assert (instance.votes, instance.previous) == ((Vote(0, 0, 2),), {0: Spot(1, 0)})
    assert (instance.people[0].slots, instance.people[1].experienced) == (frozenset({0}), True)
    assert (instance.seats(0, 0), instance.starts(0), instance.weights.unscheduled) == (20, [0, 1], 0)


def test_a_plan_is_written_and_read_again() -> None:
    instance = read(problem())
    plan = Agenda({0: Seat(0, 0, (0,))}, {1: (0,)}, Certificate(20.5, (1.25,), (0.1, 0.0), {"0 0 1": -2.0}))
    assert read_plan(write_plan(plan), instance) == plan


def test_a_plan_of_before_a_topic_was_added_can_be_begun_from() -> None:
    before, top = read(problem()), problem()
    now = read({**top, "topics": [*top["topics"], {**top["topics"][0], "id": 1}]})
    plan = Agenda({0: Seat(0, 0)}, {}, Certificate(20.5, (1.25,), (0.1, 0.0), {}))
    assert read_plan(write_plan(plan), now, grown=True) == plan
    with pytest.raises(FormatError, match=r"The certificate is not for this problem"):
        read_plan(write_plan(plan), now)
    wider = Agenda({}, {}, Certificate(1.0, (1.0, 2.0), (0.0, 0.0), {}))
    with pytest.raises(FormatError, match=r"The certificate is not for this problem"):
        read_plan(write_plan(wider), before, grown=True)


def test_a_problem_is_written_and_read_again() -> None:
    instance = read(problem())
    assert read_instance(write_instance(instance)) == instance


def changed(kind: str, at: int, **fields: Any) -> dict[str, Any]:
    top = problem()
    top[kind][at] = {**top[kind][at], **fields}
    return top


WRONG = [
    ([], "the problem is not an object."),
    (problem(format="other"), 'The problem is not of the format "midcycle-agenda/1".'),
    (problem(slots=[]), "There are no slots."),
    (problem(rooms={}), "rooms is not a list."),
    (changed("people", 0, id=0), "The id 0 is given twice among the people."),
    (changed("people", 0, id=7), "The ids of the people are not 0 to 1: there is 7."),
    (changed("rooms", 0, capacity=-1), "rooms 0: capacity is -1, not 0 to 1000000."),
    (changed("rooms", 0, capacity=1.5), "rooms 0: capacity is not a whole number."),
    (changed("rooms", 0, closed=[2]), "rooms 0: closed names something that is not there."),
    (changed("topics", 0, duration=0), "topics 0: duration is 0, not 1 to 4."),
    (changed("topics", 0, needed=[1, 1]), "topics 0: needed names something twice."),
    (changed("topics", 0, must=1), "topics 0: must is neither true nor false."),
    (changed("topics", 0, id=10**100), "topics, number 0: id is huge, not 0 to 1000000000."),
    (problem(votes=[[0, 0]]), "Vote number 0 is not three whole numbers: person, topic, weight."),
    (problem(votes=[[0, 0, True]]), "Vote number 0 is not three whole numbers: person, topic, weight."),
    (problem(votes=[[0, 9, 1]]), "Vote number 0 names a person or a topic that is not there."),
    (problem(votes=[[0, 0, 1], [0, 0, 2]]), "Person 0 votes twice for topic 0."),
    (problem(votes=[[0, 0, 10]]), "Vote number 0 has a weight that is not 1 to 9."),
    (problem(weights={"attend": -1}), "The weight attend is not 0 to 1000000."),
    (problem(weights={"attend": "x"}), "The weight attend is not a number."),
    (problem(weights={"attend": 10**400}), "The weight attend is not 0 to 1000000."),
    (problem(previous={"9": {"slot": 0, "room": 0}}), 'previous: "9" is not an id.'),
    (problem(previous={"0": {"slot": 5, "room": 0}}), "previous: slot is 5, not 0 to 1."),
]


@pytest.mark.parametrize(("top", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_what_is_wrong_is_said(top: object, sentence: str) -> None:
    with pytest.raises(FormatError) as error:
        read(top)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{", "The file is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)."),
        (b"[" * 200_000, "The file is nested too deeply."),
        (b'{"a": NaN}', "The file has NaN where a number belongs."),
        (b'{"a": Infinity}', "The file has Infinity where a number belongs."),
        (b'{"a": 1, "a": 2}', '"a" is given twice.'),
        (b"", "The file is empty."),
        (b'{"a": ' + b"9" * 5_000 + b"}", "The file has a number of thousands of digits."),
        (b"\xff\xfe\x00", "The file is not JSON: 'utf-16-le' codec can't decode byte 0x00 in position 2: truncated data."),
        (b" " * (MOST_BYTES + 1), "The file has 6.0 MB; at most 6 MB are read."),
    ],
    ids=["torn", "deep", "nan", "infinity", "twice", "empty", "digits", "bytes", "large"],
)
def test_hostile_files_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(FormatError) as error:
        read_instance(data)
    assert str(error.value) == sentence


def test_many_keys_are_looked_through_once() -> None:
    keys = b",".join(b'"k%d": 1' % n for n in range(200_000))
    began = time.process_time()
    with pytest.raises(FormatError, match=r'^"k9" is given twice\.$'):
        read_instance(b"{" + keys + b', "k9": 1}')
    assert time.process_time() - began < 5


def test_a_million_votes_are_refused_in_little_memory() -> None:
    votes = b"[0,0,1]" + b",[0,0,1]" * 600_000
    data = json.dumps(problem(votes=[])).encode().replace(b'"votes": []', b'"votes": [' + votes + b"]")
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(FormatError, match=r"There are 600001 votes; at most 400000 are read\."):
        read_instance(data)
    assert time.process_time() - began < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_tables_that_would_not_fit_are_refused() -> None:
    people = [{"id": p} for p in range(20_000)]
    topics = [{"id": t, "duration": 1 + t % 4} for t in range(1_000)]
    with pytest.raises(FormatError, match=r"its tables of votes would take 270 MB, 100 at the most\."):
        read(problem(people=people, topics=topics, votes=[[0, 0, 9]], previous=None))


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({}, "assign is not an object."),
        ({"assign": {"5": {"slot": 0, "room": 0}}}, 'assign 5: "5" is not an id.'),
        ({"assign": {"0": {"slot": 0}}}, "assign 0: room is not a whole number."),
        ({"assign": {}, "attend": {"0": [4]}}, "attend 0 names something that is not there."),
        ({"assign": {}, "certificate": {"bound": "x", "prices": [], "slots": []}},
         "The certificate has something that is no number."),
        ({"assign": {}, "certificate": {"bound": 1, "prices": [], "slots": []}},
         "The certificate is not for this problem: it has not one price for each topic and slot."),
    ],
)  # fmt: skip
def test_a_plan_that_is_none_is_refused(plan: object, sentence: str) -> None:
    with pytest.raises(FormatError) as error:
        read_plan(json.dumps(plan).encode(), read(problem()))
    assert str(error.value) == sentence
