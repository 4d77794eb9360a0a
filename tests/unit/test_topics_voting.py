"""How voices are counted: order, weights for the agenda, and the method of Schulze against its definition."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.topics.rules import DOTS, METHODS, PLUS_ONE, RANKING, TIES, Mark, fault_in_method, in_order, weights, why_no_dot
from midcycle.topics.rules.schulze import defeats

TOPICS = st.integers(1, 7)
BALLOTS = st.lists(st.dictionaries(st.integers(0, 6), st.integers(1, 4), max_size=7), max_size=9)


def beats_by_definition(count: int, ballots: list[dict[int, int]]) -> set[tuple[int, int]]:
    """Return which topic beats which, by the widest paths of the paper (Floyd and Warshall's loops, section 2.3.1)."""
    every = range(count)
    prefer = [[sum(a in b and c in b and b[a] < b[c] for b in ballots) for c in every] for a in every]
    path = [[prefer[a][c] if prefer[a][c] > prefer[c][a] else 0 for c in every] for a in every]
    for by in every:
        for a in every:
            for c in every:
                if by not in (a, c) and a != c:
                    path[a][c] = max(path[a][c], min(path[a][by], path[by][c]))
    return {(a, c) for a in every for c in every if a != c and path[a][c] > path[c][a]}


@given(TOPICS, BALLOTS)
def test_as_many_topics_beat_each_as_the_paper_says(count, ballots):
    beats = beats_by_definition(count, ballots)
    assert defeats(range(count), ballots) == {topic: sum(loser == topic for _, loser in beats) for topic in range(count)}


@given(TOPICS, BALLOTS)
def test_the_order_keeps_to_every_defeat(count, ballots):
    marks = [Mark(person, topic, place) for person, ballot in enumerate(ballots) for topic, place in ballot.items()]
    strict = [{m.topic: at for at, m in enumerate(sorted((x for x in marks if x.person == p), key=lambda x: (x.rank, x.topic)))}
              for p in range(len(ballots))]  # fmt: skip
    order = in_order(RANKING, range(count), marks)
    assert sorted(order) == list(range(count))
    for winner, loser in beats_by_definition(count, strict):
        assert order.index(winner) < order.index(loser)


def test_the_example_of_the_paper():
    """Schulze 2011, example 1 as told on its first pages: 45 voters, five candidates, E wins."""
    told = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
    ballots = [{"ABCDE".index(name): at for at, name in enumerate(order)} for order, many in told.items() for _ in range(many)]
    beaten = defeats(range(5), ballots)
    assert "".join("ABCDE"[topic] for topic in sorted(beaten, key=lambda topic: beaten[topic])) == "EACBD"


@given(BALLOTS)
def test_who_ranks_one_topic_says_nothing_about_two(ballots):
    alone = [{topic: 1} for topic in range(7)]
    assert defeats(range(7), ballots) == defeats(range(7), ballots + alone)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 9)), unique=True), st.sampled_from(sorted(METHODS)))
def test_each_person_has_one_voice_for_a_topic_whatever_the_method(pairs, method):
    marks = [Mark(person, topic, at) for at, (person, topic) in enumerate(pairs)]
    found = weights(method, marks)
    assert [(voice.person, voice.topic) for voice in found] == sorted(pairs)
    assert {voice.weight for voice in found} <= ({1, 2, 3} if method == RANKING else {1})


def test_of_a_ranking_the_first_third_weighs_most():
    marks = [Mark(1, topic, topic) for topic in range(1, 7)] + [Mark(2, 9, 4), Mark(3, 8, None), Mark(3, 7, 2)]
    found = {(voice.person, voice.topic): voice.weight for voice in weights(RANKING, marks)}
    assert found == {(1, 1): 3, (1, 2): 3, (1, 3): 2, (1, 4): 2, (1, 5): 1, (1, 6): 1, (2, 9): 3, (3, 7): 3, (3, 8): 2}


@pytest.mark.parametrize("method", [PLUS_ONE, DOTS])
def test_most_voices_come_first_and_then_the_earlier(method):
    assert in_order(method, [4, 2, 3], [Mark(1, 2), Mark(2, 2), Mark(1, 3), Mark(1, 99)]) == (2, 3, 4)


def test_without_defeats_more_opinions_come_first_and_then_the_earlier():
    assert in_order(RANKING, [1, 2, 3], [Mark(1, 3, 1), Mark(2, 3, 1), Mark(3, 2, 1)]) == (3, 2, 1)
    assert in_order(RANKING, [5, 4], []) == (5, 4)


def test_dots_stop_hard_and_nothing_else_does():
    assert why_no_dot(DOTS, 2, 2) == "You have given all your 2 dots. Take one back from another topic first."
    assert why_no_dot(DOTS, 1, 3) == "You have given your one dot. Take one back from another topic first."
    assert (why_no_dot(DOTS, 2, 1), why_no_dot(PLUS_ONE, 2, 99), why_no_dot(RANKING, 2, 99)) == (None, None, None)


def test_a_way_to_vote_is_known_and_has_its_rule():
    assert list(TIES) == list(METHODS)
    assert fault_in_method(DOTS, 1) is None
    found = [fault_in_method(method, dots) for method, dots in (("borda", 9), (DOTS, 0), (DOTS, 61))]
    assert [fault and fault[0] for fault in found] == ["method", "dots", "dots"]


def test_many_rankings_are_counted():
    """Topics that all circle: the hardest for paths. It must not take the cube of their number."""
    count = 300
    ballots = [{(start + step) % count: step for step in range(12)} for start in range(count)]
    assert set(defeats(range(count), ballots).values()) == {0}
    line = [dict(zip(pair, (1, 2), strict=True)) for pair in combinations(range(60), 2)]
    assert defeats(range(60), line) == {topic: topic for topic in range(60)}
