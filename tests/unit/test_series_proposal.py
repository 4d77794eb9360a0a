"""What comes next, by the rule and the summits known."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from midcycle.series.rules.facts import edition_of, read_file, rule_in
from midcycle.series.rules.proposal import propose
from midcycle.series.rules.rotation import Edition, Rule, Summit
from tests.unit.test_series_rotation import EDITIONS, RULES, WORDS
from tests.worlds.series import FILE, THREE

RULE = Rule(1, THREE, opposes_summit=True, never_twice=True)
TODAY = date(2027, 1, 10)
OSLO = Edition(
    "oslo", "Oslo", "europe", date(2026, 9, 8), date(2026, 9, 9), summit=Summit("Denver", "north-america", date(2026, 11, 17))
)
TOKYO = Edition("tokyo", "Tokyo", "asia", date(2026, 2, 3), summit=Summit("Lyon", "europe", date(2026, 4, 14)))
VANCOUVER = Summit("Vancouver", "north-america", date(2027, 8, 17))


def test_the_region_that_waited_longest_of_those_the_rule_leaves_is_proposed():
    proposal = propose([OSLO, TOKYO], RULE, [VANCOUVER], today=TODAY)
    assert proposal.region == THREE[2]
    assert [(choice.region.key, choice.is_left, choice.reasons) for choice in proposal.choices] == [
        ("apac", True, ("Last there in February 2026, with Tokyo.",)),
        ("north-america", False, ("The next summit, Vancouver, is in this region.",)),
        ("europe", False, ("The last edition, Oslo, was in this region.",)),
    ]
    assert (proposal.summit, proposal.lacks) == (VANCOUVER, ())


def test_the_window_is_as_long_before_the_summit_as_it_used_to_be():
    proposal = propose([OSLO, TOKYO], RULE, [VANCOUVER], today=TODAY)
    assert (proposal.earliest, proposal.latest) == (date(2027, 5, 18), date(2027, 6, 29))  # ten weeks before, and three around
    said = "The summit that follows is Vancouver in August 2027. "
    assert proposal.reasons == (f"{said}The window is about 10 weeks before it, as it was for 2 editions so far.",)


def test_hosts_get_time_and_the_rule_its_gap():
    soon = replace(VANCOUVER, on=date(2027, 6, 20))
    proposal = propose([], RULE, [soon], today=TODAY)
    assert (proposal.earliest, proposal.latest) == (TODAY + timedelta(weeks=16), date(2027, 5, 2))
    gap = propose([OSLO], replace(RULE, least_gap=12), [], today=TODAY)
    assert gap.earliest == date(2027, 9, 8)
    assert gap.reasons == ("Not before 8 September 2027: the rule asks for 12 months after Oslo.",)


def test_a_summit_too_near_is_passed_over_for_the_next_one():
    near = Summit("Lyon", "europe", date(2027, 2, 1))
    proposal = propose([TOKYO], RULE, [near, VANCOUVER], today=TODAY)
    assert proposal.summit == VANCOUVER
    assert proposal.region == THREE[1]


def test_what_is_missing_is_said():
    assert propose([], None, [], today=TODAY).lacks == ("There is no rule yet, so no region can be proposed.",)
    assert propose([], Rule(1), [], today=TODAY).lacks == ("The rule names no regions to choose from.",)
    assert propose([OSLO], RULE, [], today=TODAY).lacks == (
        "No summit after that is known with its region. Add it to the calendar; the proposal may change then.",
    )
    stuck = propose([OSLO], Rule(1, THREE[1:2], never_twice=True), [], today=TODAY)
    assert (stuck.region, stuck.lacks) == (
        None,
        ("The rule leaves no region. Decide on one all the same and make it an exception, with its reason.",),
    )


def test_after_milan_the_real_series_would_have_gone_where_it_went():
    facts = read_file(FILE.read_bytes())
    assert facts.terms is not None
    until = [edition_of(past) for past in facts.editions if past.starts_on and past.starts_on < date(2017, 4, 1)]
    sydney = Summit("Sydney", "apac", date(2017, 11, 6))
    proposal = propose(until, rule_in(facts.terms), [sydney], today=date(2017, 4, 1))
    assert proposal.region == THREE[0]  # Mexico City
    assert proposal.earliest <= date(2017, 8, 31) <= proposal.latest  # it was in August; its days are not known


SUMMITS = st.lists(
    st.builds(Summit, st.just("Denver"), WORDS, st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))), max_size=4
)


@given(EDITIONS, RULES, SUMMITS)
def test_a_proposal_is_never_in_the_past_nor_against_the_rule(editions, rules, summits):
    rule = rules[0] if rules else None
    proposal = propose(editions, rule, summits, today=TODAY)
    assert TODAY < proposal.earliest <= proposal.latest
    left = [choice for choice in proposal.choices if choice.is_left]
    assert proposal.region == (left[0].region if left else None)
    assert all(choice.reasons for choice in proposal.choices)
    assert len(proposal.choices) == (len(rule.regions) if rule else 0)
