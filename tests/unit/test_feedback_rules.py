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
    Votes,
    data_points,
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
    survey = {"on_list": {"yes": 6, "no": 5}}
    registered = {"on_list": Votes(70, 30)}
    assert told(Evidence({"on_list": Votes(5, 5)}, survey, registered)) == {"share_not_on_list": (5, 10, "hands")}
    assert told(Evidence({}, survey, registered)) == {"share_not_on_list": (5, 11, "survey")}
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
        "on_list": {"yes": 14, "no": 6},
        "first_time": {"yes": 8, "no": 12},
        "free_time": {"too_little": 10, "about_right": 7, "too_much": 3},
        "come_again": {"yes": 20, "no": 0},
        "heard_how": {"list": 8, "forwarded": 7, "web": 3, "other": 2},
    }
    assert told(Evidence(survey=survey, answered=20, asked=40)) == {
        "share_not_on_list": (6, 20, "survey"),
        "share_first_time": (8, 20, "survey"),
        "share_free_time_too_little": (10, 20, "survey"),
        "share_come_again": (20, 20, "survey"),
        "share_heard_by_forwarding": (7, 20, "survey"),
        "survey_response_share": (20, 40, "count"),
    }


@pytest.mark.parametrize(
    "survey",
    [
        {"come_again": {"yes": 39, "no": 1}},
        {"on_list": {"yes": 16, "no": 4}},
        {"heard_how": {"list": 6, "forwarded": 5, "other": 2}},  # others would be 7 - 5
        {"heard_how": {"list": 6, "web": 4, "other": 2, "forwarded": 0}},  # others would be fewer than they look
    ],
)
def test_a_share_the_page_of_results_folds_is_no_data_point(survey):
    assert told(Evidence(survey=survey)) == {}


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
