"""Data points mean the same in every edition, and small numbers are never shown."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.feedback.rules import (
    HANDS,
    REMARKS,
    SURVEY,
    SURVEY_QUESTIONS,
    Evidence,
    SurveyAnswers,
    Votes,
    data_points,
    fault_in_answers,
    fault_in_hands,
    fault_in_remark,
    may_open,
    own_question,
)
from midcycle.meetups.rules import STAGES

NUMBERS = st.integers(0, 10_000)
VOTES = st.builds(Votes, NUMBERS, NUMBERS)
EVIDENCE = st.builds(
    Evidence,
    hands=st.dictionaries(st.sampled_from([*HANDS, "own:pads"]), VOTES),
    survey=st.fixed_dictionaries(
        {}, optional={q: st.dictionaries(st.sampled_from(list(values)), NUMBERS) for q, values in SURVEY.items()}
    ),
    registered=st.dictionaries(st.sampled_from(["on_list", "first_time", "forwarded"]), VOTES),
    answered=st.integers(0, 50),
    asked=st.integers(50, 500),
)


def told(evidence: Evidence) -> dict[str, tuple[int, int, str]]:
    return {point.key: (point.part, point.whole, point.method) for point in data_points(evidence)}


def test_manchester_counted_thirty_percent_by_hands():
    (point,) = data_points(Evidence(hands={"on_list": Votes(yes=84, no=36)}))
    assert (point.key, point.share, point.percent.split()) == ("share_not_on_list", Fraction(3, 10), ["30", "%"])
    assert point.origin == "A show of hands in the room: 36 of 120 hands that went up."
    assert (point.method_name, point.of_whom) == ("Show of hands", "of the hands that went up")
    assert point.said == "were not on the community's list"


def test_hands_come_before_the_survey_and_the_survey_before_registrations():
    survey = {"on_list": {"yes": 6, "no": 4}}
    registered = {"on_list": Votes(70, 30)}
    assert told(Evidence({"on_list": Votes(5, 5)}, survey, registered)) == {"share_not_on_list": (5, 10, "hands")}
    assert told(Evidence({}, survey, registered)) == {"share_not_on_list": (4, 10, "survey")}
    assert told(Evidence({}, {}, registered)) == {"share_not_on_list": (30, 100, "registrations")}


@pytest.mark.parametrize(("people", "shown"), [(4, {}), (5, {"share_come_again": (5, 5, "survey")})])
def test_fewer_than_five_answers_are_not_shown(people, shown):
    assert told(Evidence(survey={"come_again": {"yes": people}})) == shown


def test_fewer_than_five_registrations_or_slips_are_not_shown():
    assert told(Evidence(registered={"first_time": Votes(4, 0)}, answered=4, asked=40)) == {}
    assert told(Evidence(registered={"first_time": Votes(5, 0)}, answered=5, asked=40)) == {
        "share_first_time": (5, 5, "registrations"),
        "survey_response_share": (5, 40, "count"),
    }


@pytest.mark.parametrize("said", [Votes(100, 4), Votes(1, 100), Votes(4, 4)])
def test_registrations_bear_names_so_a_side_of_fewer_than_five_people_is_not_shown(said):
    assert told(Evidence(registered={"first_time": said})) == {}


def test_every_data_point_in_its_fixed_order():
    survey = {
        "on_list": {"yes": 7, "no": 3},
        "first_time": {"yes": 4, "no": 6},
        "free_time": {"too_little": 5, "about_right": 4, "too_much": 1},
        "come_again": {"yes": 9, "no": 1},
        "heard_how": {"list": 6, "forwarded": 2, "other": 2},
    }
    assert told(Evidence(survey=survey, answered=10, asked=40)) == {
        "share_not_on_list": (3, 10, "survey"),
        "share_first_time": (4, 10, "survey"),
        "share_free_time_too_little": (5, 10, "survey"),
        "share_come_again": (9, 10, "survey"),
        "share_heard_by_forwarding": (2, 10, "survey"),
        "survey_response_share": (10, 40, "count"),
    }


def test_hands_against_enough_free_time_wanted_more():
    assert told(Evidence(hands={"free_time_enough": Votes(20, 60)})) == {"share_free_time_too_little": (60, 80, "hands")}


@given(EVIDENCE)
def test_every_share_is_a_share_and_says_where_it_comes_from(evidence):
    for point in data_points(evidence):
        assert 0 <= point.part <= point.whole
        assert point.share == Fraction(point.part, point.whole)
        assert point.whole >= 5 or point.method == "hands"
        assert point.method != "registrations" or {1, 2, 3, 4}.isdisjoint({point.part, point.whole - point.part})
        assert f" {point.part} of " in point.origin
        assert point.said.endswith(point.label)


def test_every_question_has_words():
    assert list(SURVEY) == list(SURVEY_QUESTIONS)


def test_only_what_was_answered_is_chosen():
    assert SurveyAnswers().chosen == {}
    assert SurveyAnswers("list", on_list=False, first_time=True, free_time="too_much", words="Hello").chosen == {
        "heard_how": "list",
        "on_list": "no",
        "first_time": "yes",
        "free_time": "too_much",
    }


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        (SurveyAnswers(), (None, "Answer at least one question, whichever you like.")),
        (SurveyAnswers(words="Thanks"), None),
        (SurveyAnswers(come_again=False), None),
        (SurveyAnswers(free_time="a lot"), ("free_time", "Choose one of: Too little, About right, Too much.")),
        (SurveyAnswers(words="x" * 4001), ("words", "Shorten this to 4000 characters.")),
    ],
)
def test_an_answer_says_something_known(answers, fault):
    assert fault_in_answers(answers) == fault


@pytest.mark.parametrize(
    ("question", "asked", "votes", "people", "field"),
    [
        ("on_list", "", Votes(84, 36), 120, None),
        ("own:pads", "Did you use a pad?", Votes(1, 0), 0, None),
        ("own:pads", "", Votes(1, 0), 0, "asked"),
        ("own:pads", "x" * 201, Votes(1, 0), 0, "asked"),
        ("own:", "Anything?", Votes(1, 0), 0, "question"),
        ("own:Pads <b>", "Anything?", Votes(1, 0), 0, "question"),
        ("share_not_on_list", "", Votes(1, 0), 0, "question"),
        ("on_list", "", Votes(0, 0), 120, "yes"),
        ("on_list", "", Votes(-1, 5), 120, "yes"),
        ("on_list", "", Votes(5, -1), 120, "no"),
        ("on_list", "", Votes(241, 0), 120, "yes"),
        ("on_list", "", Votes(120, 121), 120, "yes"),
        ("on_list", "", Votes(240, 0), 120, None),
        ("on_list", "", Votes(100, 0), 3, None),
        ("on_list", "", Votes(0, 101), 3, "no"),
        ("on_list", "", Votes(2000, 0), 0, None),
        ("on_list", "", Votes(10**30, 0), 0, "yes"),
    ],
)
def test_hands_are_counted_within_reason(question, asked, votes, people, field):
    fault = fault_in_hands(question, asked, votes, people)
    assert (fault[0] if fault else None) == field


@given(st.text(max_size=200))
def test_a_question_in_own_words_has_a_key_that_is_taken(asked):
    key = own_question(asked)
    assert key == own_question(asked)
    assert re.fullmatch(r"own:[a-z0-9-]{1,50}", key)
    assert fault_in_hands(key, "asked", Votes(1, 0), 0) is None


def test_questions_in_other_scripts_do_not_share_a_key():
    assert own_question("時間は足りましたか") != own_question("また来ますか")


def test_a_remark_is_short_and_of_a_kind():
    assert [fault_in_remark(kind, "More free time") for kind in REMARKS] == [None, None, None]
    wrong = [fault_in_remark("praise", "x"), fault_in_remark("lesson", ""), fault_in_remark("lesson", "x" * 1001)]
    assert [fault and fault[0] for fault in wrong] == ["kind", "text", "text"]


def test_the_survey_opens_when_people_are_there():
    assert [stage for stage in STAGES if may_open(stage)] == ["on_site", "wrap_up"]
