"""How people heard is told in groups of five and more, and editions are compared where enough people said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.flows import Flow
from midcycle.kernel.folding import Group
from midcycle.reach.rules import (
    NO_LINK,
    NOT_SAID,
    PASSED_ON,
    Picture,
    Share,
    code_for,
    drawing_of,
    picture_of,
    share_of,
    shares_of,
    why_not_published,
)
from midcycle.registration.rules import HEARD
from midcycle.registration.rules.ways import LONGEST_CODE, USUAL, Way

NAMES = {"ops": "List of the operators"}
CAME = [("ops", "list", 9), ("ops~1", "forwarded", 6), ("~2", "forwarded", 5), ("gone", "", 3), ("", "list", 5)]
WAYS = st.sampled_from(["", "ops", "ops~1", "ops~2", "~1", "poster", "gone", "ops~9"])
ANSWERS = st.sampled_from(["", "list", "forwarded", "colleague", "a radio", "other"])


def test_links_and_answers_are_joined_and_small_groups_folded() -> None:
    found = picture_of(CAME, {"forwarded": 9, "list": 6, "web": 1}, NAMES)
    assert found == Picture(
        people=28,
        ways=(Group(PASSED_ON, 11), Group("List of the operators", 9), Group(NO_LINK, 8)),
        said=(Group(HEARD["list"], 14), Group("Others", 14)),
        flows=(Flow("List of the operators", HEARD["list"], 9),),  # the others would tell who said nothing
        hands=(Group("Second hand", 6), Group("Third hand", 5)),
        began=(Group("List of the operators", 6), Group("Somewhere else", 5)),
        survey=(Group(HEARD["forwarded"], 9), Group("Others", 7)),
        surveyed=16,
    )
    assert Picture.from_facts(found.as_facts()) == found


def test_a_small_answer_hides_flows_that_would_give_it_away() -> None:
    """Three of those without a link said nothing: from the sums shown it may as well be five."""
    found = picture_of([*CAME, ("poster", "", 6), ("poster", "list", 5)], {}, NAMES)
    assert found.survey == ()
    assert all(flow.count >= 5 for flow in found.flows)


def test_too_few_people_make_no_picture_and_too_few_answers_no_survey() -> None:
    assert picture_of([("ops", "list", 4)], {"list": 4}, NAMES) == Picture()
    assert picture_of([("ops", "list", 9)], {"list": 4}, NAMES).surveyed == 0
    assert "Nothing to show yet" in drawing_of(Picture())


@given(st.lists(st.tuples(WAYS, ANSWERS, st.integers(0, 12)), max_size=12), st.dictionaries(ANSWERS, st.integers(0, 9)))
def test_nothing_that_is_told_is_below_five(came: list[tuple[str, str, int]], survey: dict[str, int]) -> None:
    found = picture_of(came, survey, NAMES)
    groups = (*found.ways, *found.said, *found.hands, *found.began, *found.survey, *found.flows)
    assert all(group.count >= 5 for group in groups)
    passed_on = sum(group.count for group in found.ways if group.label == PASSED_ON)
    assert all(sum(group.count for group in part) in {0, passed_on} for part in (found.hands, found.began))
    assert drawing_of(found).startswith("<svg")


def test_editions_are_compared_by_those_who_said_how_they_heard() -> None:
    whole = Picture(people=50, said=(Group(HEARD["list"], 20), Group(HEARD["web"], 20), Group(NOT_SAID, 10)))
    shares = shares_of(whole)
    assert whole.answered == 40
    assert (shares[HEARD["list"]], shares[HEARD["event"]]) == (Share("50 %", 35, 65), Share("0 %", 0, 9))
    folded = Picture(people=50, said=(Group(HEARD["list"], 40), Group("Others", 10)))
    assert (shares_of(folded)[HEARD["list"]], shares_of(folded)[HEARD["event"]]) == (Share("80 %", 67, 89), None)
    assert set(shares_of(Picture()).values()) == {None}


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_lies_in_its_interval(counts: tuple[int, int]) -> None:
    part, whole = counts
    share = share_of(part, whole)
    assert 0 <= share.low <= 100 * part / whole + 0.5
    assert 100 * part / whole - 0.5 <= share.high <= 100


@given(st.text(max_size=80), st.sets(st.text(alphabet="abc-", max_size=4)))
def test_every_name_makes_a_code_of_its_own(name: str, taken: set[str]) -> None:
    code = code_for(name, taken)
    assert code not in {*taken, *USUAL}
    assert len(code) <= LONGEST_CODE
    assert Way.of(code) == Way(code)


def test_names_that_are_the_same_without_accents_get_numbers() -> None:
    assert code_for("Café", ["cafe"]) == "cafe-2"
    assert code_for("A poster", []) == "a-poster"
    assert code_for("poster", ["poster-2"]) == "poster-3"
    assert code_for("x" * 60, ["x" * 30]) == f"{'x' * 27}-2"


@pytest.mark.parametrize(
    ("stage", "is_open", "picture", "begins"),
    [
        ("on_site", False, picture_of(CAME, {}, NAMES), "This is counted once"),
        ("wrap_up", True, picture_of(CAME, {}, NAMES), "Close the survey first"),
        ("wrap_up", False, Picture(), "Fewer than 5 people came"),
    ],
)
def test_it_is_published_when_it_will_not_change(stage: str, is_open: bool, picture: Picture, begins: str) -> None:
    assert (why_not_published(stage, survey_is_open=is_open, picture=picture) or "").startswith(begins)
    assert why_not_published("wrap_up", survey_is_open=False, picture=picture_of(CAME, {}, NAMES)) is None
