"""Who is proposed to lead and to shadow."""

from collections import Counter
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from midcycle.agenda.rules.moderating import missing
from midcycle.engines.solver.pairing import Proposal, Task, Volunteer, propose

ADA, BO, CY, DEE = 1, 2, 3, 4


def said(proposals):
    return [(p.session, p.person, p.part) for p in proposals]


def test_somebody_new_is_put_beside_somebody_experienced():
    found = propose([Task(7)], [Volunteer(BO), Volunteer(ADA, led=4)])
    assert found == (
        Proposal(7, ADA, "lead", "Led 4 sessions before."),
        Proposal(7, BO, "shadow", "New beside somebody experienced."),
    )


def test_two_experienced_ones_lead_two_sessions_rather_than_one():
    found = propose([Task(7), Task(8)], [Volunteer(ADA, led=4, most=1), Volunteer(BO, led=1, most=1)])
    assert sorted((session, part) for session, _, part in said(found)) == [(7, "lead"), (8, "lead")]


def test_a_lead_who_was_given_counts_as_experienced():
    assert said(propose([Task(7, lead=ADA)], [Volunteer(BO)])) == [(7, BO, "shadow")]


def test_nobody_is_in_two_places_at_once():
    tasks = [Task(7, frozenset({1})), Task(8, frozenset({1}))]
    assert said(propose(tasks, [Volunteer(ADA, led=1)])) == [(7, ADA, "lead")]
    assert propose([Task(7, frozenset({1}))], [Volunteer(ADA, away=frozenset({1}))]) == ()
    assert propose([Task(7, frozenset({1}))], [Volunteer(ADA)], busy={ADA: {1}}) == ()


def test_who_is_kept_apart_is_proposed_for_no_session_together():
    people = [Volunteer(ADA, led=4, apart=frozenset({BO})), Volunteer(BO)]
    assert said(propose([Task(7)], people)) == [(7, ADA, "lead")]
    assert said(propose([Task(7, lead=ADA)], people[1:])) == [(7, BO, "shadow")]
    assert propose([Task(7, lead=ADA)], [Volunteer(BO, apart=frozenset({ADA}))]) == ()


def test_two_without_a_language_in_common_are_no_pair():
    english, french = frozenset({"english"}), frozenset({"french"})
    people = [Volunteer(ADA, led=4, languages=english), Volunteer(BO, languages=french), Volunteer(CY, languages=english)]
    assert said(propose([Task(7)], people)) == [(7, ADA, "lead"), (7, CY, "shadow")]


def test_who_declined_is_not_proposed_again_and_who_wants_the_session_goes_first():
    task = Task(7, near=frozenset({CY}), declined=frozenset({ADA}))
    assert said(propose([task], [Volunteer(ADA, led=9), Volunteer(BO, led=1), Volunteer(CY, led=1)])) == [(7, CY, "lead")]


def test_loads_are_kept_and_even():
    tasks = [Task(number, frozenset({number})) for number in range(4)]
    found = propose(tasks, [Volunteer(ADA, led=1, most=3), Volunteer(BO, led=1, most=3)])
    assert Counter(person for _, person, part in said(found) if part == "lead") == {ADA: 2, BO: 2}


def test_who_is_missing_is_said_in_words():
    assert missing(["lead", "shadow"]) == ("a note-taker", "a publisher")
    assert missing(["lead", "note_taker", "publisher"]) == ()


times = st.frozensets(st.integers(0, 2), max_size=2)
people_there = st.lists(st.builds(Volunteer, st.just(0), st.integers(0, 1), st.integers(1, 2), times), min_size=1, max_size=3)
sessions = st.lists(st.builds(Task, st.just(0), times), min_size=1, max_size=2)


@settings(max_examples=60)
@example([Task(0, frozenset({1})), Task(0)], [Volunteer(0, most=1, away=frozenset({1})), Volunteer(0, 1, 1)])
@given(sessions, people_there)
def test_proposals_keep_the_rules_and_make_as_many_pairs_as_can_be(tasks, people):
    tasks = [Task(number, task.times) for number, task in enumerate(tasks)]
    people = [Volunteer(10 + number, who.led, who.most, who.away) for number, who in enumerate(people)]
    found = {(session, part): person for session, person, part in said(propose(tasks, people))}
    places = [(task.id, part) for task in tasks for part in ("lead", "shadow")]
    assert is_allowed(found, tasks, people)
    choices = product([None, *(who.id for who in people)], repeat=len(places))
    best = max(
        worth(chosen, people)
        for choice in choices
        if is_allowed(chosen := {place: who for place, who in zip(places, choice, strict=True) if who}, tasks, people)
    )
    assert worth(found, people) == best


def is_allowed(chosen, tasks, people):
    for who in people:
        held = [session for (session, _), person in chosen.items() if person == who.id]
        taken = [at for session in held for at in tasks[session].times]
        if len(held) > who.most or len(set(held)) < len(held) or len(set(taken)) < len(taken) or who.away & set(taken):
            return False
    return True


def worth(chosen, people):
    led = {who.id: who.led for who in people}
    pairs = sum(
        led[person] > 0 and led.get(chosen.get((session, "shadow")), 1) == 0
        for (session, part), person in chosen.items()
        if part == "lead"
    )
    return pairs, sum(part == "lead" for _, part in chosen)
