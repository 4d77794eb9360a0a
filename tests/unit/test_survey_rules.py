"""What a survey asks, how answers are read, and that nothing published gives a small group away."""

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from midcycle.feedback.rules.asking import GIVEN, LEFT_OUT, NEEDED, NOTHING, Asked, counted, in_order, read, standard_questions
from midcycle.feedback.rules.summary import for_everybody, for_team, shown_values
from midcycle.registration.rules.asking import Choice


def choices(*titles):
    return tuple(Choice(title.lower(), {"en": title}) for title in titles)


FOOD = Asked("own-1", "one", {"en": "The food?", "de": "Das Essen?"}, choices("Good", "Fair", "Poor"), number=1)
PARTS = Asked("own-2", "several", {"en": "What did you go to?"}, choices("Talks", "Groups", "Pub"), number=2)
PACE = Asked("own-3", "scale", {"en": "The pace?"}, choices("Slow", "Fast"), number=3)
MORE = Asked("own-4", "short", {"en": "One word?"}, number=4)
OWN = (FOOD, PARTS, PACE, MORE)
COUNTS = st.fixed_dictionaries({value: st.integers(0, 12) for value in FOOD.values})


def test_the_standard_questions_never_change():
    """Editions are compared by these. Who changes a key or words changes what a figure of last year means."""
    assert {question.key: (question.title(), question.values) for question in standard_questions()} == {
        "heard_how": (
            "How did you hear of this meetup?",
            ("list", "colleague", "forwarded", "last_time", "event", "web", "other"),
        ),
        "on_list": ("Are you on the community's mailing list?", ("yes", "no")),
        "first_time": ("Was this your first meetup of this kind?", ("yes", "no")),
        "free_time": ("Free time between the sessions: was it…", ("too_little", "about_right", "too_much")),
        "come_again": ("Would you come again?", ("yes", "no")),
        "words": ("Anything else, in your own words", ()),
    }


def test_own_questions_stand_before_the_free_words():
    asked = in_order(standard_questions(["heard_how", "first_time"]), OWN)
    assert [question.key for question in asked] == [
        "on_list", "free_time", "come_again", "own-1", "own-2", "own-3", "own-4", "words",
    ]  # fmt: skip


def test_answers_are_read_and_tidied():
    typed = {
        "own-1": ["good"],
        "own-2": ["talks", "pub", "talks"],
        "own-3": ["5"],
        "own-4": [" Great\x00\n stuff "],
        "x": ["y"],
    }
    found = read(OWN, typed)
    assert found.faults == {}
    assert found.answers.chosen == {"own-1": ("good",), "own-2": ("talks", "pub"), "own-3": ("5",)}
    assert found.answers.texts == {"own-4": "Great stuff"}


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({}, {"": NOTHING}),
        ({"own-4": ["\u200b \u2800"]}, {"": NOTHING}),
        ({"own-1": ["great"]}, {"own-1": "Choose one of the list."}),
        ({"own-1": ["good", "poor"]}, {"own-1": "Choose one answer only."}),
        ({"own-2": ["talks", "pubs"]}, {"own-2": "Choose one of the list."}),
        ({"own-3": ["6"]}, {"own-3": "Choose one of the list."}),
        ({"own-4": ["x" * 201]}, {"own-4": "Shorten this to 200 characters."}),
        ({"own-4": ["x" * 200]}, {}),
    ],
)
def test_what_cannot_be_an_answer_is_told(typed, faults):
    assert read(OWN, typed).faults == faults


def test_a_needed_answer_is_needed_on_a_screen_and_not_on_paper():
    needed = Asked("own-1", "one", {"en": "The food?"}, choices("Good", "Poor"), required=True, number=1)
    assert read((needed, MORE), {"own-4": ["x"]}).faults == {"own-1": NEEDED}
    assert read((needed, MORE), {"own-4": ["x"]}, needs_all=False).faults == {}


def test_who_leaves_a_question_out_is_counted_and_who_was_not_asked_is_not():
    gone = Asked("own-9", "one", {"en": "Gone?"}, choices("Yes", "No"), is_retired=True, number=9)
    answers = read((FOOD, PARTS, gone), {"own-2": ["talks", "pub"]}).answers
    assert counted((FOOD, PARTS, gone), answers) == {
        ("own-1", LEFT_OUT), ("own-2", GIVEN), ("own-2", "talks"), ("own-2", "pub"),
    }  # fmt: skip
    in_flight = read((FOOD, gone), {"own-9": ["yes"]}).answers
    assert counted((gone,), in_flight) == {("own-9", GIVEN), ("own-9", "yes")}


def shown(question, counts):
    summary = for_everybody(question, counts, "en")
    return summary.state, [(answer.label, answer.told or answer.count) for answer in summary.answers]


def test_everybody_sees_no_small_group_and_the_team_sees_all():
    counts = {"good": 20, "fair": 3, "poor": 4, GIVEN: 27, LEFT_OUT: 2}
    assert shown(FOOD, counts) == ("shown", [("Good", 20), ("Other answers, each too few to be shown", 7)])
    team = for_team(FOOD, counts, "en")
    assert [(answer.label, answer.count) for answer in team.answers] == [("Good", 20), ("Fair", 3), ("Poor", 4)]
    assert (team.answered, team.left_out) == (27, 2)


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({}, "not_asked"),
        ({"good": 0, "fair": 0, "poor": 0, GIVEN: 0, LEFT_OUT: 0}, "few"),
        ({"good": 4, "fair": 0, "poor": 0, GIVEN: 4, LEFT_OUT: 30}, "few"),
        ({"good": 30, "fair": 0, "poor": 1, GIVEN: 31, LEFT_OUT: 0}, "hidden"),
        ({"good": 30, "fair": 0, "poor": 0, GIVEN: 30, LEFT_OUT: 0}, "shown"),
    ],
)
def test_not_asked_few_and_hidden_are_told_apart(counts, state):
    assert for_everybody(FOOD, counts, "en").state == state


def test_of_several_answers_each_stands_for_itself():
    counts = {"talks": 29, "groups": 14, "pub": 2, GIVEN: 31}
    assert shown(PARTS, counts) == ("shown", [("Talks", "nearly all"), ("Groups", 14), ("Pub", "fewer than five")])


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ((12, 4, 4), "hidden"),  # eight people chose groups or the pub: four each, as each is fewer than five
        ((12, 4, 3), "shown"),
        ((13, 4, 4), "shown"),
        ((11, 6, 4), "shown"),
        ((12, 6, 5), "hidden"),  # three people chose one more
        ((12, 8, 0), "shown"),
        ((12, 10, 8), "shown"),
    ],
)
def test_several_answers_are_hidden_where_together_they_tell_of_a_small_group(counts, state):
    together = dict(zip(("talks", "groups", "pub"), counts, strict=True)) | {GIVEN: min(20, sum(counts))}
    assert for_everybody(PARTS, together, "en").state == state


def test_a_mean_is_shown_only_while_nothing_is_folded():
    whole = {"1": 5, "2": 5, "3": 0, "4": 5, "5": 10, GIVEN: 25}
    folded = {"1": 2, "2": 3, "3": 0, "4": 5, "5": 10, GIVEN: 20}
    assert (for_everybody(PACE, whole, "en").mean, for_everybody(PACE, folded, "en").mean) == ("3.4", "")
    assert for_team(PACE, folded, "en").mean == "3.9"
    assert next(answer.label for answer in for_everybody(PACE, whole, "en").answers) == "1: Slow"


@given(COUNTS)
@example({"good": 6, "fair": 5, "poor": 2})
@example({"good": 0, "fair": 5, "poor": 1})
def test_no_small_group_can_be_worked_out_from_what_is_published(counts):
    """Try every way the hidden counts could be: each small one that is there must be open to more than one reading."""
    whole = sum(counts.values())
    summary = for_everybody(FOOD, counts | {GIVEN: whole}, "en")
    if summary.state != "shown":
        assert not summary.answers
        return
    told = {answer.label: answer.count for answer in summary.answers}
    visible = [value for value in FOOD.values if FOOD.label(value) in told]
    assert all(counts[value] == 0 or counts[value] >= 5 for value in visible)
    hidden = [value for value in FOOD.values if value not in visible]
    left = whole - sum(counts[value] for value in visible)
    possible = [
        dict(zip(hidden, each, strict=True)) for each in product(range(left + 1), repeat=len(hidden)) if sum(each) == left
    ]
    alike = [
        each
        for each in possible
        if shown(FOOD, {**{v: counts[v] for v in visible}, **each, GIVEN: whole}) == shown(FOOD, counts | {GIVEN: whole})
    ]
    for value in hidden:
        assert counts[value] == 0 or len({each[value] for each in alike}) > 1


@given(COUNTS)
def test_only_counts_of_none_or_five_and_more_are_exact(counts):
    assert all(counts[value] == 0 or counts[value] >= 5 for value in shown_values(FOOD, counts))
